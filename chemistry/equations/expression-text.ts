/** Expressions as text in the language's own syntax: what is printed here parses again. */
import type { AxisIndex, LoopVariable, Network, Operand, Scalar } from '../network.ts';

/**
 * Whose loop variables the expression is over. Counters that are known (0-based) are printed as numbers; the others by name.
 */
export interface LoopScope {
  readonly variables: readonly Pick<LoopVariable, 'name' | 'kind' | 'from'>[];
  readonly counters?: ArrayLike<number>;
}

export const NO_LOOPS: LoopScope = { variables: [] };

/** How tightly an expression's text holds together. */
export const Level = { sum: 1, product: 2, sign: 3, power: 4, atom: 5 } as const;
export interface LevelledText {
  readonly text: string;
  readonly level: number;
}

/** `X`, `X[i,j+1]`, `W^+`, `M^(-s)[2,j]`. */
export function operandText(network: Network, operand: Operand, scope: LoopScope = NO_LOOPS): string {
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
  if (index.kind === 'rail') return railText(index, scope);
  let constant = index.constant + 1;
  let text = '';
  for (const { variable, coefficient } of index.terms) {
    const known = scope.counters?.[variable];
    const loop = scope.variables[variable];
    if (known !== undefined || loop === undefined) {
      constant += coefficient * (known ?? 0);
      continue;
    }
    constant -= coefficient * loop.from;
    const size = Math.abs(coefficient);
    const sign = coefficient < 0 ? '-' : text === '' ? '' : '+';
    text += `${sign}${size === 1 ? '' : `${size}*`}${loop.name}`;
  }
  if (text === '') return String(constant);
  return constant === 0 ? text : `${text}${constant < 0 ? '-' : '+'}${Math.abs(constant)}`;
}

/** What stands after `^` for a rail: `+`, `-`, `s`, `(-s)`, `(r*s)`. */
export function railText(index: AxisIndex | undefined, scope: LoopScope): string {
  if (index === undefined) return '?';
  if (index.kind === 'affine') return index.constant % 2 === 0 ? '+' : '-';
  let parity: number = index.parity;
  const odd = new Set<number>();
  for (const variable of index.variables) {
    const known = scope.counters?.[variable];
    if (known !== undefined) parity += known;
    else if (!odd.delete(variable)) odd.add(variable);
  }
  const negative = (parity & 1) === 1;
  if (odd.size === 0) return negative ? '-' : '+';
  const names = [...odd].map((variable) => scope.variables[variable]?.name ?? '?').join('*');
  if (negative) return `(-${names})`;
  return odd.size === 1 ? names : `(${names})`;
}

/** A number as the language reads it. */
export function numberText(value: number): string {
  if (Number.isNaN(value)) return '(0/0)';
  if (value === Infinity) return '(1/0)';
  if (value === -Infinity) return '(-1/0)';
  return String(value).replace('e+', 'e');
}

/** An expression in the language's syntax, with no more brackets than it needs. */
export function scalarText(network: Network, scalar: Scalar, scope: LoopScope = NO_LOOPS): string {
  return print(network, scalar, scope).text;
}

/** Brackets a text that holds together less tightly than its place asks for. */
export function atLevel(piece: LevelledText, level: number): string {
  return piece.level < level ? `(${piece.text})` : piece.text;
}

function print(network: Network, scalar: Scalar, scope: LoopScope): LevelledText {
  switch (scalar.kind) {
    case 'number':
      return scalar.value < 0 || Object.is(scalar.value, -0)
        ? { text: `-${numberText(-scalar.value)}`, level: Level.sign }
        : { text: numberText(scalar.value), level: Level.atom };
    case 'parameter':
      return { text: (network.parameters[scalar.parameter]?.name ?? '?') + indicesText(scalar.index, scope), level: Level.atom };
    case 'species': {
      const text = operandText(network, scalar.operand, scope);
      // `W^+ ^2` would not be read as a power of the rail.
      return { text, level: network.blocks[scalar.operand.block]?.kind === 'dual' ? Level.power : Level.atom };
    }
    case 'counter': {
      const loop = scope.variables[scalar.variable];
      const known = scope.counters?.[scalar.variable];
      if (loop === undefined) return { text: '?', level: Level.atom };
      if (known === undefined) return { text: loop.name, level: Level.atom };
      const value = loop.kind === 'sign' ? 1 - 2 * known : loop.from + known;
      return { text: numberText(value), level: value < 0 ? Level.sign : Level.atom };
    }
    case 'time':
      return { text: 'time', level: Level.atom };
    case 'negate':
      return { text: `-${atLevel(print(network, scalar.of, scope), Level.power)}`, level: Level.sign };
    case 'binary':
      return printBinary(network, scalar, scope);
    case 'call':
      return { text: `${scalar.function}(${scalar.arguments.map((argument) => print(network, argument, scope).text).join(', ')})`, level: Level.atom };
  }
}

type Binary = Extract<Scalar, { kind: 'binary' }>;

/** The left spine is walked by a loop: generated models have sums of thousands of terms. */
function printBinary(network: Network, scalar: Binary, scope: LoopScope): LevelledText {
  const spine: Binary[] = [];
  let node: Scalar = scalar;
  while (node.kind === 'binary') {
    spine.push(node);
    node = node.left;
  }
  let piece = print(network, node, scope);
  for (let i = spine.length - 1; i >= 0; i--) {
    const { operator, right } = spine[i] as Binary;
    const other = print(network, right, scope);
    switch (operator) {
      case '+':
        piece = { text: `${atLevel(piece, Level.sum)} + ${atLevel(other, other.level === Level.sign ? Level.power : Level.sum)}`, level: Level.sum };
        break;
      case '-':
        piece = { text: `${atLevel(piece, Level.sum)} - ${atLevel(other, Level.product + (other.level === Level.sign ? 2 : 0))}`, level: Level.sum };
        break;
      case '*':
        piece = { text: `${atLevel(piece, Level.product)}*${atLevel(other, Level.power)}`, level: Level.product };
        break;
      case '/':
        piece = { text: `${atLevel(piece, Level.product)}/${atLevel(other, Level.power)}`, level: Level.product };
        break;
      case '^':
        piece = { text: `${atLevel(piece, Level.atom)}^${atLevel(other, Level.atom)}`, level: Level.power };
    }
  }
  return piece;
}
