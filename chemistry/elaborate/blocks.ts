/** Blocks and parameters from declarations: shapes, initial values, caps. */
import { t } from '../../l10n/index.ts';
import type { Declaration, DeclarationItem, Expression } from '../../grammar/index.ts';
import { negativeInitial } from '../diagnostics/crn520-negative-initial.ts';
import { notFinite } from '../diagnostics/crn522-not-finite.ts';
import { notANumber } from '../diagnostics/crn323-not-a-number.ts';
import { tooLarge } from '../diagnostics/crn313-too-large.ts';
import { wrongValueShape } from '../diagnostics/crn319-wrong-value-shape.ts';
import { badExtent } from '../diagnostics/crn320-bad-extent.ts';
import { wrongDistribution } from '../diagnostics/crn324-wrong-distribution.ts';
import { missingValue } from '../diagnostics/crn326-missing-value.ts';
import { CONCENTRATION, variableUnit } from '../dimensions/term.ts';
import { DISTRIBUTIONS } from '../names/builtins.ts';
import type { BlockKind, InitialValue, Scalar, SpeciesBlock } from '../network.ts';
import { bindBlock, BROKEN } from './binding.ts';
import type { Binding, ParameterBinding, Value } from './binding.ts';
import { constrain, placeOf, report } from './context.ts';
import type { Context } from './context.ts';
import { isDamaged, isShapeDamaged, isValueDamaged } from './damaged.ts';
import { elaborate } from './expression.ts';
import { declaredValue, number } from './fold.ts';
import { constantInteger } from './indices.ts';
import { originOf } from './reaction.ts';
import { MOST_ELEMENTS } from './statements.ts';

const SCALAR: readonly number[] = [];

/** Extents of a declaration; undefined after a report. `extra` multiplies the size (rails, loops around a module). */
export function shapeOf(item: { readonly shape?: readonly Expression[] }, context: Context, extra = 1): readonly number[] | undefined {
  if (item.shape === undefined) return SCALAR;
  const shape: number[] = [];
  for (const text of item.shape) {
    const extent = constantInteger(text, context);
    if (extent === 'silent') return undefined;
    if (extent === 'not constant' || extent < 1) {
      report(context, badExtent(placeOf(context, text), context.unit.text.slice(text.start, text.end), extent === 'not constant' ? undefined : extent));
      return undefined;
    }
    shape.push(extent);
  }
  const size = shape.reduce((product, extent) => product * extent, extra);
  if (size > MOST_ELEMENTS) {
    const first = item.shape[0];
    const last = item.shape[item.shape.length - 1];
    if (first !== undefined && last !== undefined) report(context, tooLarge(placeOf(context, { start: first.start, end: last.end }), size, 'elements', MOST_ELEMENTS));
    return undefined;
  }
  return shape;
}

/** What a declaration gives: the value for the network and what is known of it here. */
interface Initial {
  readonly value: InitialValue;
  readonly least?: number;
  readonly most?: number;
  /** Of a scalar with a known value. */
  readonly known?: number;
  /** For the unit of what is declared. */
  readonly elaborated?: Value;
}

const ZERO_INITIAL: Initial = { value: { kind: 'expression', expression: number(0) }, least: 0, known: 0 };

/** Reads `= …` of a declaration; undefined after a report. */
function initialOf(text: Expression, shape: readonly number[], name: string, context: Context): Initial | undefined {
  if (text.kind === 'Call' && DISTRIBUTIONS.has(text.callee.text) && context.scope.lookup(text.callee.text) === undefined) return random(text, context);
  if (text.kind === 'Array') return listed(text, shape, name, context);
  const value = elaborate(text, 'value', context);
  if (value === undefined) return undefined;
  if (context.variables.length > 0 && hasCounter(value.scalar)) {
    report(context, notANumber(placeOf(context, text), t('something that depends on a loop variable')));
    return undefined;
  }
  const known = declaredValue(value.scalar, context.builder.bindings);
  if (known !== undefined && !Number.isFinite(known)) {
    report(context, notFinite(placeOf(context, text), t('The value of {0} is not a finite number', name), t('check for a division by zero or a number above 1.8e308')));
    return undefined;
  }
  return { value: { kind: 'expression', expression: value.scalar }, elaborated: value, ...(known === undefined ? {} : { known, least: known, most: known }) };
}

/** A module's constant may have been given as a loop variable; an initial value is one number for all of the block. */
function hasCounter(scalar: Scalar): boolean {
  switch (scalar.kind) {
    case 'counter':
      return true;
    case 'negate':
      return hasCounter(scalar.of);
    case 'binary':
      return hasCounter(scalar.left) || hasCounter(scalar.right);
    case 'call':
      return scalar.arguments.some(hasCounter);
    case 'parameter':
      return scalar.index.some((axis) => (axis.kind === 'affine' ? axis.terms.length > 0 : axis.variables.length > 0));
    case 'number':
    case 'species':
    case 'time':
      return false;
  }
}

type CallText = Extract<Expression, { kind: 'Call' }>;

function random(text: CallText, context: Context): Initial | undefined {
  const distribution = text.callee.text === 'uniform' ? 'uniform' : 'normal';
  const seedText = text.named.find((named) => named.name.text === 'seed')?.value;
  const strange = text.named.find((named) => named.name.text !== 'seed');
  if (text.arguments.length !== 2 || strange !== undefined) {
    if (!text.arguments.some((argument) => argument.kind === 'BadExpression')) report(context, wrongDistribution(placeOf(context, text), distribution, t('{0} given', text.arguments.length), strange?.name.text));
    return undefined;
  }
  const [aText, bText] = text.arguments;
  const a = aText === undefined ? undefined : elaborate(aText, 'value', context);
  const b = bText === undefined ? undefined : elaborate(bText, 'value', context);
  const seed = seedText === undefined ? 1 : constantInteger(seedText, context);
  if (a === undefined || b === undefined || seed === 'silent') return undefined;
  if (seed === 'not constant') {
    report(context, wrongDistribution(placeOf(context, seedText ?? text), distribution, t('the seed is not an integer')));
    return undefined;
  }
  const low = declaredValue(a.scalar, context.builder.bindings);
  const high = declaredValue(b.scalar, context.builder.bindings);
  for (const [known, place] of [[low, aText], [high, bText]] as const) {
    if (known === undefined || Number.isFinite(known) || place === undefined) continue;
    report(context, notFinite(placeOf(context, place), t('This is not a finite number'), t('give {0} two finite numbers', distribution)));
    return undefined;
  }
  if (low !== undefined && high !== undefined && distribution === 'uniform' && low > high) {
    report(context, wrongDistribution(placeOf(context, text), distribution, t('{0} is above {1}', low, high)));
    return undefined;
  }
  if (distribution === 'normal' && high !== undefined && high < 0) {
    report(context, wrongDistribution(placeOf(context, bText ?? text), distribution, t('a standard deviation cannot be negative')));
    return undefined;
  }
  const least = distribution === 'uniform' ? low : high === 0 ? low : -Infinity;
  const most = distribution === 'uniform' ? high : high === 0 ? low : Infinity;
  return { value: { kind: 'random', distribution, a: a.scalar, b: b.scalar, seed }, ...(least === undefined ? {} : { least }), ...(most === undefined ? {} : { most }) };
}

/** A list of numbers, flat or nested as the shape is. */
function listed(text: Extract<Expression, { kind: 'Array' }>, shape: readonly number[], name: string, context: Context): Initial | undefined {
  const size = shape.reduce((product, extent) => product * extent, 1);
  const values: number[] = [];
  let fine = true;
  const read = (element: Expression, axis: number): void => {
    if (element.kind === 'Array') {
      const nested = axis > 0 || element.elements.some((inner) => inner.kind === 'Array');
      if (nested && element.elements.length !== shape[axis] && fine) {
        report(context, wrongValueShape(placeOf(context, element), name, element.elements.length, shape[axis], shape));
        fine = false;
      }
      for (const inner of element.elements) if (fine) read(inner, axis + 1);
      return;
    }
    const value = elaborate(element, 'value', context);
    const known = value === undefined ? undefined : declaredValue(value.scalar, context.builder.bindings);
    if (value === undefined) fine = false;
    else if (known === undefined || !Number.isFinite(known)) {
      report(context, notFinite(placeOf(context, element), t('Each element of a list has to be a known, finite number'), t('write numbers or parameters that have a value')));
      fine = false;
    } else values.push(known);
  };
  read(text, 0);
  if (!fine) return undefined;
  if (shape.length === 0 || values.length !== size) {
    report(context, wrongValueShape(placeOf(context, text), name, values.length, shape.length === 0 ? undefined : size, shape));
    return undefined;
  }
  let least = Infinity;
  let most = -Infinity;
  for (const value of values) {
    least = Math.min(least, value);
    most = Math.max(most, value);
  }
  return { value: { kind: 'values', values: Float64Array.from(values) }, least, most };
}

/** Room for so many more elements, or a report. */
function room(size: number, item: DeclarationItem, context: Context): boolean {
  if (context.builder.elements + size <= MOST_ELEMENTS) {
    context.builder.elements += size;
    return true;
  }
  report(context, tooLarge(placeOf(context, item.name), context.builder.elements + size, 'elements in all', MOST_ELEMENTS));
  return false;
}

/**
 * Makes a block. `around`: extents of the loops around the module that declares it (each combination has its own).
 * The binding of a broken declaration is BROKEN.
 */
export function declareBlock(declaration: Declaration, item: DeclarationItem, context: Context, around: readonly number[] = SCALAR): Binding {
  if (isShapeDamaged(item, declaration, context.unit)) return BROKEN;
  const kind = declaration.declares as BlockKind;
  const outer = around.reduce((product, extent) => product * extent, kind === 'dual' ? 2 : 1);
  const own = shapeOf(item, context, outer);
  if (own === undefined) return BROKEN;
  const shape = around.length === 0 ? own : [...around, ...own];
  const axes = kind === 'dual' ? [2, ...shape] : shape;
  const size = axes.reduce((product, extent) => product * extent, 1);
  if (!room(size, item, context)) return BROKEN;
  let initial: Initial | undefined = item.value === undefined ? ZERO_INITIAL : initialOf(item.value, own, item.name.text, context);
  let fine = initial !== undefined;
  if (initial !== undefined && item.value !== undefined) {
    if (kind !== 'dual' && initial.least !== undefined && initial.least < 0) {
      report(context, negativeInitial(placeOf(context, item.value), placeOf(context, declaration.keyword), item.name.text, kind, initial.least, declaration.items.length === 1));
      fine = false;
    }
    const unit = initial.elaborated?.unit;
    if (unit !== undefined && unit !== 'any') {
      constrain(context, {
        found: unit.factors, needed: CONCENTRATION.factors, strength: unit.literal ? 'soft' : unit.parameter ? 'firm' : 'declared',
        place: placeOf(context, item.value), about: { kind: 'value', of: item.name.text },
      });
    }
  }
  if (initial === undefined || !fine) initial = ZERO_INITIAL;
  const repeated = around.length > 0 && initial.value.kind === 'values' ? repeat(initial.value.values, around) : initial.value;
  const doc = item.doc ?? declaration.doc;
  const block: SpeciesBlock = {
    id: context.builder.blocks.length, name: context.prefix + item.name.text, kind, shape, axes, size, offset: context.builder.dimension,
    initial: repeated, origin: originOf(context, item), ...(doc === undefined ? {} : { doc }),
  };
  context.builder.blocks.push(block);
  context.builder.dimension += size;
  const binding = bindBlock(block);
  return context.builder.intern?.(binding, context) ?? binding;
}

function repeat(values: Float64Array, around: readonly number[]): InitialValue {
  const times = around.reduce((product, extent) => product * extent, 1);
  const result = new Float64Array(values.length * times);
  for (let i = 0; i < times; i++) result.set(values, i * values.length);
  return { kind: 'values', values: result };
}

/** Makes a parameter; its value may use parameters made before. */
export function declareParameter(declaration: Declaration, item: DeclarationItem, context: Context): Binding {
  if (isShapeDamaged(item, declaration, context.unit) || isValueDamaged(item, context.unit)) return BROKEN;
  const shape = shapeOf(item, context);
  if (shape === undefined) return BROKEN;
  const size = shape.reduce((product, extent) => product * extent, 1);
  if (shape.length > 0 && !room(size, item, context)) return BROKEN;
  if (item.value === undefined) {
    // Of a line that could not be read the value may just not have been found.
    if (!isDamaged(declaration, context.unit)) report(context, missingValue(placeOf(context, item.name), placeOf(context, item), item.name.text));
    return BROKEN;
  }
  const initial = initialOf(item.value, shape, item.name.text, context);
  if (initial === undefined) return BROKEN;
  const id = context.builder.parameters.length;
  const name = context.prefix + item.name.text;
  const fresh = makeParameter(id, name, shape, initial, item.value);
  const old = context.builder.intern?.(fresh, context);
  const binding = old?.kind === 'parameter' ? old : fresh;
  const doc = item.doc ?? declaration.doc;
  context.builder.parameters.push({ id, name, shape, value: initial.value, origin: originOf(context, item), ...(doc === undefined ? {} : { doc }) });
  context.builder.bindings.push(binding);
  const unit = initial.elaborated?.unit;
  if (unit !== undefined && unit !== 'any') {
    constrain(context, {
      found: unit.factors, needed: variableUnit(binding).factors, strength: unit.literal || !unit.parameter ? 'soft' : 'declared',
      place: placeOf(context, item.value), about: { kind: 'value', of: item.name.text },
    });
  }
  return binding;
}

export function makeParameter(id: number, name: string, shape: readonly number[], initial: Initial, text: Expression): ParameterBinding {
  const literal = text.kind === 'Number' && Number.isSafeInteger(text.value) ? text.value : undefined;
  const binding: { -readonly [K in keyof ParameterBinding]: ParameterBinding[K] } = {
    kind: 'parameter', id, name, prefix: [], shape, variable: { name },
    ...(shape.length === 0 && initial.known !== undefined ? { value: initial.known } : {}),
    ...(initial.least === undefined ? {} : { least: initial.least }),
    ...(initial.most === undefined ? {} : { most: initial.most }),
    ...(shape.length === 0 && literal !== undefined ? { integer: literal } : {}),
  };
  binding.variable = binding;
  if (shape.length === 0) binding.ready = { scalar: { kind: 'parameter', parameter: id, index: [] }, unit: variableUnit(binding) };
  return binding;
}
