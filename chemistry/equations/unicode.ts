/** ODEs and expressions as Unicode text: `Y^s[i]′ = Σ_j M^s[i,j]·X[j] − Y^s[i]`, `H′ = h + y·H − H²`. */
import type { Scalar } from '../network.ts';
import { indicesText, railText } from './expression-text.ts';
import { Level, NO_LOOPS, atLevel, printScalar } from './style.ts';
import type { LoopScope, Names, Piece, Style } from './style.ts';

const SUPERSCRIPTS = '⁰¹²³⁴⁵⁶⁷⁸⁹';

/** `12` → `¹²`, `-3` → `⁻³`. */
export function superscript(value: number): string {
  return String(value).replace(/[-\d]/g, (sign) => (sign === '-' ? '⁻' : (SUPERSCRIPTS[Number(sign)] ?? sign)));
}

/** Plain digits between 10⁻⁴ and 10⁶, otherwise `3·10⁻⁷`. */
function numberPiece(value: number): Piece {
  if (value === Infinity) return { text: '∞', level: Level.atom };
  if (value === 0 || (value >= 1e-4 && value < 1e6)) return { text: String(value), level: Level.atom };
  const [mantissa = '1', exponent = '0'] = value.toExponential().split('e');
  const power = `10${superscript(Number(exponent))}`;
  return mantissa === '1' ? { text: power, level: Level.power } : { text: `${mantissa}·${power}`, level: Level.product };
}

export const UNICODE: Style = {
  name: (name) => name,
  number: numberPiece,
  species(network, operand, scope) {
    const block = network.blocks[operand.block];
    if (block === undefined) return { text: '?', level: Level.atom };
    if (block.kind !== 'dual') return { text: block.name + indicesText(operand.index, scope), level: Level.atom };
    // The rail keeps the language's own characters, so that a name can be copied into the text.
    return { text: `${block.name}^${railText(operand.index[0], scope)}${indicesText(operand.index.slice(1), scope)}`, level: Level.power };
  },
  parameter: (network, scalar, scope) => ({ text: (network.parameters[scalar.parameter]?.name ?? '?') + indicesText(scalar.index, scope), level: Level.atom }),
  minus: '−',
  times: '·',
  brackets: (text) => `(${text})`,
  quotient: (upper, lower) => ({ text: `${atLevel(UNICODE, upper, Level.product)}/${atLevel(UNICODE, lower, Level.power)}`, level: Level.product }),
  power(base, exponent) {
    const text = atLevel(UNICODE, base, Level.atom);
    const whole = /^\d+$/.test(exponent.text);
    return { text: whole ? text + superscript(Number(exponent.text)) : `${text}^${atLevel(UNICODE, exponent, Level.atom)}`, level: Level.power };
  },
  call: (name, list) => ({ text: name === 'sqrt' && list.length === 1 ? `√(${list[0] ?? ''})` : `${name}(${list.join(', ')})`, level: Level.atom }),
};

/** An expression as Unicode text. */
export function unicodeScalar(network: Names, scalar: Scalar, scope: LoopScope = NO_LOOPS): string {
  return printScalar(UNICODE, network, scalar, scope).text;
}

