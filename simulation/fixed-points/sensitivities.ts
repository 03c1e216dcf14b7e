/** Derivatives of a fixed point by every constant of its network: those with a name, and those written into reactions. */
import { componentName, familyText, parameterValues, UnrollError, type Network, type Parameter } from '../../chemistry/index.ts';
import { pollOf } from '../cancel.ts';
import type { Cancel } from '../system.ts';
import { FixedPointAdjoint } from '../training/adjoint.ts';
import { isSingular, spectrumAt } from './spectrum.ts';

export interface Sensitivities {
  /** Names of parameters, their elements (`W[2,3]`), and reactions with a number for a constant (as `bind` or `A + B -> C`). */
  readonly constants: readonly string[];
  /** The constants' values. */
  readonly values: Float64Array;
  /** ∂x*\/∂k by species name, in the order of `constants`. */
  readonly species: ReadonlyMap<string, Float64Array>;
}

/** One linear system a species, and one pass over the reactions each. */
const MOST_WORK = 2e8;

/**
 * By the implicit function theorem within the stoichiometric compatibility class: totals stay as the initial values make them, and
 * where initial values are made of parameters, their part is in the derivatives.
 * @param x the fixed point
 * @param options.parameters values in the place of the declared ones; `without`: groups that are switched off
 * @throws Cancelled when `options.cancel` says so
 * @returns undefined when the fixed point is not isolated (there is no derivative), and for networks too large
 */
export function fixedPointSensitivities(
  network: Network, x: Float64Array, options: { readonly parameters?: ReadonlyMap<string, number>; readonly without?: readonly string[]; readonly cancel?: Cancel } = {},
): Sensitivities | undefined {
  const named = withNames(network), values = parameterValues(named, options.parameters);
  if (network.dimension * (network.dimension + named.families.length) > MOST_WORK) return undefined;
  let adjoint: FixedPointAdjoint;
  try {
    adjoint = new FixedPointAdjoint(named, values, options.without, options.cancel);
  } catch (error) {
    if (error instanceof UnrollError) return undefined;
    throw error;
  }
  // An eigenvalue that is zero but for rounding has a factorisation, whose numbers mean nothing.
  if (isSingular(spectrumAt(adjoint.compiled.system, x, new Float64Array(x.length), pollOf(options.cancel)))) return undefined;
  const held = new Set(named.parameters.filter(({ name }) => options.parameters?.has(name) === true).map(({ id }) => id));
  const species = new Map<string, Float64Array>(), slope = new Float64Array(x.length);
  for (let i = 0; i < x.length; i++) {
    slope.fill(0);
    slope[i] = 1;
    const gradient = adjoint.gradient(x, slope, held);
    if (gradient === undefined) return undefined;
    species.set(componentName(network, i), gradient.parameters);
  }
  return { constants: named.parameters.flatMap(namesOf), values: values.values, species };
}

/** Numbers in the place of constants become parameters called like the reaction. */
function withNames(network: Network): Network {
  const parameters: Parameter[] = [...network.parameters];
  const taken = new Set(parameters.map(({ name }) => name));
  const families = network.families.map((family) => {
    if (family.rate.kind !== 'mass action' || family.rate.constant.kind !== 'number') return family;
    const text = family.label === undefined ? familyText(network, family).replace(/\s*@.*$/u, '') : `${family.label}${family.from === 'backward' ? ' (back)' : ''}`;
    let name = text;
    for (let k = 2; taken.has(name); k++) name = `${text} (${k})`;
    taken.add(name);
    const id = parameters.length;
    parameters.push({ id, name, shape: [], value: { kind: 'expression', expression: family.rate.constant }, origin: family.origin });
    return { ...family, rate: { kind: 'mass action' as const, constant: { kind: 'parameter' as const, parameter: id, index: [] } } };
  });
  return { ...network, parameters, families };
}

function namesOf({ name, shape }: Parameter): string[] {
  let names = [''];
  for (const extent of shape) names = names.flatMap((before) => Array.from({ length: extent }, (_, k) => `${before}${before === '' ? '' : ','}${k + 1}`));
  return shape.length === 0 ? [name] : names.map((index) => `${name}[${index}]`);
}
