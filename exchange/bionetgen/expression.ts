/**
 * The formulas of a .net file (BioNetGen's, which are muParser's): text → tree. Precedence, loosest first: `a ? b : c`, `||`,
 * `&&`, comparisons, `+ -`, `* /`, sign and `!`, `^` (from the right).
 */
import { t } from '../../l10n/index.ts';

export type BinaryOperator = '+' | '-' | '*' | '/' | '^' | '<' | '<=' | '>' | '>=' | '==' | '!=' | '&&' | '||';

export type Formula =
  | { readonly kind: 'number'; readonly text: string }
  | { readonly kind: 'name'; readonly name: string }
  | { readonly kind: 'call'; readonly name: string; readonly arguments: readonly Formula[] }
  | { readonly kind: 'unary'; readonly operator: '-' | '!'; readonly of: Formula }
  | { readonly kind: 'binary'; readonly operator: BinaryOperator; readonly left: Formula; readonly right: Formula }
  | { readonly kind: 'choice'; readonly condition: Formula; readonly then: Formula; readonly otherwise: Formula };

/** A formula that cannot be read, or that the language cannot express; the message is for the user. */
export class FormulaError extends Error {}

/** Deeper than any model nests its brackets, well below what the stack allows. */
const DEEPEST = 400;
/** A chain of operators is a tree as deep as it is long, and trees are walked by recursion. */
const MOST_TOKENS = 4000;
const TOKEN = /\s*(?:((?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)|([A-Za-z_]\w*)|(\*\*|&&|\|\||[<>=!~]=|[-+*/^<>!~?:(),]))/y;
const LEVELS: readonly (readonly string[])[] = [['||'], ['&&'], ['==', '!=', '~=', '<', '<=', '>', '>='], ['+', '-'], ['*', '/']];

/**
 * Reads a whole formula.
 * @throws FormulaError saying what is wrong.
 */
export function parseFormula(text: string): Formula {
  const tokens = tokenise(text);
  if (tokens.length > MOST_TOKENS) throw new FormulaError(t('The formula is too long to be read.'));
  let position = 0;
  let depth = 0;

  const peek = (): string | undefined => tokens[position];
  const take = (): string => tokens[position++] ?? '';
  const expect = (token: string): void => {
    if (take() !== token) throw new FormulaError(t('“{0}” lacks a “{1}”.', text, token));
  };

  function choice(): Formula {
    if (++depth > DEEPEST) throw new FormulaError(t('The formula is nested too deeply to be read.'));
    const condition = binary(0);
    let result = condition;
    if (peek() === '?') {
      take();
      const then = choice();
      expect(':');
      result = { kind: 'choice', condition, then, otherwise: choice() };
    }
    depth--;
    return result;
  }
  function binary(level: number): Formula {
    const operators = LEVELS[level];
    if (operators === undefined) return signed();
    let left = binary(level + 1);
    for (let token = peek(); token !== undefined && operators.includes(token); token = peek()) {
      take();
      const operator = (token === '~=' ? '!=' : token) as BinaryOperator;
      left = { kind: 'binary', operator, left, right: binary(level + 1) };
    }
    return left;
  }
  function signed(): Formula {
    const token = peek();
    if (token !== '-' && token !== '+' && token !== '!' && token !== '~') return power();
    if (++depth > DEEPEST) throw new FormulaError(t('The formula is nested too deeply to be read.'));
    take();
    const of = signed();
    depth--;
    return token === '+' ? of : { kind: 'unary', operator: token === '-' ? '-' : '!', of };
  }
  function power(): Formula {
    const base = atom();
    const token = peek();
    if (token !== '^' && token !== '**') return base;
    if (++depth > DEEPEST) throw new FormulaError(t('The formula is nested too deeply to be read.'));
    take();
    const exponent = signed();
    depth--;
    return { kind: 'binary', operator: '^', left: base, right: exponent };
  }
  function atom(): Formula {
    const token = take();
    if (token === '(') {
      const inner = choice();
      expect(')');
      return inner;
    }
    if (/^[\d.]/.test(token)) return { kind: 'number', text: token };
    if (!/^[A-Za-z_]/.test(token)) throw new FormulaError(token === '' ? t('“{0}” ends too early.', text) : t('“{0}” cannot stand there in “{1}”.', token, text));
    if (peek() !== '(') return { kind: 'name', name: token };
    take();
    const args: Formula[] = [];
    if (peek() === ')') take();
    else {
      do args.push(choice());
      while (tokens[position++] === ',');
      if (tokens[position - 1] !== ')') throw new FormulaError(t('“{0}” lacks a “)”.', text));
    }
    return { kind: 'call', name: token, arguments: args };
  }

  const result = choice();
  if (position < tokens.length) throw new FormulaError(t('“{0}” cannot stand there in “{1}”.', peek() ?? '', text));
  return result;
}

function tokenise(text: string): string[] {
  const tokens: string[] = [];
  TOKEN.lastIndex = 0;
  for (;;) {
    const at = TOKEN.lastIndex;
    const match = TOKEN.exec(text);
    if (match === null) {
      const rest = text.slice(at).trim();
      if (rest !== '') throw new FormulaError(t('“{0}” cannot be read as part of a formula.', rest.slice(0, 20)));
      if (tokens.length === 0) throw new FormulaError(t('The formula is empty.'));
      return tokens;
    }
    tokens.push(match[1] ?? match[2] ?? match[3] ?? '');
  }
}

export const number = (value: number): Formula => ({ kind: 'number', text: String(value) });
export const named = (name: string): Formula => ({ kind: 'name', name });
export const call = (name: string, ...args: Formula[]): Formula => ({ kind: 'call', name, arguments: args });
export function binary(operator: BinaryOperator, left: Formula, right: Formula): Formula {
  return { kind: 'binary', operator, left, right };
}
/** Sum of terms, as a balanced tree: it may have thousands. The empty sum is 0. */
export function sum(terms: readonly Formula[]): Formula {
  const [first] = terms;
  if (first === undefined) return number(0);
  if (terms.length === 1) return first;
  const middle = terms.length >> 1;
  return binary('+', sum(terms.slice(0, middle)), sum(terms.slice(middle)));
}
/** Product of factors, from the left; a literal 1 is left out. The empty product is 1. */
export function product(factors: readonly Formula[]): Formula {
  const rest = factors.filter((factor) => !(factor.kind === 'number' && Number(factor.text) === 1));
  return rest.length === 0 ? number(1) : rest.reduce((left, right) => binary('*', left, right));
}
