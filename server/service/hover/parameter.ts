/** Hover of a parameter: value, unit and where it comes from, where it is used. */
import { counted, t } from '../../../l10n/index.ts';
import type { CrnSymbol } from '../../../chemistry/index.ts';
import { linkTo } from '../snapshot.ts';
import type { Snapshot } from '../snapshot.ts';
import { code } from './reaction.ts';
import { initialText, parameterValue, shortNumber } from './values.ts';

const PLACES = 10;

export function parameterHover(snapshot: Snapshot, symbol: CrnSymbol): string[] {
  const { network } = snapshot.analysis;
  const parameter = symbol.parameter === undefined ? undefined : network.parameters[symbol.parameter];
  const shape = symbol.shape.length === 0 ? '' : `[${symbol.shape.join(', ')}]`;
  const written = parameter === undefined ? undefined : initialText(network, parameter.value);
  const unit = symbol.unit === undefined ? '' : `: ${symbol.unit.text}`;
  const value = parameter === undefined ? null : parameterValue(network, parameter.id);
  const computed = value !== null && written !== undefined && Number(written) !== value ? `   // ${shortNumber(value)}` : '';
  const parts = [`\`\`\`crn\nparam ${symbol.name}${shape}${unit}${written === undefined ? '' : ` = ${written}`}${computed}\n\`\`\``];
  if (symbol.kind === 'module constant') parts[0] = `\`\`\`crn\n${symbol.name}${unit}   // ${t('constant of the module {0}', symbol.module?.name ?? '')}\n\`\`\``;
  parts.push(unitText(symbol));
  if (symbol.doc !== undefined) parts.push(symbol.doc);
  const uses = usesText(snapshot, symbol);
  parts.push(uses === '' ? t('Used nowhere.') : t('Used in {0}.', uses));
  return parts;
}

function unitText(symbol: CrnSymbol): string {
  if (symbol.unit === undefined) return t('Its unit is not known: nothing it is used in fixes it.');
  return symbol.unit.inferred ? t('Unit {0}, inferred from its use.', code(symbol.unit.text)) : t('Unit {0}, as declared.', code(symbol.unit.text));
}

/** Lines where the name stands, as links. */
function usesText(snapshot: Snapshot, symbol: CrnSymbol): string {
  const links = new Map<string, string>();
  let more = 0;
  for (const occurrence of snapshot.analysis.occurrencesOf(symbol)) {
    if (occurrence.role === 'declaration' || (occurrence.file !== undefined && occurrence.file !== snapshot.uri)) continue;
    const line = t('line {0}', snapshot.document.positionAt(occurrence.unit.start + occurrence.span.start).line + 1);
    if (links.has(line)) continue;
    if (links.size < PLACES) links.set(line, linkTo(snapshot, occurrence, line));
    else more++;
  }
  const shown = [...links.values()].join(', ');
  return more === 0 ? shown : counted(more, '{1} and 1 more place', '{1} and {0} more places', undefined, shown);
}
