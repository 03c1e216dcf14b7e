/** The .crn text of a .net model. Order: header, parameters, species, reactions, observables. */
import { t } from '../../l10n/index.ts';
import { FormulaError, parseFormula, type Formula } from './expression.ts';
import type { NetModel, NetReaction, NetSpecies, Report } from './model.ts';
import { Names, nameSpecies } from './names.ts';
import { rateText } from './rate-law.ts';
import { Scope } from './scope.ts';
import { evaluate, print, rewrite } from './to-crn.ts';

/** A named sum of species, as BioNetGen's groups are; columns of its .gdat files. */
export interface ImportedObservable {
  readonly name: string;
  readonly terms: readonly { readonly species: string; readonly weight: number }[];
}

export interface Written {
  readonly parameters: string[];
  readonly species: string[];
  readonly reactions: string[];
  readonly functions: string[];
  readonly observables: readonly ImportedObservable[];
  /** Names of the species in the text, in the order of the file. */
  readonly speciesNames: readonly string[];
}

export function writeModel(model: NetModel, report: Report): Written {
  const names = new Names();
  const parameters = writeParameters(model, names, report);
  const speciesNames = nameSpecies(model.species, names);
  const nameOf = new Map(model.species.map((species, position) => [species.number, speciesNames[position] ?? '']));
  const name = (species: number): string => nameOf.get(species) ?? '';
  const scope = new Scope(model, parameters.names, name, (wanted, formula) => {
    const declared = names.claim(wanted);
    parameters.lines.push(`param ${declared} = ${print(formula)}`);
    return declared;
  });
  const species = model.species.map((one) => writeSpecies(one, name(one.number), scope, report));
  const reactions = writeReactions(model.reactions, name, names, scope, report);
  return {
    parameters: parameters.lines,
    species,
    reactions,
    functions: model.functions.map((definition) => {
      const text = `${definition.name}(${definition.arguments.join(', ')}) = ${oneLine(definition.text)}`;
      return `//   ${scope.used.has(definition.name) ? text : t('{0} (no reaction uses it)', text)}`;
    }),
    observables: model.groups.map((group) => ({ name: group.name, terms: group.terms.map((term) => ({ species: name(term.species), weight: term.weight })) })),
    speciesNames,
  };
}

const oneLine = (text: string): string => text.replace(/\s+/g, ' ');

/** Parameters so that each stands behind those it refers to; their names in the text, by their names in the file. */
function writeParameters(model: NetModel, names: Names, report: Report): { lines: string[]; names: Map<string, string> } {
  const byName = new Map(model.parameters.map((parameter) => [parameter.name, parameter]));
  const written = new Map<string, string>();
  const values = new Map<string, number | undefined>();
  const open = new Set<string>();
  const lines: string[] = [];

  function write(name: string): void {
    const parameter = byName.get(name);
    if (parameter === undefined || written.has(name) || open.has(name)) return;
    open.add(name);
    for (const other of namesIn(parameter.formula)) write(other);
    const claimed = names.claim(name);
    if (claimed !== name) report(parameter.line, t('The parameter {0} is called {1} in the text, as {0} is a word of the language.', name, claimed), false);
    const value = evaluate(parameter.formula, (other) => (other === '_pi' ? Math.PI : other === '_e' ? Math.E : values.get(other)));
    try {
      for (const other of namesIn(parameter.formula)) {
        if (!written.has(other) && other !== '_pi' && other !== '_e') throw new FormulaError(byName.has(other) ? t('it depends on {0}, which has no value.', other) : t('“{0}” is not defined.', other));
      }
      lines.push(`param ${claimed} = ${formulaOrValue(parameter.formula, value, written)}`);
      written.set(name, claimed);
      values.set(name, value);
    } catch (error) {
      if (!(error instanceof FormulaError)) throw error;
      lines.push(`// ${t('not imported: parameter {0}', `${name} = ${oneLine(parameter.text)}`)}`);
      report(parameter.line, t('The parameter {0} is left out: {1}', name, error.message), true);
    }
    open.delete(name);
  }
  for (const parameter of model.parameters) {
    if (byName.get(parameter.name) !== parameter) report(parameter.line, t('The parameter {0} is given again; the last value holds, as in BioNetGen.', parameter.name), false);
    write(parameter.name);
  }
  return { lines, names: written };
}

/** The formula itself, or its value with the formula behind it where the language lacks a function. */
function formulaOrValue(formula: Formula, value: number | undefined, written: ReadonlyMap<string, string>): string {
  try {
    return print(rewrite(rename(formula, written)));
  } catch (error) {
    if (!(error instanceof FormulaError) || value === undefined || !Number.isFinite(value)) throw error;
    return `${value}  // ${print(formula)}`;
  }
}

function rename(formula: Formula, written: ReadonlyMap<string, string>): Formula {
  switch (formula.kind) {
    case 'number':
      return formula;
    case 'name':
      if (formula.name === '_pi') return { kind: 'name', name: 'pi' };
      if (formula.name === '_e') return { kind: 'call', name: 'exp', arguments: [{ kind: 'number', text: '1' }] };
      return { kind: 'name', name: written.get(formula.name) ?? formula.name };
    case 'call':
      if (formula.arguments.length === 0) return rename({ kind: 'name', name: formula.name }, written);
      return { ...formula, arguments: formula.arguments.map((argument) => rename(argument, written)) };
    case 'unary':
      return { ...formula, of: rename(formula.of, written) };
    case 'binary':
      return { ...formula, left: rename(formula.left, written), right: rename(formula.right, written) };
    case 'choice':
      return { ...formula, condition: rename(formula.condition, written), then: rename(formula.then, written), otherwise: rename(formula.otherwise, written) };
  }
}

function namesIn(formula: Formula): string[] {
  switch (formula.kind) {
    case 'number':
      return [];
    case 'name':
      return [formula.name];
    case 'call':
      return formula.arguments.length === 0 ? [formula.name] : formula.arguments.flatMap(namesIn);
    case 'unary':
      return namesIn(formula.of);
    case 'binary':
      return [...namesIn(formula.left), ...namesIn(formula.right)];
    case 'choice':
      return [...namesIn(formula.condition), ...namesIn(formula.then), ...namesIn(formula.otherwise)];
  }
}

function writeSpecies(species: NetSpecies, name: string, scope: Scope, report: Report): string {
  const kind = species.fixed ? 'fixed' : 'species';
  let initial = '';
  let problem = '';
  if (!/^0*\.?0*(?:[eE][+-]?\d+)?$/.test(species.initial)) {
    try {
      const expanded = scope.expand(parseFormula(species.initial));
      if (expanded.species || expanded.time) throw new FormulaError(t('an initial value cannot depend on species or time.'));
      initial = ` = ${print(expanded.formula)}`;
    } catch (error) {
      if (!(error instanceof FormulaError)) throw error;
      problem = `  // ${t('not imported: the initial value {0}', oneLine(species.initial))}`;
      report(species.line, t('The initial value of species {0}, {1}, is left out: {2}', species.number, species.initial, error.message), true);
    }
  }
  // A pattern that is its own name needs no explanation.
  const doc = species.pattern.replace(/\(\)$/, '') === name ? '' : `/// ${species.pattern}\n`;
  return `${doc}${kind} ${name}${initial}${problem}`;
}

/** Names that BioNetGen made up itself: _R12, _reverse__R12, Rule7, Rule7r. */
const AUTOMATIC = /^(?:_reverse_)?_?R(?:ule)?\d+r?$/;

function ruleOf(reaction: NetReaction): string | undefined {
  const word = /^([A-Za-z_]\w*)(?:\s|$)/.exec(reaction.comment)?.[1];
  return word === undefined || AUTOMATIC.test(word) ? undefined : word;
}

function writeReactions(reactions: readonly NetReaction[], nameOf: (species: number) => string, names: Names, scope: Scope, report: Report): string[] {
  const uses = new Map<string, number>();
  for (const reaction of reactions) {
    const rule = ruleOf(reaction);
    if (rule !== undefined) uses.set(rule, (uses.get(rule) ?? 0) + 1);
  }
  // Constants repeat in large networks; those that do not need the reactants are worked out once.
  const constants = new Map<string, string>();
  return reactions.map((reaction) => {
    const reactants = reaction.reactants.map(nameOf);
    const products = reaction.products.map(nameOf);
    try {
      const rate = constants.get(reaction.rate) ?? rateText(reaction.rate, reactants, scope);
      if (rate.startsWith(' @')) constants.set(reaction.rate, rate);
      const rule = ruleOf(reaction);
      const single = rule !== undefined && uses.get(rule) === 1 && names.isFree(rule);
      const label = single ? `${names.claim(rule)}: ` : '';
      return `${label}${side(reactants)} -> ${side(products)}${rate}${rule === undefined || single ? '' : `  // ${rule}`}`;
    } catch (error) {
      if (!(error instanceof FormulaError)) throw error;
      report(reaction.line, t('The reaction “{0}” is left out: {1}', oneLine(reaction.text), error.message), true);
      return `// ${t('not imported: {0}, rate {1}', `${side(reactants)} -> ${side(products)}`, oneLine(reaction.rate))}`;
    }
  });
}

/** `2 A + B`; coefficients collected at the first place. */
function side(species: readonly string[]): string {
  if (species.length === 0) return '0';
  if (species.length === 1) return species[0] ?? '0';
  const count = new Map<string, number>();
  for (const name of species) count.set(name, (count.get(name) ?? 0) + 1);
  return [...count].map(([name, times]) => (times === 1 ? name : `${times} ${name}`)).join(' + ');
}
