/** Indices and rails: affine functions of loop variables, and products of signs. */
import type { Expression, Rail, Reference, Span } from '../../grammar/index.ts';
import { indexNotAffine } from '../diagnostics/crn310-index-not-affine.ts';
import { signAsIndex } from '../diagnostics/crn317-sign-as-index.ts';
import { notASign } from '../diagnostics/crn318-not-a-sign.ts';
import { outOfRange } from '../diagnostics/crn306-index-out-of-range.ts';
import type { AxisIndex } from '../network.ts';
import type { Scope } from './binding.ts';
import { placeOf, report } from './context.ts';
import type { Context } from './context.ts';

/** constant + Σ coefficient·value, over the values of loop variables (1-based as written). */
interface Affine {
  readonly constant: number;
  readonly terms: ReadonlyMap<number, number>;
}

type Refusal = { readonly kind: 'not affine' | 'sign' | 'silent'; readonly span: Span; readonly name?: string };

const NO_TERMS: ReadonlyMap<number, number> = new Map();
const DEEPEST = 200;

function isAffine(result: Affine | Refusal): result is Affine {
  return 'terms' in result;
}

function affine(expression: Expression, context: Context, depth: number): Affine | Refusal {
  if (depth > DEEPEST) return { kind: 'not affine', span: expression };
  switch (expression.kind) {
    case 'Number':
      return { constant: expression.value, terms: NO_TERMS };
    case 'Parenthesised':
      return affine(expression.inner, context, depth + 1);
    case 'Unary': {
      const operand = affine(expression.operand, context, depth + 1);
      return isAffine(operand) && expression.operator === '-' ? scaled(operand, -1) : operand;
    }
    case 'Reference': {
      const binding = context.scope.lookup(expression.name.text);
      if (binding === undefined || binding.kind === 'broken') return { kind: 'silent', span: expression };
      if (binding.kind === 'index' && expression.indices === undefined && expression.rail === undefined) {
        return { constant: 0, terms: new Map([[binding.variable, 1]]) };
      }
      if (binding.kind === 'sign') return { kind: 'sign', span: expression, name: expression.name.text };
      if (expression.indices === undefined && (binding.kind === 'parameter' || binding.kind === 'value') && binding.integer !== undefined) {
        if (binding.kind === 'parameter') context.sink.structural.add(binding);
        return { constant: binding.integer, terms: NO_TERMS };
      }
      return { kind: 'not affine', span: expression, name: expression.name.text };
    }
    case 'Binary': {
      const left = affine(expression.left, context, depth + 1);
      if (!isAffine(left)) return left;
      const right = affine(expression.right, context, depth + 1);
      if (!isAffine(right)) return right;
      if (expression.operator === '+') return sum(left, right, 1);
      if (expression.operator === '-') return sum(left, right, -1);
      if (expression.operator === '*' && left.terms.size === 0) return scaled(right, left.constant);
      if (expression.operator === '*' && right.terms.size === 0) return scaled(left, right.constant);
      if (expression.operator === '/' && right.terms.size === 0 && left.terms.size === 0 && right.constant !== 0) {
        return { constant: left.constant / right.constant, terms: NO_TERMS };
      }
      return { kind: 'not affine', span: expression };
    }
    case 'BadExpression':
      return { kind: 'silent', span: expression };
    case 'Range':
    case 'String':
    case 'Call':
    case 'Array':
      return { kind: 'not affine', span: expression };
  }
}

function scaled(a: Affine, k: number): Affine {
  const terms = new Map<number, number>();
  if (k !== 0) for (const [variable, coefficient] of a.terms) terms.set(variable, coefficient * k);
  return { constant: a.constant * k, terms };
}

function sum(a: Affine, b: Affine, k: 1 | -1): Affine {
  const terms = new Map(a.terms);
  for (const [variable, coefficient] of b.terms) {
    const total = (terms.get(variable) ?? 0) + k * coefficient;
    if (total === 0) terms.delete(variable);
    else terms.set(variable, total);
  }
  return { constant: a.constant + k * b.constant, terms };
}

/**
 * The position along an axis of `extent` elements that an index expression names (0-based, over 0-based counters). Reports
 * and returns undefined when it is not affine with integers, or leaves the axis for some values of the loop variables.
 */
export function axisIndex(expression: Expression, extent: number, axis: number, reference: Reference, context: Context): AxisIndex | undefined {
  const result = affine(expression, context, 0);
  if (!isAffine(result)) {
    if (result.kind === 'sign') report(context, signAsIndex(placeOf(context, result.span), result.name ?? ''));
    else if (result.kind === 'not affine') report(context, indexNotAffine(placeOf(context, expression), result.name));
    return undefined;
  }
  const integers = Number.isSafeInteger(result.constant) && [...result.terms.values()].every((k) => Number.isSafeInteger(k));
  if (!integers) {
    report(context, indexNotAffine(placeOf(context, expression)));
    return undefined;
  }
  let constant = result.constant - 1;
  let lowest = constant;
  let highest = constant;
  const terms: { variable: number; coefficient: number }[] = [];
  for (const [variable, coefficient] of result.terms) {
    const loop = context.variables[variable];
    if (loop === undefined) return undefined;
    const ends = [coefficient * loop.from, coefficient * (loop.from + loop.extent - 1)] as const;
    lowest += Math.min(...ends);
    highest += Math.max(...ends);
    constant += coefficient * loop.from;
    terms.push({ variable, coefficient });
  }
  if (lowest < 0 || highest >= extent) {
    const high = highest >= extent;
    if (context.formal?.openShapes !== true) {
      const at = [...result.terms].map(([variable, coefficient]) => {
        const loop = context.variables[variable];
        const last = coefficient > 0 === high;
        return { name: loop?.name ?? '', value: (loop?.from ?? 0) + (last ? (loop?.extent ?? 1) - 1 : 0) };
      });
      report(context, outOfRange(placeOf(context, expression), {
        name: reference.name.text, index: (high ? highest : lowest) + 1, extent, axis, axes: reference.indices?.length ?? 1, at,
      }));
    }
    return undefined;
  }
  return { kind: 'affine', constant, terms };
}

/** An integer known when the text is checked: literals, parameters with a literal integer value, module constants. */
export function constantInteger(expression: Expression, context: Context): number | 'silent' | 'not constant' {
  const result = affine(expression, context, 0);
  if (!isAffine(result)) return result.kind === 'silent' ? 'silent' : 'not constant';
  if (result.terms.size > 0 || !Number.isSafeInteger(result.constant)) return 'not constant';
  return result.constant;
}

/** A product of signs as (parity, variables), or undefined when the expression is none. Reports nothing. */
export function signProduct(expression: Expression, scope: Scope, depth = 0): { readonly parity: 0 | 1; readonly variables: readonly number[] } | undefined {
  if (depth > DEEPEST) return undefined;
  switch (expression.kind) {
    case 'Parenthesised':
      return signProduct(expression.inner, scope, depth + 1);
    case 'Reference': {
      if (expression.indices !== undefined || expression.rail !== undefined) return undefined;
      const binding = scope.lookup(expression.name.text);
      return binding?.kind === 'sign' ? { parity: 0, variables: [binding.variable] } : undefined;
    }
    case 'Unary': {
      const inner = signProduct(expression.operand, scope, depth + 1);
      if (inner === undefined || expression.operator === '+') return inner;
      return { parity: inner.parity === 0 ? 1 : 0, variables: inner.variables };
    }
    case 'Binary': {
      if (expression.operator !== '*') return undefined;
      const left = signProduct(expression.left, scope, depth + 1);
      const right = left === undefined ? undefined : signProduct(expression.right, scope, depth + 1);
      if (left === undefined || right === undefined) return undefined;
      return { parity: left.parity === right.parity ? 0 : 1, variables: [...left.variables, ...right.variables] };
    }
    case 'Number':
    case 'Range':
    case 'String':
    case 'Call':
    case 'Array':
    case 'BadExpression':
      return undefined;
  }
}

/** Whether some name in a rail expression is unknown or has an error of its own. */
function silent(expression: Expression, scope: Scope): boolean {
  switch (expression.kind) {
    case 'Reference': {
      const binding = scope.lookup(expression.name.text);
      return binding === undefined || binding.kind === 'broken';
    }
    case 'Unary':
      return silent(expression.operand, scope);
    case 'Parenthesised':
      return silent(expression.inner, scope);
    case 'Binary':
      return silent(expression.left, scope) || silent(expression.right, scope);
    case 'BadExpression':
      return true;
    case 'Number':
    case 'Range':
    case 'String':
    case 'Call':
    case 'Array':
      return false;
  }
}

const PLUS: AxisIndex = { kind: 'rail', parity: 0, variables: [] };
const MINUS: AxisIndex = { kind: 'rail', parity: 1, variables: [] };

/** The rail axis: + is 0, − is 1; `flip` swaps them. Even powers of a sign cancel. */
export function railAxis(parity: 0 | 1, variables: readonly number[], flip: 0 | 1): AxisIndex {
  const odd = new Set<number>();
  for (const variable of variables) if (!odd.delete(variable)) odd.add(variable);
  const swapped: 0 | 1 = parity === flip ? 0 : 1;
  if (odd.size === 0) return swapped === 0 ? PLUS : MINUS;
  return { kind: 'rail', parity: swapped, variables: [...odd].sort((a, b) => a - b) };
}

/** The rail written behind a name, or undefined after a report. */
export function railIndex(rail: Rail, name: string, flip: 0 | 1, context: Context): AxisIndex | undefined {
  if (rail.sign !== undefined) return railAxis(rail.sign === '+' ? 0 : 1, [], flip);
  if (rail.expression === undefined) return undefined;
  const signs = signProduct(rail.expression, context.scope);
  if (signs === undefined) {
    if (!silent(rail.expression, context.scope)) report(context, notASign(placeOf(context, rail), name));
    return undefined;
  }
  return railAxis(signs.parity, signs.variables, flip);
}
