/** Numbers of a network for hovers, computed once a network and never trusted to succeed. */
import { counted } from '../../../l10n/index.ts';
import { conservationLaws, initialState, parameterValues, scalarText, unrolledCount } from '../../../chemistry/index.ts';
import type { ConservationLaw, InitialValue, Network, ParameterValues, Scalar } from '../../../chemistry/index.ts';

const values = new WeakMap<Network, ParameterValues | null>();
const laws = new WeakMap<Network, readonly ConservationLaw[] | null>();
const states = new WeakMap<Network, Float64Array | null>();

/** Values of all parameters, or null when the text is too broken to have any. */
export function valuesOf(network: Network): ParameterValues | null {
  return remember(values, network, () => parameterValues(network));
}

/** The state at time 0, or null. Large networks are not filled for a hover's sake. */
export function initialStateOf(network: Network): Float64Array | null {
  return remember(states, network, () => {
    const parameters = valuesOf(network);
    return parameters === null || network.dimension > 200_000 ? null : initialState(network, parameters);
  });
}

/** Networks beyond this are not searched for conservation laws while the mouse rests. */
const MOST_REACTIONS = 1000;

/** The network's conservation laws; none for a large network. */
export function lawsOf(network: Network): readonly ConservationLaw[] {
  const found = remember(laws, network, () => (unrolledCount(network) > MOST_REACTIONS ? null : (conservationLaws(network) ?? null)));
  return found ?? [];
}

function remember<T>(kept: WeakMap<Network, T | null>, network: Network, compute: () => T | null): T | null {
  let value = kept.get(network);
  if (value === undefined) {
    try {
      value = compute();
    } catch {
      value = null;
    }
    kept.set(network, value);
  }
  return value;
}

/** A scalar parameter's number; null for an array or where it cannot be computed. */
export function parameterValue(network: Network, id: number): number | null {
  const parameter = network.parameters[id];
  const all = valuesOf(network);
  if (parameter === undefined || parameter.shape.length > 0 || all === null) return null;
  const value = all.values[all.start[id] ?? -1];
  return value === undefined || Number.isNaN(value) ? null : value;
}

/** Up to seven digits, without a tail of nines. */
export function shortNumber(value: number): string {
  return String(Number(value.toPrecision(7)));
}

/** An initial value as it was written, shortened. */
export function initialText(network: Network, initial: InitialValue): string {
  switch (initial.kind) {
    case 'expression':
      return scalarText(network, initial.expression);
    case 'values': {
      const first = Array.from(initial.values.subarray(0, 6), shortNumber).join(', ');
      return initial.values.length > 6 ? `[${counted(initial.values.length, '{1}, … 1 value', '{1}, … {0} values', undefined, first)}]` : `[${first}]`;
    }
    case 'random':
      return `${initial.distribution}(${scalarText(network, initial.a)}, ${scalarText(network, initial.b)}, seed: ${initial.seed})`;
  }
}

export function isNumber(scalar: Scalar): boolean {
  return scalar.kind === 'number';
}
