/** Expressions as LaTeX (what MathJax reads): rails as superscripts, indices as subscripts, quotients as fractions. */
import type { AxisIndex, Scalar } from '../network.ts';
import { indexText, railText } from './expression-text.ts';
import { latexName } from './latex-names.ts';
import { Level, NO_LOOPS, printScalar } from './style.ts';
import type { LoopScope, Names, Piece, Style } from './style.ts';

const brackets = (text: string): string => `\\left(${text}\\right)`;

function numberPiece(value: number): Piece {
  if (value === Infinity) return { text: '\\infty', level: Level.atom };
  if (value === 0 || (value >= 1e-4 && value < 1e6)) return { text: String(value), level: Level.atom };
  const [mantissa = '1', exponent = '0'] = value.toExponential().split('e');
  const power = `10^{${Number(exponent)}}`;
  return mantissa === '1' ? { text: power, level: Level.power } : { text: `${mantissa} \\cdot ${power}`, level: Level.product };
}

/** The names of loop variables inside an index text become LaTeX names. */
function indexLatex(index: AxisIndex, scope: LoopScope): string {
  return latexLoops(indexText(index, scope));
}

/** Loop variables' names in a text of indices or ranges: Greek letters become commands. */
export function latexLoops(text: string): string {
  return text.replace(/[\p{L}_][\p{L}\p{N}_]*/gu, (name) => {
    const { base, subscript } = latexName(name);
    return subscript === '' ? base : `${base}_{${subscript}}`;
  });
}

/** `Y^{s}_{i,j}` from its parts; a subscript of the name stands before the indices. */
export function latexSymbol(name: string, rail: string, indices: readonly string[], accent: (base: string) => string = (base) => base): Piece {
  const { base, subscript } = latexName(name);
  const below = [subscript, indices.join(',')].filter((part) => part !== '').join(';\\,');
  const text = `${accent(base)}${rail === '' ? '' : `^{${rail}}`}${below === '' ? '' : `_{${below}}`}`;
  return { text, level: rail === '' ? Level.atom : Level.power };
}

export function latexOperand(network: Names, operand: { readonly block: number; readonly index: readonly AxisIndex[] }, scope: LoopScope, accent?: (base: string) => string): Piece {
  const block = network.blocks[operand.block];
  if (block === undefined) return { text: '?', level: Level.atom };
  const rail = block.kind === 'dual' ? latexLoops(railText(operand.index[0], scope, '-', ' ').replace(/^\((.*)\)$/, '$1')) : '';
  const indices = (block.kind === 'dual' ? operand.index.slice(1) : operand.index).map((index) => indexLatex(index, scope));
  return latexSymbol(block.name, rail, indices, accent);
}

export const LATEX: Style = {
  name: (name) => latexSymbol(name, '', []).text,
  number: numberPiece,
  species: (network, operand, scope) => latexOperand(network, operand, scope),
  parameter: (network, scalar, scope) => latexSymbol(network.parameters[scalar.parameter]?.name ?? '?', '', scalar.index.map((index) => indexLatex(index, scope))),
  minus: '-',
  times: ' \\, ',
  brackets,
  quotient: (upper, lower) => ({ text: `\\frac{${upper.text}}{${lower.text}}`, level: Level.atom }),
  power: (base, exponent) => ({ text: `${base.level < Level.atom ? brackets(base.text) : base.text}^{${exponent.text}}`, level: Level.power }),
  call: callPiece,
};

const COMMANDS: Readonly<Record<string, string>> = { exp: '\\exp', ln: '\\ln', log10: '\\log_{10}', min: '\\min', max: '\\max', sin: '\\sin', cos: '\\cos', tan: '\\tan', tanh: '\\tanh' };

function callPiece(name: string, list: readonly string[]): Piece {
  const joined = list.join(', ');
  if (name === 'sqrt') return { text: `\\sqrt{${joined}}`, level: Level.atom };
  if (name === 'abs') return { text: `\\left|${joined}\\right|`, level: Level.atom };
  if (name === 'floor') return { text: `\\left\\lfloor ${joined}\\right\\rfloor`, level: Level.atom };
  if (name === 'ceil') return { text: `\\left\\lceil ${joined}\\right\\rceil`, level: Level.atom };
  return { text: `${COMMANDS[name] ?? `\\operatorname{${name}}`}${brackets(joined)}`, level: Level.atom };
}

/** An expression as LaTeX. */
export function latexScalar(network: Names, scalar: Scalar, scope: LoopScope = NO_LOOPS): string {
  return printScalar(LATEX, network, scalar, scope).text;
}
