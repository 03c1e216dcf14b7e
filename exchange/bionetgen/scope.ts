/**
 * What the names in a formula stand for: parameters keep their names, observables become sums of species, functions are
 * written out. .crn has no named functions of the state, so a law holds all that it depends on.
 */
import { t } from '../../l10n/index.ts';
import { call, FormulaError, named, number, product, sum, type Formula } from './expression.ts';
import type { NetModel } from './model.ts';
import { isBuiltIn, rewrite } from './to-crn.ts';

/** A formula over parameters, species and time, in the functions of .crn. */
export interface Expanded {
  readonly formula: Formula;
  readonly species: boolean;
  readonly time: boolean;
  /** Number of nodes, and of levels. */
  readonly size: number;
  readonly depth: number;
}

/** A law longer than this helps nobody; the reaction is then reported as not imported. */
const LARGEST = 20_000;
/** What recursion over a formula can bear. */
const MOST_LEVELS = 2500;
const DEEPEST = 100;

/** Where a constant function has been declared as a parameter. */
export type DeclareConstant = (name: string, formula: Formula) => string;

export class Scope {
  readonly #parameters: ReadonlyMap<string, string>;
  readonly #groups: ReadonlyMap<string, NetModel['groups'][number]>;
  readonly #functions: ReadonlyMap<string, NetModel['functions'][number]>;
  readonly #nameOf: (species: number) => string;
  readonly #declare: DeclareConstant;
  readonly #done = new Map<string, Expanded>();
  readonly #open: string[] = [];
  /** Names of functions that something asked for. */
  readonly used = new Set<string>();

  /** `parameters`: name in the file → name in the text. */
  constructor(model: NetModel, parameters: ReadonlyMap<string, string>, nameOf: (species: number) => string, declare: DeclareConstant) {
    this.#parameters = parameters;
    this.#groups = new Map(model.groups.map((group) => [group.name, group]));
    this.#functions = new Map(model.functions.map((definition) => [definition.name, definition]));
    this.#nameOf = nameOf;
    this.#declare = declare;
  }

  /** @throws FormulaError for unknown names, cycles, functions without a counterpart, and formulas that grow too large. */
  expand(formula: Formula): Expanded {
    const result = this.#visit(formula);
    return { ...result, formula: rewrite(result.formula) };
  }

  isFunction(name: string): boolean {
    return this.#functions.has(name);
  }

  #visit(formula: Formula): Expanded {
    switch (formula.kind) {
      case 'number':
        return { formula, species: false, time: false, size: 1, depth: 1 };
      case 'name':
        return this.#name(formula.name);
      case 'call':
        if (formula.arguments.length === 0) return this.#name(formula.name);
        if (!isBuiltIn(formula.name)) throw new FormulaError(t('there is no function {0} of {1} arguments.', formula.name, formula.arguments.length));
        return this.#combine(formula.arguments, (parts) => call(formula.name, ...parts));
      case 'unary':
        return this.#combine([formula.of], ([of = formula.of]) => ({ ...formula, of }));
      case 'binary':
        return this.#combine([formula.left, formula.right], ([left = formula.left, right = formula.right]) => ({ ...formula, left, right }));
      case 'choice':
        return this.#combine([formula.condition, formula.then, formula.otherwise], ([condition = formula.condition, then = formula.then, otherwise = formula.otherwise]) => ({
          kind: 'choice', condition, then, otherwise,
        }));
    }
  }

  #combine(parts: readonly Formula[], make: (parts: Formula[]) => Formula): Expanded {
    const visited = parts.map((part) => this.#visit(part));
    const size = visited.reduce((total, part) => total + part.size, 1);
    const depth = 1 + visited.reduce((most, part) => Math.max(most, part.depth), 0);
    if (size > LARGEST || depth > MOST_LEVELS) throw new FormulaError(t('the law grows too long when its functions and observables are written out.'));
    return {
      formula: make(visited.map((part) => part.formula)),
      species: visited.some((part) => part.species),
      time: visited.some((part) => part.time),
      size,
      depth,
    };
  }

  #name(name: string): Expanded {
    const parameter = this.#parameters.get(name);
    if (parameter !== undefined) return { formula: named(parameter), species: false, time: false, size: 1, depth: 1 };
    const group = this.#groups.get(name);
    if (group !== undefined) return this.#observable(group);
    const definition = this.#functions.get(name);
    if (definition !== undefined) return this.#function(definition);
    if (name === 'time') return { formula: named('time'), species: false, time: true, size: 1, depth: 1 };
    if (name === '_pi') return { formula: named('pi'), species: false, time: false, size: 1, depth: 1 };
    if (name === '_e') return { formula: call('exp', number(1)), species: false, time: false, size: 2, depth: 2 };
    throw new FormulaError(t('“{0}” is not defined.', name));
  }

  #observable(group: NetModel['groups'][number]): Expanded {
    const terms = group.terms.map(({ species, weight }) => product([number(weight), named(this.#nameOf(species))]));
    return { formula: sum(terms), species: terms.length > 0, time: false, size: 3 * terms.length + 1, depth: 20 };
  }

  #function(definition: NetModel['functions'][number]): Expanded {
    const { name } = definition;
    this.used.add(name);
    const before = this.#done.get(name);
    if (before !== undefined) return before;
    if (definition.arguments.length > 0) throw new FormulaError(t('{0} is a local function; those have no meaning in a network.', name));
    if (this.#open.includes(name)) throw new FormulaError(t('the functions {0} refer to each other in a circle.', [...this.#open, name].join(', ')));
    if (this.#open.length > DEEPEST) throw new FormulaError(t('the functions are nested too deeply.'));
    this.#open.push(name);
    let result = this.#visit(definition.formula);
    this.#open.pop();
    if (!result.species && !result.time && definition.formula.kind !== 'name') {
      result = { formula: named(this.#declare(name, rewrite(result.formula))), species: false, time: false, size: 1, depth: 1 };
    }
    this.#done.set(name, result);
    return result;
  }
}
