/** Long sums and products lean to the left, deeper than a stack is: they are walked along that side. */
import type { Scalar } from './network.ts';

export type BinaryScalar = Extract<Scalar, { kind: 'binary' }>;

/** The innermost left operand of an expression, and the operations around it, innermost first: none when it is no operation. */
export function leftSpine(scalar: Scalar): { readonly first: Scalar; readonly steps: readonly BinaryScalar[] } {
  const steps: BinaryScalar[] = [];
  let first = scalar;
  while (first.kind === 'binary') {
    steps.push(first);
    first = first.left;
  }
  return { first, steps: steps.reverse() };
}
