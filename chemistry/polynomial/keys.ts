/** Canonical keys: two leaves of expressions over the same loop variables are the same quantity if and only if their keys agree. */
import type { AxisIndex, Operand, Scalar } from '../network.ts';

export function indexKey(index: AxisIndex): string {
  if (index.kind === 'rail') {
    const odd = new Set<number>();
    for (const variable of index.variables) if (!odd.delete(variable)) odd.add(variable);
    if (odd.size === 0) return String(index.parity);
    return `${index.parity}~${[...odd].sort((a, b) => a - b).join('~')}`;
  }
  const [first] = index.terms;
  if (first === undefined) return String(index.constant);
  if (index.terms.length === 1) return first.coefficient === 0 ? String(index.constant) : `${index.constant}+${first.coefficient}v${first.variable}`;
  const merged = new Map<number, number>();
  for (const { variable, coefficient } of index.terms) merged.set(variable, (merged.get(variable) ?? 0) + coefficient);
  const terms = [...merged].filter(([, coefficient]) => coefficient !== 0).sort(([a], [b]) => a - b);
  return [String(index.constant), ...terms.map(([variable, coefficient]) => `${coefficient}v${variable}`)].join('+');
}

export function indicesKey(index: readonly AxisIndex[]): string {
  return index.length === 0 ? '' : `[${index.map(indexKey).join(',')}]`;
}

export function operandKey(operand: Operand): string {
  return `s${operand.block}${indicesKey(operand.index)}`;
}

/** Key of a leaf; undefined for expressions with parts. */
export function leafKey(scalar: Scalar): string | undefined {
  switch (scalar.kind) {
    case 'parameter':
      return `p${scalar.parameter}${indicesKey(scalar.index)}`;
    case 'species':
      return operandKey(scalar.operand);
    case 'counter':
      return `c${scalar.variable}`;
    case 'time':
      return 't';
    default:
      return undefined;
  }
}

/** Whether a species occurs anywhere in an expression. */
export function hasSpecies(scalar: Scalar): boolean {
  return some(scalar, (leaf) => leaf.kind === 'species');
}

/** Whether an expression depends on time by itself, not only through species. */
export function hasTime(scalar: Scalar): boolean {
  return some(scalar, (leaf) => leaf.kind === 'time');
}

/** Whether a leaf of an expression satisfies a condition. Iterative: sums may be very long. */
export function some(scalar: Scalar, condition: (leaf: Scalar) => boolean): boolean {
  const stack: Scalar[] = [scalar];
  for (;;) {
    const node = stack.pop();
    if (node === undefined) return false;
    if (node.kind === 'negate') stack.push(node.of);
    else if (node.kind === 'binary') stack.push(node.right, node.left);
    else if (node.kind === 'call') stack.push(...node.arguments);
    else if (condition(node)) return true;
  }
}
