/** Expressions as text in three styles, each a table of how its pieces are put together. */
import type { LoopVariable, Network, Operand, Scalar } from '../network.ts';

/** What names are printed from; a network under construction has it too. */
export type Names = Pick<Network, 'blocks' | 'parameters'>;

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
export interface Piece {
  readonly text: string;
  readonly level: number;
}

export interface Style {
  /** A name of the user's. */
  name(name: string): string;
  /** A non-negative number. */
  number(value: number): Piece;
  species(network: Names, operand: Operand, scope: LoopScope): Piece;
  parameter(network: Names, scalar: Extract<Scalar, { kind: 'parameter' }>, scope: LoopScope): Piece;
  readonly minus: string;
  /** Between factors. */
  readonly times: string;
  brackets(text: string): string;
  quotient(upper: Piece, lower: Piece): Piece;
  power(base: Piece, exponent: Piece): Piece;
  call(name: string, list: readonly string[]): Piece;
}

/** Brackets a text that holds together less tightly than its place asks for. */
export function atLevel(style: Style, piece: Piece, level: number): string {
  return piece.level < level ? style.brackets(piece.text) : piece.text;
}

export function printScalar(style: Style, network: Names, scalar: Scalar, scope: LoopScope): Piece {
  switch (scalar.kind) {
    case 'number':
      return signed(style, scalar.value);
    case 'parameter':
      return style.parameter(network, scalar, scope);
    case 'species':
      return style.species(network, scalar.operand, scope);
    case 'counter': {
      const loop = scope.variables[scalar.variable];
      const known = scope.counters?.[scalar.variable];
      if (loop === undefined) return { text: '?', level: Level.atom };
      if (known === undefined) return { text: style.name(loop.name), level: Level.atom };
      return signed(style, loop.kind === 'sign' ? 1 - 2 * known : loop.from + known);
    }
    case 'time':
      return { text: style.name('time'), level: Level.atom };
    case 'negate': {
      // −a·b is read as (−a)·b, which is the same number.
      const of = printScalar(style, network, scalar.of, scope);
      return { text: style.minus + atLevel(style, of, of.level === Level.sign ? Level.atom : Level.product), level: Level.sign };
    }
    case 'binary':
      return printBinary(style, network, scalar, scope);
    case 'call':
      return style.call(scalar.function, scalar.arguments.map((argument) => printScalar(style, network, argument, scope).text));
  }
}

function signed(style: Style, value: number): Piece {
  if (value >= 0 && !Object.is(value, -0)) return style.number(value);
  if (Number.isNaN(value)) return { text: style.brackets(`0/0`), level: Level.atom };
  return { text: style.minus + style.number(-value).text, level: Level.sign };
}

type Binary = Extract<Scalar, { kind: 'binary' }>;

/** The left spine is walked by a loop: generated models have sums of thousands of terms. */
function printBinary(style: Style, network: Names, scalar: Binary, scope: LoopScope): Piece {
  const spine: Binary[] = [];
  let node: Scalar = scalar;
  while (node.kind === 'binary') {
    spine.push(node);
    node = node.left;
  }
  let piece = printScalar(style, network, node, scope);
  for (let i = spine.length - 1; i >= 0; i--) {
    const { operator, right } = spine[i] as Binary;
    piece = combine(style, operator, piece, printScalar(style, network, right, scope));
  }
  return piece;
}

function combine(style: Style, operator: Binary['operator'], left: Piece, right: Piece): Piece {
  // A leading sign on the right is bracketed: a − (−b), a·(−b).
  switch (operator) {
    case '+':
      return { text: `${left.text} + ${right.level === Level.sign ? style.brackets(right.text) : right.text}`, level: Level.sum };
    case '-':
      return { text: `${left.text} ${style.minus} ${atLevel(style, right, right.level === Level.sign ? Level.atom : Level.product)}`, level: Level.sum };
    case '*':
      return { text: `${atLevel(style, left, Level.product)}${style.times}${atLevel(style, right, Level.power)}`, level: Level.product };
    case '/':
      return style.quotient(left, right);
    case '^':
      return style.power(left, right);
  }
}
