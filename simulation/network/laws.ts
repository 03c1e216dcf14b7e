/**
 * Reactions whose rate is not k·Π x^n with a constant k and whole n: rate laws as written, constants that depend on time,
 * fractional orders. Each family becomes one tape and the loads of its reactions.
 */
import { t } from '../../l10n/index.ts';
import {
  advance, familyCount, flatPosition, type Network, type ParameterValues, type ReactionFamily, type Scalar,
} from '../../chemistry/index.ts';
import { Tape, type Loads } from './tape.ts';

export interface LawFamily {
  readonly tape: Tape;
  readonly count: number;
  readonly loads: Loads;
  /** Loads a reaction: steps through `components`, `elements` and `counters`. */
  readonly speciesLoads: number;
  readonly parameterLoads: number;
  readonly counterLoads: number;
}

/** A family with a law of its own and the flux to which each of its reactions belongs, and with which sign. */
export interface PlacedLaw extends LawFamily {
  readonly flux: Int32Array;
  readonly sign: Float64Array;
}

/** True when the family is mass action with a constant in time and whole stoichiometries. */
export function isPlainMassAction(family: ReactionFamily): boolean {
  return family.rate.kind === 'mass action' && !mentions(family.rate.constant, 'time')
    && family.reactants.every((term) => Number.isInteger(term.stoichiometry) && term.stoichiometry <= 12);
}

/** The rate of a family as one expression, mass action written out as a product. */
export function rateExpression(family: ReactionFamily): Scalar {
  if (family.rate.kind === 'law') return family.rate.law;
  return family.reactants.reduce<Scalar>((product, term) => {
    const species: Scalar = { kind: 'species', operand: { block: term.block, index: term.index } };
    const factor: Scalar = term.stoichiometry === 1 ? species
      : { kind: 'binary', operator: '^', left: species, right: { kind: 'number', value: term.stoichiometry } };
    return { kind: 'binary', operator: '*', left: product, right: factor };
  }, family.rate.constant);
}

/** Whether an expression contains a node of a kind; each shared subtree is looked at once. */
export function mentions(scalar: Scalar, kind: Scalar['kind'], seen = new Set<Scalar>()): boolean {
  const open: Scalar[] = [scalar];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    if (seen.has(node)) continue;
    seen.add(node);
    if (node.kind === kind) return true;
    if (node.kind === 'negate') open.push(node.of);
    else if (node.kind === 'binary') open.push(node.left, node.right);
    else if (node.kind === 'call') open.push(...node.arguments);
  }
  return false;
}

/** @throws RangeError when the law reads an element outside its array */
export function compileLaw(network: Network, family: ReactionFamily, parameters: Pick<ParameterValues, 'start'>): LawFamily {
  const tape = new Tape(rateExpression(family));
  const count = familyCount(family), variables = family.variables.length;
  const components = new Int32Array(count * tape.species.length), elements = new Int32Array(count * tape.parameters.length);
  const values = new Float64Array(count * variables);
  const counters = new Int32Array(variables);
  for (let r = 0; r < count; r++) {
    tape.species.forEach(({ block, index }, k) => {
      const { offset, axes, name } = network.blocks[block]!;
      components[r * tape.species.length + k] = offset + inside(flatPosition(index, axes, counters), name);
    });
    tape.parameters.forEach(({ parameter, index }, k) => {
      const { shape, name } = network.parameters[parameter]!;
      elements[r * tape.parameters.length + k] = parameters.start[parameter]! + (index.length === 0 ? 0 : inside(flatPosition(index, shape, counters), name));
    });
    family.variables.forEach((variable, v) => {
      values[r * variables + v] = variable.kind === 'sign' ? 1 - 2 * counters[v]! : variable.from + counters[v]!;
    });
    advance(counters, family);
  }
  return {
    tape, count, loads: { components, elements, counters: values },
    speciesLoads: tape.species.length, parameterLoads: tape.parameters.length, counterLoads: variables,
  };
}

function inside(position: number, name: string): number {
  if (position < 0) throw new RangeError(t('A rate law reads an element of {0} that does not exist.', name));
  return position;
}

/**
 * True when the law cannot take a species below zero: it is non-negative for non-negative species, and every species that it
 * consumes is a factor of it. Parameters count with their present sign.
 */
export function keepsNonNegative(family: ReactionFamily, parameters: ParameterValues): boolean {
  const law = rateExpression(family);
  if (!nonNegative(law, parameters)) return false;
  return family.reactants.every((term) => {
    const made = family.products.find((product) => sameOperand(product, term))?.stoichiometry ?? 0;
    return made >= term.stoichiometry || vanishesWithout(law, term, parameters);
  });
}

function sameOperand(a: { readonly block: number; readonly index: unknown }, b: { readonly block: number; readonly index: unknown }): boolean {
  return a.block === b.block && JSON.stringify(a.index) === JSON.stringify(b.index);
}

/** Whether a law that is never negative is 0 where there is none of the species, as far as its form tells. */
function vanishesWithout(law: Scalar, term: { readonly block: number; readonly index: unknown }, parameters: ParameterValues): boolean {
  const vanishes = (part: Scalar | undefined): boolean => part !== undefined && vanishesWithout(part, term, parameters);
  switch (law.kind) {
    case 'species': return sameOperand(law.operand, term);
    case 'binary':
      switch (law.operator) {
        case '*': return vanishes(law.left) || vanishes(law.right);
        case '/': return vanishes(law.left);
        case '+': return vanishes(law.left) && vanishes(law.right);
        case '^': return positive(law.right, parameters) && vanishes(law.left);
        default: return false;
      }
    case 'call':
      switch (law.function) {
        case 'sqrt': case 'tanh': case 'floor': return vanishes(law.arguments[0]);
        // The smallest of several that are never negative.
        case 'min': return law.arguments.some(vanishes);
        case 'max': return law.arguments.every(vanishes);
        case 'if': return law.arguments.slice(1).every(vanishes);
        default: return false;
      }
    default: return false;
  }
}

/** Whether an exponent is above 0: a number or parameters that are. */
function positive(exponent: Scalar, parameters: ParameterValues): boolean {
  if (exponent.kind === 'number') return exponent.value > 0;
  return exponent.kind === 'parameter' && parameters.values.subarray(parameters.start[exponent.parameter], parameters.start[exponent.parameter + 1]).every((n) => n > 0);
}

function nonNegative(law: Scalar, parameters: ParameterValues): boolean {
  switch (law.kind) {
    case 'number': return law.value >= 0;
    case 'species': case 'time': return true;
    case 'parameter': return parameters.values.subarray(parameters.start[law.parameter], parameters.start[law.parameter + 1]).every((k) => k >= 0);
    case 'counter': case 'negate': return false;
    case 'binary': return law.operator !== '-' && nonNegative(law.left, parameters) && (law.operator === '^' || nonNegative(law.right, parameters));
    case 'call':
      switch (law.function) {
        case 'exp': case 'sqrt': case 'abs': case 'less': case 'lessEqual': case 'equal': case 'and': case 'or': case 'not': return true;
        case 'max': return law.arguments.some((argument) => nonNegative(argument, parameters));
        case 'min': case 'floor': case 'ceil': case 'tanh': return law.arguments.every((argument) => nonNegative(argument, parameters));
        case 'if': return law.arguments.slice(1).every((argument) => nonNegative(argument, parameters));
        default: return false;
      }
  }
}
