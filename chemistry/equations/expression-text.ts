/** Expressions as text in the language's own syntax: what is printed here parses again. */
import type { AxisIndex, Operand, Scalar } from '../network.ts';
import { Level, NO_LOOPS, atLevel, printScalar } from './style.ts';
import type { LoopScope, Names, Style } from './style.ts';

/** `X`, `X[i,j+1]`, `W^+`, `M^(-s)[2,j]`. */
export function operandText(network: Names, operand: Operand, scope: LoopScope = NO_LOOPS): string {
  const block = network.blocks[operand.block];
  if (block === undefined) return '?';
  const rail = block.kind === 'dual' ? `^${railText(operand.index[0], scope)}` : '';
  return block.name + rail + indicesText(block.kind === 'dual' ? operand.index.slice(1) : operand.index, scope);
}

/** `[i,j]`, or nothing for a scalar. */
export function indicesText(index: readonly AxisIndex[], scope: LoopScope): string {
  return index.length === 0 ? '' : `[${index.map((axis) => indexText(axis, scope)).join(',')}]`;
}

/** A position as users write it: 1-based, over the loop variables' values. */
export function indexText(index: AxisIndex, scope: LoopScope): string {
  return index.kind === 'rail' ? railText(index, scope) : formText(index.constant + 1, index.terms, scope, '*');
}

/** constant + Σ coefficient·c_v as text over the variables' values v = c_v + from. */
export function formText(constant: number, terms: readonly { readonly variable: number; readonly coefficient: number }[], scope: LoopScope, times: string, minus = '-'): string {
  let rest = constant;
  let text = '';
  for (const { variable, coefficient } of terms) {
    const known = scope.counters?.[variable];
    const loop = scope.variables[variable];
    if (known !== undefined || loop === undefined) {
      rest += coefficient * (known ?? 0);
      continue;
    }
    rest -= coefficient * loop.from;
    const size = Math.abs(coefficient);
    const sign = coefficient < 0 ? minus : text === '' ? '' : '+';
    text += `${sign}${size === 1 ? '' : `${size}${times}`}${loop.name}`;
  }
  const number = `${rest < 0 ? minus : ''}${Math.abs(rest)}`;
  if (text === '') return number;
  return rest === 0 ? text : `${text}${rest < 0 ? '' : '+'}${number}`;
}

/** What stands after `^` for a rail: `+`, `-`, `s`, `(-s)`, `(r*s)`. */
export function railText(index: AxisIndex | undefined, scope: LoopScope, minus = '-', times = '*'): string {
  if (index === undefined) return '?';
  let parity: number = index.kind === 'affine' ? index.constant : index.parity;
  const odd = new Set<number>();
  for (const variable of index.kind === 'affine' ? index.terms.map((term) => term.variable) : index.variables) {
    const known = scope.counters?.[variable];
    if (known !== undefined) parity += known;
    else if (!odd.delete(variable)) odd.add(variable);
  }
  const negative = (parity & 1) === 1;
  if (odd.size === 0) return negative ? minus : '+';
  const names = [...odd].map((variable) => scope.variables[variable]?.name ?? '?').join(times);
  if (negative) return `(${minus}${names})`;
  return odd.size === 1 ? names : `(${names})`;
}

/** A number ≥ 0 as the language reads it. */
export function numberText(value: number): string {
  return value === Infinity ? '(1/0)' : String(value).replace('e+', 'e');
}

/** The language's own syntax. */
export const ASCII: Style = {
  name: (name) => name,
  number: (value) => ({ text: numberText(value), level: Level.atom }),
  species: (network, operand, scope) => ({
    text: operandText(network, operand, scope),
    // `W^+ ^2` would not be read as a power of the rail.
    level: network.blocks[operand.block]?.kind === 'dual' ? Level.power : Level.atom,
  }),
  parameter: (network, scalar, scope) => ({ text: (network.parameters[scalar.parameter]?.name ?? '?') + indicesText(scalar.index, scope), level: Level.atom }),
  minus: '-',
  times: '*',
  brackets: (text) => `(${text})`,
  quotient: (upper, lower) => ({ text: `${atLevel(ASCII, upper, Level.product)}/${atLevel(ASCII, lower, Level.power)}`, level: Level.product }),
  power: (base, exponent) => ({ text: `${atLevel(ASCII, base, Level.atom)}^${atLevel(ASCII, exponent, Level.atom)}`, level: Level.power }),
  call: (name, list) => ({ text: `${name}(${list.join(', ')})`, level: Level.atom }),
};

/** An expression in the language's syntax, with no more brackets than it needs. */
export function scalarText(network: Names, scalar: Scalar, scope: LoopScope = NO_LOOPS): string {
  return printScalar(ASCII, network, scalar, scope).text;
}
