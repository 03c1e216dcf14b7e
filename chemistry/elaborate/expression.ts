/** Expressions of the text as `Scalar`s, with their units: sums ask for like units, functions for plain numbers. */
import { t } from '../../l10n/index.ts';
import type { Binary, Call, Expression, Reference, Span } from '../../grammar/index.ts';
import { unknownFunction } from '../diagnostics/crn216-unknown-function.ts';
import { speciesInConstant } from '../diagnostics/crn304-species-in-constant.ts';
import { notANumber } from '../diagnostics/crn323-not-a-number.ts';
import { wrongArgumentCount } from '../diagnostics/crn322-function-arguments.ts';
import { tooDeep } from '../diagnostics/crn325-too-deep.ts';
import { railOnSpecies } from '../diagnostics/crn302-rail-on-species.ts';
import { fromNumber, rational } from '../dimensions/rational.ts';
import { CONCENTRATION, DIMENSIONLESS, LITERAL, power, product, TIME, variableUnit } from '../dimensions/term.ts';
import type { Unit, UnitTerm } from '../dimensions/term.ts';
import { CONSTANTS, DISTRIBUTIONS, FUNCTIONS } from '../names/builtins.ts';
import type { FunctionSpec } from '../names/builtins.ts';
import type { Scalar } from '../network.ts';
import { bindingWords } from './binding.ts';
import type { BlockBinding, Value } from './binding.ts';
import { constrain, placeOf, remember, report } from './context.ts';
import type { Context } from './context.ts';
import { binary, call, declaredValue, negated, number } from './fold.ts';
import { railAxis, railIndex, signProduct } from './indices.ts';
import { fullIndex, openAxes, parameterIndex } from './operand.ts';

/**
 * What may stand in an expression. `constant`: a mass-action constant (parameters, time); `law`: species too; `value`:
 * parameters only; `read`: anything, as in `expect`.
 */
export type Mode = 'constant' | 'law' | 'value' | 'read';

const DEEPEST = 300;

/** undefined: reported here, or the reason was reported elsewhere. */
export function elaborate(expression: Expression, mode: Mode, context: Context, depth = 0): Value | undefined {
  if (depth > DEEPEST) {
    report(context, tooDeep(placeOf(context, expression)));
    return undefined;
  }
  switch (expression.kind) {
    case 'Number':
      return { scalar: mark(number(expression.value), expression, mode), unit: 'any' };
    case 'Parenthesised':
      return elaborate(expression.inner, mode, context, depth + 1);
    case 'Reference':
      return reference(expression, mode, context);
    case 'Unary': {
      const operand = elaborate(expression.operand, mode, context, depth + 1);
      if (operand === undefined || expression.operator === '+') return operand;
      return { scalar: mark(negated(operand.scalar), expression, mode), unit: operand.unit };
    }
    case 'Binary':
      return binaryChain(expression, mode, context, depth);
    case 'Call':
      return callOf(expression, mode, context, depth);
    case 'String':
    case 'Array':
    case 'Range':
      report(context, notANumber(placeOf(context, expression), expression.kind === 'String' ? t('text in quotes') : expression.kind === 'Array' ? t('a list') : t('a range')));
      return undefined;
    case 'BadExpression':
      return undefined;
  }
}

/** Only laws and ODEs are asked about parts of their text. */
function mark(scalar: Scalar, span: Span, mode: Mode): Scalar {
  return mode === 'law' || mode === 'read' ? remember(scalar, span) : scalar;
}

/** Chains of operators lean to the left: that side is walked in a loop. */
function binaryChain(expression: Binary, mode: Mode, context: Context, depth: number): Value | undefined {
  const spine: Binary[] = [];
  let node: Expression = expression;
  while (node.kind === 'Binary') {
    const rail = node.operator === '^' ? railPower(node, context) : undefined;
    if (rail !== undefined) break;
    spine.push(node);
    node = node.left;
  }
  let value = node.kind === 'Binary' ? railReference(node, mode, context) : elaborate(node, mode, context, depth + 1);
  let left: Span = node;
  for (let i = spine.length - 1; i >= 0; i--) {
    const step = spine[i];
    if (step === undefined) continue;
    const right = elaborate(step.right, mode, context, depth + 1);
    value = value === undefined || right === undefined ? undefined : operate(step, value, left, right, mode, context);
    left = step;
  }
  return value;
}

function operate(node: Binary, left: Value, leftSpan: Span, right: Value, mode: Mode, context: Context): Value {
  const scalar = mark(binary(node.operator, left.scalar, right.scalar), node, mode);
  switch (node.operator) {
    case '+':
    case '-':
      return { scalar, unit: alike(left.unit, leftSpan, right.unit, node.right, context, 'sum') };
    case '*':
      return { scalar, unit: scalar.kind === 'number' ? 'any' : product(left.unit, right.unit) };
    case '/':
      return { scalar, unit: scalar.kind === 'number' ? 'any' : product(left.unit, right.unit, -1) };
    case '^':
      return { scalar, unit: powerUnit(left, right, node, context) };
  }
}

/** The unit of a sum (or choice); asks for both to be the same. */
function alike(left: Unit, leftSpan: Span, right: Unit, rightSpan: Span, context: Context, what: 'sum' | 'choice'): Unit {
  if (left === 'any') return right;
  if (right === 'any') return left;
  const strength = left.literal || right.literal ? 'soft' : left.parameter || right.parameter ? 'firm' : 'declared';
  if (left.factors !== right.factors) {
    constrain(context, {
      found: right.factors, needed: left.factors, strength, place: placeOf(context, rightSpan),
      about: { kind: 'sum', other: placeOf(context, leftSpan), what },
    });
  }
  if (left.literal !== right.literal) return left.literal ? right : left;
  return left.parameter || !right.parameter ? left : right;
}

/** Asks for both sides of a comparison to be of one unit. */
export function compareUnits(left: Value, leftSpan: Span, right: Value, rightSpan: Span, context: Context): void {
  alike(left.unit, leftSpan, right.unit, rightSpan, context, 'choice');
}

function plain(value: Value, span: Span, of: string, context: Context): void {
  if (value.unit === 'any') return;
  const { literal, parameter, factors } = value.unit;
  constrain(context, {
    found: factors, needed: DIMENSIONLESS.factors, strength: literal ? 'soft' : parameter ? 'firm' : 'declared',
    place: placeOf(context, span), about: { kind: 'argument', of },
  });
}

/** U^n for a known n; the exponent itself has to be a plain number. */
function powerUnit(base: Value, exponent: Value, node: Binary, context: Context): Unit {
  plain(exponent, node.right, t('an exponent'), context);
  if (base.unit === 'any') return 'any';
  const value = declaredValue(exponent.scalar, context.builder.bindings);
  const exact = value === undefined ? undefined : fromNumber(value);
  return exact === undefined ? 'any' : power(base.unit, exact);
}

/** `W^s` in an expression: the parser cannot tell a rail from a power, the kinds of the names can. */
function railPower(node: Binary, context: Context): BlockBinding | undefined {
  if (node.left.kind !== 'Reference' || node.left.rail !== undefined) return undefined;
  const binding = context.scope.lookup(node.left.name.text);
  if (binding?.kind !== 'block') return undefined;
  return signProduct(node.right, context.scope) === undefined ? undefined : binding;
}

function railReference(node: Binary, mode: Mode, context: Context): Value | undefined {
  const base = node.left;
  if (base.kind !== 'Reference') return undefined;
  const binding = context.scope.lookup(base.name.text);
  const signs = signProduct(node.right, context.scope);
  if (binding?.kind !== 'block' || signs === undefined) return undefined;
  if (!binding.dual) {
    report(context, railOnSpecies(placeOf(context, { start: base.end, end: node.end }), base.name.text, binding.fixed ? 'fixed' : 'species'));
    return undefined;
  }
  if (!speciesAllowed(base, mode, context)) return undefined;
  const axes = openAxes(base, binding.shape, context);
  if (axes === undefined) return undefined;
  const index = fullIndex(binding, railAxis(signs.parity, signs.variables, binding.flip), axes);
  return { scalar: mark({ kind: 'species', operand: { block: binding.block.id, index } }, node, mode), unit: CONCENTRATION };
}

function speciesAllowed(node: Reference, mode: Mode, context: Context): boolean {
  if (mode === 'law' || mode === 'read') return true;
  report(context, speciesInConstant(placeOf(context, node), node.name.text, mode));
  return false;
}

function reference(node: Reference, mode: Mode, context: Context): Value | undefined {
  const name = node.name.text;
  const binding = context.scope.lookup(name);
  if (binding === undefined) return builtin(node, mode, context);
  switch (binding.kind) {
    case 'broken':
      return undefined;
    case 'parameter': {
      if (binding.ready !== undefined && node.rail === undefined && node.indices === undefined) {
        return mode === 'law' || mode === 'read' ? { scalar: remember({ ...binding.ready.scalar }, node), unit: binding.ready.unit } : binding.ready;
      }
      const index = parameterIndex(node, binding, context);
      if (index === undefined) return undefined;
      return { scalar: mark({ kind: 'parameter', parameter: binding.id, index }, node, mode), unit: variableUnit(binding.variable) };
    }
    case 'value':
      if (node.rail !== undefined || node.indices !== undefined) {
        report(context, notANumber(placeOf(context, node), t('an element of a single number')));
        return undefined;
      }
      return binding.value;
    case 'index':
    case 'sign':
      if (node.rail !== undefined || node.indices !== undefined) {
        report(context, notANumber(placeOf(context, node), t('an element of {0}', bindingWords(binding))));
        return undefined;
      }
      return { scalar: mark({ kind: 'counter', variable: binding.variable }, node, mode), unit: LITERAL };
    case 'block':
      return speciesAllowed(node, mode, context) ? species(node, binding, mode, context) : undefined;
  }
}

/** A species, one rail of a dual, or a dual's value W⁺ − W⁻. */
function species(node: Reference, binding: BlockBinding, mode: Mode, context: Context): Value | undefined {
  if (binding.operand !== undefined && node.rail === undefined && node.indices === undefined) {
    return { scalar: mark({ kind: 'species', operand: binding.operand }, node, mode), unit: CONCENTRATION };
  }
  const axes = openAxes(node, binding.shape, context);
  if (axes === undefined) return undefined;
  const element = (rail: Parameters<typeof fullIndex>[1]): Scalar => ({ kind: 'species', operand: { block: binding.block.id, index: fullIndex(binding, rail, axes) } });
  if (node.rail !== undefined) {
    if (!binding.dual) {
      report(context, railOnSpecies(placeOf(context, node.rail), node.name.text, binding.fixed ? 'fixed' : 'species'));
      return undefined;
    }
    const rail = railIndex(node.rail, node.name.text, binding.flip, context);
    return rail === undefined ? undefined : { scalar: mark(element(rail), node, mode), unit: CONCENTRATION };
  }
  if (!binding.dual) return { scalar: mark(element(undefined), node, mode), unit: CONCENTRATION };
  const plus = mark(element(railAxis(0, [], binding.flip)), node, mode);
  const minus = mark(element(railAxis(1, [], binding.flip)), node, mode);
  return { scalar: mark(binary('-', plus, minus), node, mode), unit: CONCENTRATION };
}

/** `time` and `pi`, unless the text declares the name. Other unknown names are reported where names are looked up. */
function builtin(node: Reference, mode: Mode, context: Context): Value | undefined {
  const constant = CONSTANTS.get(node.name.text);
  if (constant === undefined) return undefined;
  if (node.indices !== undefined || node.rail !== undefined) {
    report(context, notANumber(placeOf(context, node), t('an element of {0}', node.name.text)));
    return undefined;
  }
  if (constant.value !== undefined) return { scalar: mark(number(constant.value), node, mode), unit: LITERAL };
  if (mode === 'value') {
    report(context, speciesInConstant(placeOf(context, node), node.name.text, mode));
    return undefined;
  }
  return { scalar: mark({ kind: 'time' }, node, mode), unit: TIME };
}

function callOf(node: Call, mode: Mode, context: Context, depth: number): Value | undefined {
  const name = node.callee.text;
  const spec = FUNCTIONS.get(name);
  if (spec === undefined) {
    if (DISTRIBUTIONS.has(name)) report(context, notANumber(placeOf(context, node), t('{0}(…), which only a declaration can take as its value,', name)));
    else report(context, unknownFunction(placeOf(context, node.callee), name, context.scope.lookup(name) !== undefined));
    return undefined;
  }
  const given = node.arguments.length;
  if (given < spec.least || given > spec.most || node.named.length > 0) {
    if (node.arguments.some((argument) => argument.kind === 'BadExpression')) return undefined;
    report(context, wrongArgumentCount(placeOf(context, node), spec, given, node.named[0]?.name.text));
    return undefined;
  }
  const values = node.arguments.map((argument) => elaborate(argument, mode, context, depth + 1));
  if (!values.every((value) => value !== undefined)) return undefined;
  const scalar = mark(call(spec.name, values.map((value) => value.scalar)), node, mode);
  return { scalar, unit: callUnit(spec, node, values, context) };
}

function callUnit(spec: FunctionSpec, node: Call, values: readonly Value[], context: Context): Unit {
  const span = (i: number): Span => node.arguments[i] ?? node;
  const allAlike = (from: number): Unit => {
    let unit: Unit = values[from]?.unit ?? 'any';
    for (let i = from + 1; i < values.length; i++) unit = alike(unit, span(from), values[i]?.unit ?? 'any', span(i), context, 'choice');
    return unit;
  };
  switch (spec.units) {
    case 'plain':
      values.forEach((value, i) => plain(value, span(i), t('the argument of {0}', spec.name), context));
      return values.every((value) => value.unit === 'any') ? 'any' : DIMENSIONLESS;
    case 'same':
      return allAlike(0);
    case 'root':
      return power(values[0]?.unit ?? 'any', rational(1, 2));
    case 'compare':
      allAlike(0);
      return DIMENSIONLESS;
    case 'choose':
      return allAlike(1);
  }
}

/**
 * A rate law or the right-hand side of an ODE: each summand has to have `needed`. Summands of species alone have a
 * coefficient 1 of the right unit understood, and numbers take whatever unit they need.
 */
export function elaborateLaw(expression: Expression, needed: UnitTerm, context: Context, depth = 0): Scalar | undefined {
  if (depth > DEEPEST) {
    report(context, tooDeep(placeOf(context, expression)));
    return undefined;
  }
  if (expression.kind === 'Parenthesised') return elaborateLaw(expression.inner, needed, context, depth + 1);
  if (expression.kind === 'Unary') {
    const inner = elaborateLaw(expression.operand, needed, context, depth + 1);
    if (inner === undefined) return undefined;
    return expression.operator === '-' ? remember(negated(inner), expression) : inner;
  }
  const spine: Binary[] = [];
  let node: Expression = expression;
  while (node.kind === 'Binary' && (node.operator === '+' || node.operator === '-')) {
    spine.push(node);
    node = node.left;
  }
  if (spine.length === 0) {
    const value = elaborate(node, 'law', context, depth + 1);
    if (value === undefined) return undefined;
    if (value.unit !== 'any' && (value.unit.literal || value.unit.parameter)) {
      constrain(context, {
        found: value.unit.factors, needed: needed.factors, strength: value.unit.literal ? 'soft' : 'firm',
        place: placeOf(context, node), about: { kind: 'law' },
      });
    }
    return value.scalar;
  }
  let sum = elaborateLaw(node, needed, context, depth + 1);
  for (let i = spine.length - 1; i >= 0; i--) {
    const step = spine[i];
    if (step === undefined || (step.operator !== '+' && step.operator !== '-')) continue;
    const right = elaborateLaw(step.right, needed, context, depth + 1);
    sum = sum === undefined || right === undefined ? undefined : remember(binary(step.operator, sum, right), step);
  }
  return sum;
}

