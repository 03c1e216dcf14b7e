/** Operands and operators in a row → a tree by precedence: `^` (right), signs, `*` `/`, `+` `-`. */
import type { IToken } from 'chevrotain';
import type { Binary, Expression, Span } from './ast.ts';

export interface Operand {
  readonly signs: readonly IToken[] | undefined;
  readonly node: Expression;
}

/** More operators in one row, or more signs and powers on each other, would make a tree too deep for whoever walks it. */
export const LONGEST_ROW = 2000;
export const DEEPEST_POWER = 50;

type Operator = Binary['operator'];

/**
 * @param base added to the tokens' offsets
 * @param tooDeep told the span of what was given up; a BadExpression stands in its place
 */
export function combine(operands: readonly Operand[], operators: readonly IToken[], base: number, tooDeep: (span: Span) => void): Expression {
  let at = 0;
  let broken = false;
  const power = (depth: number): Expression => {
    const operand = operands[at]!;
    let node = operand.node;
    const signs = operand.signs;
    if (depth > DEEPEST_POWER || (signs !== undefined && signs.length > DEEPEST_POWER)) broken = true;
    if (!broken && at < operators.length && operators[at]!.image === '^') {
      at++;
      const right = power(depth + 1);
      node = { kind: 'Binary', operator: '^', start: node.start, end: right.end, left: node, right };
    }
    if (signs !== undefined && !broken) {
      for (let i = signs.length - 1; i >= 0; i--) {
        const sign = signs[i]!;
        node = { kind: 'Unary', operator: sign.image as '-' | '+', start: sign.startOffset + base, end: node.end, operand: node };
      }
    }
    return node;
  };
  const row = (isOperator: (image: string) => boolean, next: () => Expression): Expression => {
    let left = next();
    while (!broken && at < operators.length && isOperator(operators[at]!.image)) {
      const operator = operators[at++]!.image as Operator;
      const right = next();
      left = { kind: 'Binary', operator, start: left.start, end: right.end, left, right };
    }
    return left;
  };
  const product = (): Expression => row((image) => image === '*' || image === '/', () => power(0));
  let tree: Expression | undefined;
  if (operators.length <= LONGEST_ROW) tree = row((image) => image === '+' || image === '-', product);
  if (tree !== undefined && !broken) return tree;
  const first = operands[0]!;
  const span = { start: first.signs === undefined ? first.node.start : first.signs[0]!.startOffset + base, end: operands.at(-1)!.node.end };
  tooDeep(span);
  return { kind: 'BadExpression', ...span };
}
