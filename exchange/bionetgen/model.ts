/** The entries of a .net file as parameters, functions, species, reactions and groups, each with its line. */
import { t } from '../../l10n/index.ts';
import { FormulaError, parseFormula, type Formula } from './expression.ts';
import type { Entry, NetFile } from './read.ts';

/** What an import has to say of a line. `lost`: something that changes the model's behaviour could not be kept. */
export interface ImportNote {
  /** 1-based line of the .net file. */
  readonly line: number;
  readonly message: string;
  readonly lost: boolean;
}
export type Report = (line: number, message: string, lost: boolean) => void;

export interface Definition {
  readonly name: string;
  readonly line: number;
  /** The formula as written. */
  readonly text: string;
  readonly formula: Formula;
  /** Of a function; local functions have some. */
  readonly arguments: readonly string[];
}
export interface NetSpecies {
  /** Its number in the file, by which reactions and groups refer to it. */
  readonly number: number;
  readonly line: number;
  /** As written, without the `$` of a fixed species. */
  readonly pattern: string;
  readonly fixed: boolean;
  readonly initial: string;
}
export interface NetReaction {
  readonly line: number;
  readonly reactants: readonly number[];
  readonly products: readonly number[];
  readonly rate: string;
  readonly comment: string;
  readonly text: string;
}
export interface NetGroup {
  readonly name: string;
  readonly line: number;
  readonly terms: readonly { readonly species: number; readonly weight: number }[];
}
export interface NetModel {
  readonly parameters: readonly Definition[];
  readonly functions: readonly Definition[];
  readonly species: readonly NetSpecies[];
  readonly reactions: readonly NetReaction[];
  readonly groups: readonly NetGroup[];
}

/** Interprets the entries; what cannot be read is reported and left out. */
export function modelOf(file: NetFile, report: Report): NetModel {
  const known = new Set<number>();
  const species = readAll(file.species, report, readSpecies).filter((one) => {
    if (known.has(one.number)) {
      report(one.line, t('Species {0} is listed twice; the first one is kept.', one.number), true);
      return false;
    }
    known.add(one.number);
    return true;
  });
  return {
    parameters: readAll(file.parameters, report, readParameter),
    functions: readAll(file.functions, report, readFunction),
    species,
    reactions: readAll(file.reactions, report, (entry) => readReaction(entry, known)),
    groups: readAll(file.groups, report, (entry) => readGroup(entry, known)),
  };
}

function readAll<T>(entries: readonly Entry[], report: Report, read: (entry: Entry, position: number) => T): T[] {
  const result: T[] = [];
  for (const [position, entry] of entries.entries()) {
    try {
      result.push(read(entry, position));
    } catch (error) {
      if (!(error instanceof FormulaError)) throw error;
      report(entry.line, t('“{0}” is left out: {1}', entry.text.slice(0, 80), error.message), true);
    }
  }
  return result;
}

function readParameter(entry: Entry): Definition {
  const match = /^([A-Za-z_]\w*)\s*=?\s*(.*)$/s.exec(entry.text);
  if (match === null) throw new FormulaError(t('it is no “name value”.'));
  const text = match[2] ?? '';
  return { name: match[1] ?? '', line: entry.line, text, formula: parseFormula(text), arguments: [] };
}

function readFunction(entry: Entry): Definition {
  const match = /^([A-Za-z_]\w*)\s*\(([^()]*)\)\s*=?\s*(.*)$/s.exec(entry.text);
  if (match === null) throw new FormulaError(t('it is no “name() formula”.'));
  const text = match[3] ?? '';
  const args = (match[2] ?? '').split(',').map((name) => name.trim()).filter((name) => name !== '');
  return { name: match[1] ?? '', line: entry.line, text, formula: parseFormula(text), arguments: args };
}

function readSpecies(entry: Entry, position: number): NetSpecies {
  const match = /^(\S+)(?:\s+(.*))?$/s.exec(entry.text);
  const written = match?.[1] ?? '';
  const body = written.replace(/^(@\w+::?)?\$/, '$1');
  return { number: entry.index ?? position + 1, line: entry.line, pattern: body, fixed: body !== written, initial: match?.[2]?.trim() ?? '0' };
}

function readReaction(entry: Entry, known: ReadonlySet<number>): NetReaction {
  const match = /^(\d+(?:,\d+)*)\s+(\d+(?:,\d+)*)\s+(\S.*)$/s.exec(entry.text);
  if (match === null) throw new FormulaError(t('it is no “reactants products rate” with species given by their numbers.'));
  return {
    line: entry.line,
    reactants: speciesList(match[1] ?? '', known),
    products: speciesList(match[2] ?? '', known),
    rate: (match[3] ?? '').trim(),
    comment: entry.comment,
    text: entry.text,
  };
}

/** `1,2` as numbers; `0` is nothing. */
function speciesList(text: string, known: ReadonlySet<number>): number[] {
  const numbers = text.split(',').map(Number).filter((number) => number !== 0);
  for (const number of numbers) if (!known.has(number)) throw new FormulaError(t('there is no species {0}.', number));
  return numbers;
}

function readGroup(entry: Entry, known: ReadonlySet<number>): NetGroup {
  const match = /^(\S+)(?:\s+(.*))?$/s.exec(entry.text);
  const list = (match?.[2] ?? '').replace(/\s+/g, '');
  const terms = list === '' ? [] : list.split(',').map((term) => {
    const part = /^(?:([\d.eE+-]+)\*)?(\d+)$/.exec(term);
    const weight = Number(part?.[1] ?? 1);
    if (part === null || !Number.isFinite(weight)) throw new FormulaError(t('“{0}” is no species number with an optional weight.', term.slice(0, 40)));
    const species = Number(part[2]);
    if (!known.has(species)) throw new FormulaError(t('there is no species {0}.', species));
    return { species, weight };
  });
  return { name: match?.[1] ?? '', line: entry.line, terms };
}
