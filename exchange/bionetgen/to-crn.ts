/** Formulas rewritten with the functions of the language, and printed with no more brackets than they need. */
import { t } from '../../l10n/index.ts';
import { binary, call, FormulaError, number, type BinaryOperator, type Formula } from './expression.ts';

/** Functions that both sides know by the same name, with the number of arguments (undefined: one or more). */
const SHARED = new Map<string, number | undefined>([
  ['exp', 1], ['ln', 1], ['log10', 1], ['sqrt', 1], ['abs', 1], ['sin', 1], ['cos', 1], ['tan', 1], ['tanh', 1], ['floor', 1], ['ceil', 1],
  ['if', 3], ['min', undefined], ['max', undefined],
]);

const half = (formula: Formula): Formula => binary('/', formula, number(2));
const negate = (of: Formula): Formula => ({ kind: 'unary', operator: '-', of });
const squared = (x: Formula): Formula => binary('^', x, number(2));

/** Functions written out in others. Identities of real analysis; `rint` and `sign` as BioNetGen and muParser define them. */
const WRITTEN_OUT = new Map<string, (x: Formula) => Formula>([
  ['log', (x) => call('ln', x)],
  ['log2', (x) => binary('/', call('ln', x), call('ln', number(2)))],
  ['rint', (x) => call('floor', binary('+', x, number(0.5)))],
  ['sign', (x) => binary('-', binary('<', number(0), x), binary('<', x, number(0)))],
  ['sinh', (x) => half(binary('-', call('exp', x), call('exp', negate(x))))],
  ['cosh', (x) => half(binary('+', call('exp', x), call('exp', negate(x))))],
  ['asinh', (x) => call('ln', binary('+', x, call('sqrt', binary('+', squared(x), number(1)))))],
  ['acosh', (x) => call('ln', binary('+', x, call('sqrt', binary('-', squared(x), number(1)))))],
  ['atanh', (x) => half(call('ln', binary('/', binary('+', number(1), x), binary('-', number(1), x))))],
]);

/** Whether BioNetGen knows a function of this name itself. */
export function isBuiltIn(name: string): boolean {
  return SHARED.has(name) || WRITTEN_OUT.has(name) || ['sum', 'avg', 'time', 'asin', 'acos', 'atan', 'mratio', 'tfun', '_pi', '_e'].includes(name);
}

/**
 * The same value with the language's own functions.
 * @throws FormulaError for a function that the language has no counterpart of.
 */
export function rewrite(formula: Formula): Formula {
  switch (formula.kind) {
    case 'number':
    case 'name':
      return formula;
    case 'unary':
      return { ...formula, of: rewrite(formula.of) };
    case 'binary':
      return { ...formula, left: rewrite(formula.left), right: rewrite(formula.right) };
    case 'choice':
      return call('if', rewrite(formula.condition), rewrite(formula.then), rewrite(formula.otherwise));
    case 'call': {
      const args = formula.arguments.map(rewrite);
      const count = SHARED.get(formula.name);
      if (SHARED.has(formula.name)) {
        if (count === undefined ? args.length === 0 : args.length !== count) throw wrongCount(formula.name);
        return call(formula.name, ...args);
      }
      const sum = args.length === 0 ? undefined : args.reduce((left, right) => binary('+', left, right));
      if (formula.name === 'sum' && sum !== undefined) return sum;
      if (formula.name === 'avg' && sum !== undefined) return binary('/', sum, number(args.length));
      const written = WRITTEN_OUT.get(formula.name);
      if (written === undefined) throw new FormulaError(t('the function {0} has no counterpart in .crn', formula.name));
      if (args.length !== 1 || args[0] === undefined) throw wrongCount(formula.name);
      return written(args[0]);
    }
  }
}

function wrongCount(name: string): FormulaError {
  return new FormulaError(t('the function {0} is called with the wrong number of arguments', name));
}

const STRENGTH: Record<BinaryOperator, number> = {
  '||': 9, '&&': 9, '<': 9, '<=': 9, '>': 9, '>=': 9, '==': 9, '!=': 9, '+': 1, '-': 1, '*': 2, '/': 2, '^': 4,
};
const SIGN = 3;
const ATOM = 9;

/** Strength of the outermost operator as it will be printed: comparisons and logic are calls. */
function strength(formula: Formula): number {
  if (formula.kind === 'binary') return STRENGTH[formula.operator];
  if (formula.kind === 'unary' && formula.operator === '-') return SIGN;
  if (formula.kind === 'number' && formula.text.startsWith('-')) return SIGN;
  return ATOM;
}
function bracketed(formula: Formula, least: number): string {
  const text = print(formula);
  return strength(formula) < least ? `(${text})` : text;
}

/** Text of a formula that has been through `rewrite`. Spaces around + and − only. */
export function print(formula: Formula): string {
  switch (formula.kind) {
    case 'number':
      return numberText(formula.text);
    case 'name':
      return formula.name;
    case 'call':
      return `${formula.name}(${formula.arguments.map(print).join(', ')})`;
    case 'choice':
      return print(call('if', formula.condition, formula.then, formula.otherwise));
    case 'unary':
      return formula.operator === '!' ? `not(${print(formula.of)})` : `-${bracketed(formula.of, SIGN + 1)}`;
    case 'binary':
      return printBinary(formula.operator, formula.left, formula.right);
  }
}

function printBinary(operator: BinaryOperator, left: Formula, right: Formula): string {
  switch (operator) {
    case '&&':
      return `and(${print(left)}, ${print(right)})`;
    case '||':
      return `or(${print(left)}, ${print(right)})`;
    case '==':
      return `equal(${print(left)}, ${print(right)})`;
    case '!=':
      return `not(equal(${print(left)}, ${print(right)}))`;
    case '<':
    case '<=':
      return `${operator === '<' ? 'less' : 'lessEqual'}(${print(left)}, ${print(right)})`;
    case '>':
    case '>=':
      return `${operator === '>' ? 'less' : 'lessEqual'}(${print(right)}, ${print(left)})`;
    // A sign in an exponent would read as a rail: `x^(-2)`. Powers are bracketed on both sides, as readers differ on a^b^c.
    case '^':
      return `${bracketed(left, STRENGTH['^'] + 1)}^${bracketed(right, STRENGTH['^'] + 1)}`;
    case '+':
      return `${print(left)} + ${bracketed(right, STRENGTH['+'])}`;
    case '-':
      return `${print(left)} - ${bracketed(right, STRENGTH['-'] + 1)}`;
    case '*':
    case '/':
      return `${bracketed(left, STRENGTH['*'])}${operator}${bracketed(right, STRENGTH['*'] + 1)}`;
  }
}

/** A literal as the language reads it: `2.` becomes `2`. */
function numberText(text: string): string {
  return text.replace(/\.(?=[eE]|$)/, '');
}

/**
 * Value of a constant formula, over the values of names.
 * @returns undefined when a name or function has no value here.
 */
export function evaluate(formula: Formula, valueOf: (name: string) => number | undefined): number | undefined {
  const value = (part: Formula): number => evaluate(part, valueOf) ?? NaN;
  switch (formula.kind) {
    case 'number':
      return Number(formula.text);
    case 'name':
      return valueOf(formula.name);
    case 'unary':
      return formula.operator === '-' ? -value(formula.of) : Number(value(formula.of) === 0);
    case 'choice':
      return value(formula.condition) === 0 ? value(formula.otherwise) : value(formula.then);
    case 'call': {
      const apply = NUMERIC.get(formula.name);
      return apply?.(...formula.arguments.map(value));
    }
    case 'binary':
      return OPERATIONS[formula.operator](value(formula.left), value(formula.right));
  }
}

const OPERATIONS: Record<BinaryOperator, (a: number, b: number) => number> = {
  '+': (a, b) => a + b,
  '-': (a, b) => a - b,
  '*': (a, b) => a * b,
  '/': (a, b) => a / b,
  '^': (a, b) => a ** b,
  '<': (a, b) => Number(a < b),
  '<=': (a, b) => Number(a <= b),
  '>': (a, b) => Number(a > b),
  '>=': (a, b) => Number(a >= b),
  '==': (a, b) => Number(a === b),
  '!=': (a, b) => Number(a !== b),
  '&&': (a, b) => Number(a !== 0 && b !== 0),
  '||': (a, b) => Number(a !== 0 || b !== 0),
};

const NUMERIC = new Map<string, (...values: number[]) => number>([
  ['exp', Math.exp], ['ln', Math.log], ['log', Math.log], ['log10', Math.log10], ['log2', Math.log2], ['sqrt', Math.sqrt], ['abs', Math.abs],
  ['sin', Math.sin], ['cos', Math.cos], ['tan', Math.tan], ['asin', Math.asin], ['acos', Math.acos], ['atan', Math.atan],
  ['sinh', Math.sinh], ['cosh', Math.cosh], ['tanh', Math.tanh], ['asinh', Math.asinh], ['acosh', Math.acosh], ['atanh', Math.atanh],
  ['floor', Math.floor], ['ceil', Math.ceil], ['sign', Math.sign], ['min', Math.min], ['max', Math.max],
  ['rint', (x = NaN) => Math.floor(x + 0.5)],
  ['if', (condition = NaN, then = NaN, otherwise = NaN) => (condition === 0 ? otherwise : then)],
  ['sum', (...values) => values.reduce((a, b) => a + b, 0)],
  ['avg', (...values) => values.reduce((a, b) => a + b, 0) / values.length],
]);
