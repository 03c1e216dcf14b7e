/**
 * Rate constants by slot: reactions whose constants are the same expression share one number, so a changed parameter is
 * evaluated once and sums of constants can be shared whatever the parameters' values are.
 */
import { advance, evaluateScalar, familyCount, type Network, type ParameterValues, type ReactionFamily, type Scalar } from '../../chemistry/index.ts';
import { mentions } from './laws.ts';

export class ConstantSlots {
  private readonly network: Network;
  /** One entry a slot or run of slots: the expression, and the family whose counters it runs over, if any. */
  private readonly entries: { readonly slot: number; readonly constant: Scalar; readonly over: ReactionFamily | undefined }[] = [];
  private readonly known = new Map<string, number>();
  count = 0;

  constructor(network: Network) {
    this.network = network;
  }

  /** First slot of a family's constants; `step` is 0 when all its reactions share one. */
  add(family: ReactionFamily, constant: Scalar): { readonly first: number; readonly step: 0 | 1 } {
    if (dependsOnCounters(constant)) {
      const first = this.count;
      this.entries.push({ slot: first, constant, over: family });
      this.count += familyCount(family);
      return { first, step: 1 };
    }
    const key = keyOf(constant);
    let slot = this.known.get(key);
    if (slot === undefined) {
      slot = this.count++;
      this.known.set(key, slot);
      this.entries.push({ slot, constant, over: undefined });
    }
    return { first: slot, step: 0 };
  }

  /** @param time for constants that depend on it */
  evaluate(parameters: ParameterValues, values: Float64Array, time = 0): void {
    for (const { slot, constant, over } of this.entries) {
      if (over === undefined) {
        values[slot] = evaluateScalar(constant, { network: this.network, parameters, time });
        continue;
      }
      const counters = new Int32Array(over.variables.length);
      const context = { network: this.network, parameters, counters, variables: over.variables, time };
      for (let k = 0, count = familyCount(over); k < count; k++) {
        values[slot + k] = evaluateScalar(constant, context);
        advance(counters, over);
      }
    }
  }
}

/** Whether an expression has other values for other loop counters. */
export function dependsOnCounters(constant: Scalar): boolean {
  if (constant.kind === 'number') return false;
  if (mentions(constant, 'counter')) return true;
  const seen = new Set<Scalar>(), open: Scalar[] = [constant];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    if (seen.has(node)) continue;
    seen.add(node);
    if (node.kind === 'parameter' && node.index.some((index) => (index.kind === 'affine' ? index.terms.length : index.variables.length) > 0)) return true;
    if (node.kind === 'negate') open.push(node.of);
    else if (node.kind === 'binary') open.push(node.left, node.right);
    else if (node.kind === 'call') open.push(...node.arguments);
  }
  return false;
}

/** Text that is equal for expressions of the same structure. */
function keyOf(scalar: Scalar): string {
  switch (scalar.kind) {
    case 'number': return `${scalar.value}`;
    case 'parameter': return scalar.index.length === 0 ? `p${scalar.parameter}` : `p${scalar.parameter}${JSON.stringify(scalar.index)}`;
    case 'species': return `s${JSON.stringify(scalar.operand)}`;
    case 'counter': return `c${scalar.variable}`;
    case 'time': return 't';
    case 'negate': return `-(${keyOf(scalar.of)})`;
    case 'binary': return binaryKey(scalar);
    case 'call': return `${scalar.function}(${scalar.arguments.map(keyOf).join(',')})`;
  }
}

function binaryKey(scalar: Extract<Scalar, { kind: 'binary' }>): string {
  const parts: string[] = [];
  let node: Scalar = scalar;
  while (node.kind === 'binary') { parts.push(`${node.operator}(${keyOf(node.right)})`); node = node.left; }
  parts.push(keyOf(node));
  return parts.reverse().join(' ');
}
