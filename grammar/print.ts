/** Tree → text, for fixes and generated text. `format.ts` lays out what a user wrote; this prints what a tree says. */
import type {
  Binary, Complex, DeclarationItem, Expectation, Expression, ForStatement, ModuleDeclaration, Rail, Rate, Reference, Statement, UnitExpression,
  UseStatement,
} from './ast.ts';
import { printActivation, printData, printNetworkItem, printNeuron, printSweep, printTrain } from './print-neural.ts';
import { printCondition, printEquation, printSetting } from './print-parts.ts';

const SUM = 1, PRODUCT = 2, SIGN = 3, POWER = 4, ATOM = 5;

function strength(expression: Expression): number {
  switch (expression.kind) {
    case 'Binary':
      return expression.operator === '^' ? POWER : expression.operator === '*' || expression.operator === '/' ? PRODUCT : SUM;
    case 'Unary':
      return SIGN;
    case 'Number':
      return expression.text.startsWith('-') ? SIGN : ATOM;
    default:
      return ATOM;
  }
}

/** Prints a formula on one line. Adds the brackets that the tree needs and has not, so that it reads back as the same tree. */
export function printExpression(expression: Expression): string {
  switch (expression.kind) {
    case 'Number':
      return expression.text;
    case 'String':
      return `"${expression.value}"`;
    case 'Reference':
      return printReference(expression);
    case 'Unary':
      return expression.operator + within(expression.operand, SIGN);
    case 'Binary':
      return printBinary(expression);
    case 'Call': {
      const named = expression.named.map(({ name, value }) => `${name.text}: ${printExpression(value)}`);
      return `${expression.callee.text}(${[...expression.arguments.map(printExpression), ...named].join(', ')})`;
    }
    case 'Array':
      return `[${expression.elements.map(printExpression).join(', ')}]`;
    case 'Parenthesised':
      return `(${printExpression(expression.inner)})`;
    case 'Range':
      return `${printExpression(expression.from)}..${printExpression(expression.to)}`;
    case 'BadExpression':
      return '?';
  }
}

function within(expression: Expression, least: number): string {
  const text = printExpression(expression);
  return strength(expression) < least ? `(${text})` : text;
}

function printBinary({ operator, left, right }: Binary): string {
  if (operator === '^') {
    const text = printExpression(right);
    // `X^s[i]` would be a rail, and so would `X^-` before anything but a number or a name.
    const bare =
      right.kind === 'Reference' ? right.indices === undefined || right.rail !== undefined
      : right.kind === 'Unary' ? right.operand.kind === 'Number'
      : right.kind === 'Number' || right.kind === 'Parenthesised' || right.kind === 'Call';
    return `${within(left, ATOM)}^${bare ? text : `(${text})`}`;
  }
  const own = operator === '*' || operator === '/' ? PRODUCT : SUM;
  const glue = own === PRODUCT ? operator : ` ${operator} `;
  return within(left, own) + glue + within(right, own + 1);
}

export function printReference({ name, rail, indices }: Reference): string {
  return name.text + (rail === undefined ? '' : printRail(rail)) + (indices === undefined ? '' : printIndices(indices));
}
function printRail({ sign, expression }: Rail): string {
  if (sign !== undefined) return `^${sign}`;
  if (expression === undefined) return '';
  const text = printExpression(expression);
  return expression.kind === 'Reference' || expression.kind === 'Parenthesised' ? `^${text}` : `^(${text})`;
}
export function printIndices(indices: readonly Expression[]): string {
  return `[${indices.map(printExpression).join(', ')}]`;
}

/** `1/(uM*s)`, `uM^2/s`, `1` for no factors. */
export function printUnit({ factors }: UnitExpression): string {
  const power = (name: string, exponent: number): string => (exponent === 1 ? name : `${name}^${exponent}`);
  const above = factors.filter((factor) => factor.exponent > 0).map((factor) => power(factor.name.text, factor.exponent));
  const below = factors.filter((factor) => factor.exponent < 0).map((factor) => power(factor.name.text, -factor.exponent));
  const top = above.length === 0 ? '1' : above.join('*');
  if (below.length === 0) return top;
  return below.length === 1 ? `${top}/${below[0]!}` : `${top}/(${below.join('*')})`;
}

export function printComplex({ terms }: Complex): string {
  if (terms.length === 0) return '0';
  return terms.map(({ coefficient, species }) => (coefficient === 1 ? '' : `${coefficient} `) + printReference(species)).join(' + ');
}

function printRate(rate: Rate): string {
  const second = rate.backward === undefined ? '' : `, ${printExpression(rate.backward)}`;
  return rate.kind === 'constant' ? `@ ${printExpression(rate.forward)}${second}` : `rate ${printExpression(rate.law)}${second}`;
}

export function printItem({ name, shape, unit, value }: Omit<DeclarationItem, 'start' | 'end' | 'doc'>): string {
  return (
    name.text +
    (shape === undefined ? '' : printIndices(shape)) +
    (unit === undefined ? '' : `: ${printUnit(unit)}`) +
    (value === undefined ? '' : ` = ${printExpression(value)}`)
  );
}

function printBinders({ binders }: ForStatement): string {
  return binders
    .map(({ name, range }) => `${name.text} in ${range.kind === 'signs' ? 'signs' : `${printExpression(range.from)}..${printExpression(range.to)}`}`)
    .join(', ');
}

function printModuleHead({ name, parameters, constants }: ModuleDeclaration): string {
  const left = parameters.map((parameter) => parameter.name.text + (parameter.shape === undefined ? '' : printIndices(parameter.shape)) + (parameter.type === undefined ? '' : `: ${parameter.type.text}`));
  const right = constants.map(printItem);
  return `module ${name.text}(${left.join(', ')}${right.length === 0 ? '' : `; ${right.join(', ')}`})`;
}

function printUse({ label, module, arguments: positional, constants }: UseStatement): string {
  const named = constants.map(({ name, value }) => `${name.text} = ${printExpression(value)}`);
  const all = `${positional.map(printExpression).join(', ')}${named.length === 0 ? '' : `; ${named.join(', ')}`}`;
  return `${label === undefined ? '' : `${label.text}: `}use ${module.text}(${all})`;
}

function printExpectation(expectation: Expectation): string {
  switch (expectation.kind) {
    case 'near': {
      const tolerance = expectation.within === undefined ? '' : ` within ${printExpression(expectation.within)}${expectation.relative ? ' %' : ''}`;
      return `${printExpression(expectation.left)} ~ ${printExpression(expectation.right)}${tolerance}`;
    }
    case 'ode':
      return `ode ${printEquation({ start: 0, end: 0, species: expectation.species, right: expectation.right })}`;
    case 'conserved':
      return `conserved ${printExpression(expectation.quantity)}`;
    case 'compare':
      return printCondition(expectation);
  }
}

/**
 * Prints a statement in the canonical form, blocks on several lines, documentation above it. Comments are no part of a tree and
 * are not printed; a Bad statement has no text and prints as an empty one.
 * @param indent spaces before every line
 */
export function printStatement(statement: Statement, indent = 0): string {
  const margin = ' '.repeat(indent);
  const doc = statement.doc === undefined ? '' : statement.doc.split('\n').map((line) => `${margin}///${line === '' ? '' : ` ${line}`}\n`).join('');
  const block = (head: string, lines: readonly string[]): string =>
    lines.length === 0 ? `${margin}${head} { }` : `${margin}${head} {\n${lines.join('\n')}\n${margin}}`;
  const inner = (lines: readonly string[]): string[] => lines.map((line) => `${margin}  ${line}`);
  const body = (statements: readonly Statement[]): string[] => statements.map((part) => printStatement(part, indent + 2));
  switch (statement.kind) {
    case 'Units':
      return `${doc}${margin}units ${statement.entries.map(({ dimension, unit }) => `${dimension.text} ${printUnit(unit)}`).join(', ')}`;
    case 'Declaration':
      return `${doc}${margin}${statement.declares} ${statement.items.map(printItem).join(', ')}`;
    case 'Reaction': {
      const { label, left, arrow, right, rate } = statement;
      const sides = `${printComplex(left)} ${arrow.reversible ? '<->' : '->'} ${printComplex(right)}`;
      return `${doc}${margin}${label === undefined ? '' : `${label.text}: `}${sides}${rate === undefined ? '' : ` ${printRate(rate)}`}`;
    }
    case 'Ode':
      if (!statement.block) return `${doc}${margin}ode ${statement.equations.map(printEquation).join('')}`;
      return doc + block('ode', inner(statement.equations.map(printEquation)));
    case 'For':
      return doc + block(`for ${printBinders(statement)}`, body(statement.body));
    case 'Module':
      return doc + block(printModuleHead(statement), body(statement.body));
    case 'Use':
      return `${doc}${margin}${printUse(statement)}`;
    case 'Group':
      return doc + block(`group ${statement.name.text}`, body(statement.body));
    case 'Import':
      return `${doc}${margin}import "${statement.path.value}"`;
    case 'Simulate':
      return doc + block(`simulate${statement.name === undefined ? '' : ` ${statement.name.text}`}`, inner(statement.settings.map(printSetting)));
    case 'Activation': {
      const { head, lines } = printActivation(statement);
      return doc + block(head, inner(lines));
    }
    case 'Neuron':
      return `${doc}${margin}${printNeuron(statement)}`;
    case 'Network':
      return doc + block(`network ${statement.name.text}`, inner(statement.items.map(printNetworkItem)));
    case 'Data': {
      const { head, lines } = printData(statement);
      return doc + block(head, inner(lines));
    }
    case 'Train':
      return doc + block(printTrain(statement), inner(statement.settings.map(printSetting)));
    case 'Noise':
      return doc + block(`noise ${statement.name.text}`, inner(statement.settings.map(printSetting)));
    case 'Sweep':
      return doc + block(`sweep ${statement.name.text}`, inner(printSweep(statement)));
    case 'Expect':
      return `${doc}${margin}expect ${printExpectation(statement.expectation)}${statement.experiment === undefined ? '' : ` in ${statement.experiment.text}`}`;
    case 'Bad':
      return '';
  }
}
