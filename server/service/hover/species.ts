/** Hover of a species: its ODE typeset and as text, unit, initial value, where it is made and used up. */
import { counted, t } from '../../../l10n/index.ts';
import { changesOf, componentOf, conservationText, odeLatex, odeOfBlock, odeOfComponent, odeUnicode } from '../../../chemistry/index.ts';
import type { CrnSymbol, Network, Occurrence, Ode, ReactionFamily, SpeciesBlock } from '../../../chemistry/index.ts';
import type { Span, Unit } from '../../../grammar/index.ts';
import { kindName } from '../kind-name.ts';
import { linkTo } from '../snapshot.ts';
import type { Snapshot } from '../snapshot.ts';
import { pictureMarkdown, typeset } from '../typeset.ts';
import type { HoverOptions } from './index.ts';
import { isDoubtful, leftOutText } from './left-out.ts';
import { code, shorten } from './reaction.ts';
import { initialStateOf, initialText, lawsOf, isNumber, shortNumber } from './values.ts';

/** A picture of more terms is a grey carpet; the text below it goes further. */
const PICTURE_TERMS = 16;
const TEXT_TERMS = 40;
const REACTIONS = 8;
const LAWS = 3;

export function speciesHover(snapshot: Snapshot, occurrence: Occurrence, options: HoverOptions): string[] {
  const { symbol, unit, span } = occurrence;
  const { network } = snapshot.analysis;
  const block = symbol.block === undefined ? undefined : network.blocks[symbol.block];
  const parts: string[] = [];
  if (block !== undefined) {
    // In its declaration the brackets hold extents, not an element.
    const component = occurrence.role === 'declaration' ? undefined : componentUnder(network, unit, span);
    const ode = component === undefined ? odeOfBlock(network, block) : odeOfComponent(network, component);
    parts.push(...equation(network, block, ode, options));
    parts.push(...leftOutText(snapshot, symbol.name));
  }
  parts.push(headline(snapshot, symbol, block));
  if (symbol.doc !== undefined) parts.push(symbol.doc);
  if (block !== undefined) {
    const reactions = reactionLists(snapshot, block);
    if (reactions !== '') parts.push(reactions);
    const laws = lawsText(snapshot, block);
    if (laws !== '') parts.push(laws);
  }
  return parts;
}

/** The component that the text at a name spells out, `W^+[2,3]`; undefined where loop variables leave it open. */
function componentUnder(network: Network, unit: Unit, span: Span): number | undefined {
  const behind = /^(?:\s*\^\s*[+-])?(?:\s*\[[\d\s,]*\])?/.exec(unit.text.slice(span.end, span.end + 100))?.[0] ?? '';
  const text = unit.text.slice(span.start, span.end) + behind;
  const component = behind.trim() === '' ? undefined : componentOf(network, text);
  return component;
}

function equation(network: Network, block: SpeciesBlock, ode: Ode, { foreground }: HoverOptions): string[] {
  if (ode.held) return [`\`\`\`text\n${odeUnicode(network, ode)}\n\`\`\``, t('Held by the environment: reactions use it without changing it.')];
  const picture = typeset(odeLatex(network, ode, { maxTerms: PICTURE_TERMS }), { foreground, width: 480 });
  const text = shorten(odeUnicode(network, ode, { maxTerms: TEXT_TERMS }), 4000);
  return [...(picture === undefined ? [] : [pictureMarkdown(picture, t('Rate of change of {0}', block.name))]), `\`\`\`text\n${text}\n\`\`\``];
}

function headline(snapshot: Snapshot, symbol: CrnSymbol, block: SpeciesBlock | undefined): string {
  const { network } = snapshot.analysis;
  const shape = symbol.shape.length === 0 ? '' : `[${symbol.shape.join(', ')}]`;
  const kind = block === undefined ? kindName(symbol.kind) : kindOfBlock(block);
  const size = block === undefined || block.shape.length === 0 ? '' : ` (${sizeOf(block)})`;
  const unit = symbol.unit === undefined ? [] : [symbol.unit.inferred ? t('in {0} (inferred)', code(symbol.unit.text)) : t('in {0}', code(symbol.unit.text))];
  const initial = block === undefined ? [] : [t('initially {0}', initialOf(network, block))];
  return [`**${symbol.name}${shape}** ${kind}${size}`, ...unit, ...initial].join(', ');
}

function kindOfBlock({ kind }: SpeciesBlock): string {
  switch (kind) {
    case 'species': return t('species');
    case 'fixed': return t('fixed species');
    case 'dual': return t('dual, a signed quantity on two rails');
  }
}

function sizeOf({ kind, size }: SpeciesBlock): string {
  return kind === 'dual' ? counted(size, '1 species on two rails', '{0} species on two rails') : counted(size, '1 species', '{0} species');
}

function initialOf(network: Network, block: SpeciesBlock): string {
  const written = initialText(network, block.initial);
  if (block.initial.kind !== 'expression' || isNumber(block.initial.expression) || block.size === 0) return code(written);
  const state = initialStateOf(network);
  if (state === null) return code(written);
  const value = block.kind === 'dual' ? (state[block.offset] ?? NaN) - (state[block.offset + block.size / 2] ?? NaN) : (state[block.offset] ?? NaN);
  return Number.isNaN(value) || block.shape.length > 0 ? code(written) : `${code(written)} = ${shortNumber(value)}`;
}

/** Conservation laws that the species has part in, where they are found in no time and no line that cannot be read may break them. */
function lawsText(snapshot: Snapshot, block: SpeciesBlock): string {
  const { network } = snapshot.analysis;
  const laws = lawsOf(network).filter((law) => law.length > 1 && law.some(({ component }) => component >= block.offset && component < block.offset + block.size));
  const texts = laws.map((law) => conservationText(network, law)).filter((text) => !isDoubtful(snapshot, text));
  return texts.slice(0, LAWS).map((text) => t('Conserved: {0}', code(shorten(text, 300)))).join('\n\n');
}

/** Reactions that make it and reactions that use it up, as links; those it only takes part in are counted. */
function reactionLists(snapshot: Snapshot, block: SpeciesBlock): string {
  const { network } = snapshot.analysis;
  const produced = new Set<ReactionFamily>();
  const consumed = new Set<ReactionFamily>();
  for (const { family, net } of changesOf(network)[block.id] ?? []) (net > 0 ? produced : consumed).add(family);
  const helps = network.families.filter((family) => !produced.has(family) && !consumed.has(family) && family.reactants.some((term) => term.block === block.id));
  // One statement may stand for several families, as a neuron does.
  const links = (families: readonly ReactionFamily[]): string => {
    const all = [...new Set(families.map((family) => reactionLink(snapshot, family)))];
    const shown = all.slice(0, REACTIONS).join(', ');
    return all.length > REACTIONS ? t('{0} and {1} more', shown, all.length - REACTIONS) : shown;
  };
  const line = (families: readonly ReactionFamily[], told: (links: string) => string): string[] => (families.length === 0 ? [] : [told(links(families))]);
  const lines = block.kind === 'fixed'
    ? line(network.families.filter((family) => family.reactants.some((term) => term.block === block.id)), (all) => t('Takes part in: {0}', all))
    : [...line([...produced], (all) => t('Produced by: {0}', all)), ...line([...consumed], (all) => t('Consumed by: {0}', all)), ...line(helps, (all) => t('Takes part unchanged in: {0}', all))];
  return lines.map((text) => `- ${text}`).join('\n');
}

/** `bind` or `line 12`, as a link to the reaction. */
export function reactionLink(snapshot: Snapshot, family: ReactionFamily): string {
  const { origin } = family;
  const place = { unit: origin.unit, span: origin, ...(origin.file === undefined ? {} : { file: origin.file }) };
  const line = origin.file === undefined ? snapshot.document.positionAt(origin.unit.start + origin.start).line + 1 : undefined;
  return linkTo(snapshot, place, family.label ?? (line === undefined ? t('an imported reaction') : t('line {0}', line)));
}
