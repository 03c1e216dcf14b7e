/**
 * What a text with errors says but its network lacks. A hover tells of the network as it can be read, so it also names the
 * lines that would change what it says: nothing in it is then false, only incomplete, and it says where.
 */
import { t } from '../../../l10n/index.ts';
import type { Analysis } from '../../../chemistry/index.ts';
import { referencesIn, statementsOf } from '../../../grammar/index.ts';
import type { Unit, UseStatement } from '../../../grammar/index.ts';
import { linkTo } from '../snapshot.ts';
import type { Snapshot } from '../snapshot.ts';
import { statementAt } from './reaction.ts';

interface LeftOut {
  /** Of its first word; its unit gives the place. */
  readonly start: number;
  readonly unit: Unit;
  readonly line: number;
  /** Everything that it names. */
  readonly words: ReadonlySet<string>;
}

const WORD = /[\p{L}_][\p{L}\p{N}\p{M}_]*/gu;
/** Statements that add nothing to an equation, with or without an error. */
const NO_REACTIONS = new Set(['Declaration', 'Units', 'Simulate', 'Expect', 'Data', 'Train', 'Noise', 'Sweep']);
const LINES = 5;

const known = new WeakMap<Analysis, readonly LeftOut[]>();

/** Lines with an error of their own, and reactions that are in no network because of an error elsewhere, in document order. */
function leftOutOf(snapshot: Snapshot): readonly LeftOut[] {
  const { analysis } = snapshot;
  if (!analysis.hasErrors) return [];
  let found = known.get(analysis);
  if (found === undefined) known.set(analysis, (found = [...search(snapshot).values()].sort((a, b) => a.line - b.line)));
  return found;
}

function search({ analysis, tree, document }: Snapshot): Map<number, LeftOut> {
  const found = new Map<number, LeftOut>();
  const add = (unit: Unit, start: number, end: number): void => {
    const from = document.positionAt(unit.start + start);
    if (found.has(from.line)) return;
    const to = document.positionAt(unit.start + end);
    const text = document.getText({ start: { line: from.line, character: 0 }, end: { line: to.line + 1, character: 0 } });
    found.set(from.line, { start, unit, line: from.line, words: new Set(Array.from(text.matchAll(WORD), ([word]) => word)) });
  };
  for (const { severity, file, unit, span } of analysis.diagnostics) {
    if (severity !== 'error' || file !== undefined) continue;
    const statement = statementAt(unit.statement, span.start);
    if (statement !== undefined && NO_REACTIONS.has(statement.kind)) continue;
    // An error in a head or a line of a block says nothing of the block's other lines.
    const whole = statement?.kind === 'Reaction' || statement?.kind === 'Use' ? statement : span;
    add(unit, whole.start, whole.end);
  }
  for (const unit of tree.units) {
    // A module that is used nowhere stands for nothing.
    if (unit.statement.kind === 'Module') continue;
    for (const statement of statementsOf(unit.statement)) {
      const isLost = statement.kind === 'Use' ? isShortOfNames(analysis, unit, statement) : (statement.kind === 'Reaction' || statement.kind === 'Ode') && analysis.familiesAt(unit, statement).length === 0;
      if (isLost) add(unit, statement.start, statement.end);
    }
  }
  return found;
}

/** A use of a module makes nothing when something that it is given was declared in a line that cannot be read. */
function isShortOfNames(analysis: Analysis, unit: Unit, use: UseStatement): boolean {
  const known = new Set(analysis.occurrencesIn(unit).map(({ span }) => span.start));
  return [...use.arguments, ...use.constants.map(({ value }) => value)].some((given) => referencesIn(given).some(({ name }) => !known.has(name.start)));
}

/** Lines that name something and are left out, as links; nothing where all that names it could be read. */
export function leftOutText(snapshot: Snapshot, name: string): string[] {
  const lines = leftOutOf(snapshot).filter(({ words }) => words.has(name));
  if (lines.length === 0) return [];
  const links = lines.slice(0, LINES).map(({ unit, start, line }) => linkTo(snapshot, { unit, span: { start, end: start } }, t('line {0}', line + 1)));
  const more = lines.length - LINES;
  return [more > 0 ? t('Left out because of errors: {0} and {1} more.', links.join(', '), more) : t('Left out because of errors: {0}.', links.join(', '))];
}

/** Whether a line that is left out names one of the words of a text: what the text claims may then be wrong. */
export function isDoubtful(snapshot: Snapshot, text: string): boolean {
  const lines = leftOutOf(snapshot);
  return lines.length > 0 && Array.from(text.matchAll(WORD)).some(([word]) => lines.some(({ words }) => words.has(word)));
}
