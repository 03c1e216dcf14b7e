/** Default values of parameters and the initial state, from their declarations. */
import { t } from '../../l10n/index.ts';
import type { InitialValue, Network, Parameter } from '../network.ts';
import { evaluateScalar } from './evaluate.ts';
import type { EvaluationContext } from './evaluate.ts';
import { createRandom } from './random.ts';

/** All parameters' numbers in one array: parameter p holds values[start[p]] … values[start[p + 1] − 1], row-major. */
export interface ParameterValues {
  readonly values: Float64Array;
  readonly start: Int32Array;
}

/** An override names a parameter that does not exist. */
export class UnknownParameterError extends Error {
  override readonly name = 'UnknownParameterError';
  readonly parameter: string;
  constructor(parameter: string, network: Network) {
    const names = network.parameters.map((p) => p.name);
    const list = names.length === 0 ? t('The network has no parameters.') : t('Its parameters are {0}{1}.', names.slice(0, 20).join(', '), names.length > 20 ? ', …' : '');
    super(t('There is no parameter {0}. {1}', parameter, list));
    this.parameter = parameter;
  }
}

/** Number of elements of an array of this shape. */
export function sizeOf(shape: readonly number[]): number {
  return shape.reduce((product, extent) => product * extent, 1);
}

/**
 * Values of all parameters as declared. `overrides` (name → value; an array's name sets all its elements, `k[2]` one)
 * take the place of declared values before the parameters that are computed from them are evaluated.
 * @throws UnknownParameterError for an override without a parameter.
 */
export function parameterValues(network: Network, overrides?: ReadonlyMap<string, number>): ParameterValues {
  const start = new Int32Array(network.parameters.length + 1);
  network.parameters.forEach((parameter, i) => {
    start[i + 1] = (start[i] ?? 0) + sizeOf(parameter.shape);
  });
  const values = new Float64Array(start[network.parameters.length] ?? 0);
  const result: ParameterValues = { values, start };
  const context: EvaluationContext = { network, parameters: result };
  const pending = overrides === undefined ? undefined : readOverrides(network, overrides);
  network.parameters.forEach((parameter, i) => {
    const part = values.subarray(start[i], start[i + 1]);
    fillInitial(parameter.value, part, context);
    for (const [element, value] of pending?.get(i) ?? []) {
      if (element === undefined) part.fill(value);
      else part[element] = value;
    }
  });
  return result;
}

/** Overrides by parameter id: [element or undefined for all, value]. */
function readOverrides(network: Network, overrides: ReadonlyMap<string, number>): Map<number, [number | undefined, number][]> {
  const byName = new Map<string, Parameter>(network.parameters.map((p) => [p.name, p]));
  const result = new Map<number, [number | undefined, number][]>();
  for (const [name, value] of overrides) {
    const whole = byName.get(name);
    const match = whole === undefined ? /^(.*)\[([\d,\s]+)\]$/u.exec(name) : null;
    const parameter = whole ?? byName.get(match?.[1]?.trim() ?? '');
    if (parameter === undefined) throw new UnknownParameterError(name, network);
    let element: number | undefined;
    if (match !== null) {
      const indices = (match[2] ?? '').split(',').map((text) => Number(text.trim()));
      const inside = indices.length === parameter.shape.length && indices.every((index, axis) => index >= 1 && index <= (parameter.shape[axis] ?? 0));
      if (!inside) throw new UnknownParameterError(name, network);
      element = indices.reduce((flat, index, axis) => flat * (parameter.shape[axis] ?? 0) + index - 1, 0);
    }
    const list = result.get(parameter.id) ?? [];
    list.push([element, value]);
    result.set(parameter.id, list);
  }
  return result;
}

/** Fills an array with what a declaration gives it: one expression for all elements, listed values, or random ones. */
function fillInitial(initial: InitialValue, out: Float64Array, context: EvaluationContext): void {
  switch (initial.kind) {
    case 'expression':
      out.fill(evaluateScalar(initial.expression, context));
      return;
    case 'values':
      out.set(initial.values.subarray(0, out.length));
      return;
    case 'random': {
      const a = evaluateScalar(initial.a, context);
      const b = evaluateScalar(initial.b, context);
      const random = createRandom(initial.seed);
      for (let i = 0; i < out.length; i++) {
        out[i] = initial.distribution === 'uniform' ? a + (b - a) * random.uniform() : a + b * random.normal();
      }
    }
  }
}

/**
 * The state at time 0, one value a component (length `network.dimension`). The value v of a dual is split on its rails,
 * v⁺ = max(v, 0) and v⁻ = max(−v, 0), so that one of them is empty.
 */
export function initialState(network: Network, parameters: ParameterValues = parameterValues(network)): Float64Array {
  const state = new Float64Array(network.dimension);
  const context: EvaluationContext = { network, parameters };
  for (const block of network.blocks) {
    if (block.kind !== 'dual') {
      fillInitial(block.initial, state.subarray(block.offset, block.offset + block.size), context);
      continue;
    }
    const half = block.size / 2;
    const plus = state.subarray(block.offset, block.offset + half);
    const minus = state.subarray(block.offset + half, block.offset + block.size);
    fillInitial(block.initial, plus, context);
    for (let i = 0; i < half; i++) {
      const value = plus[i] ?? 0;
      plus[i] = value > 0 ? value : value < 0 ? 0 : value + 0;
      minus[i] = value < 0 ? -value : 0;
    }
  }
  return state;
}
