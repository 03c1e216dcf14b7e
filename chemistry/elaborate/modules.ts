/**
 * Modules: checked once on their own with stand-ins for their arguments, then instantiated for every `use`. Inside a loop, the
 * loop's variables go before those of the body, and the module's own species get an axis for each of them.
 */
import { t } from '../../l10n/index.ts';
import { append, type Declaration, type DeclarationItem, type Expression, type ModuleDeclaration, type ModuleParameter, type Name, type Reference, type Statement, type Unit, type UseStatement } from '../../grammar/index.ts';
import { moduleArity } from '../diagnostics/crn314-module-arity.ts';
import { moduleArgument } from '../diagnostics/crn315-module-argument.ts';
import { unknownModuleConstant } from '../diagnostics/crn316-unknown-module-constant.ts';
import { missingModuleConstant } from '../diagnostics/crn327-missing-module-constant.ts';
import { failsHere } from '../diagnostics/crn328-module-fails-here.ts';
import type { AxisIndex, SpeciesBlock } from '../network.ts';
import { variableUnit } from '../dimensions/term.ts';
import { bindBlock, bindingWords, BROKEN, LocalScope } from './binding.ts';
import type { Binding, BlockBinding, Scope, ValueBinding } from './binding.ts';
import { declareBlock, declareParameter, makeParameter, shapeOf } from './blocks.ts';
import { createSink, placeOf, report } from './context.ts';
import type { Context } from './context.ts';
import { isHeadDamaged } from './damaged.ts';
import { elaborate } from './expression.ts';
import { axisIndex, constantInteger, railAxis, railIndex, signProduct } from './indices.ts';
import { elaborateStatement } from './statements.ts';

/** A declared module. `broken`: checked on its own, it has errors; uses of it are not reported again. */
export interface ModuleInfo {
  readonly name: string;
  readonly module: ModuleDeclaration;
  readonly unit: Unit;
  readonly file: string | undefined;
  readonly scope: Scope;
  readonly modules: ModuleTable;
  broken: boolean;
  /** It uses itself, directly or through others. */
  recursive: boolean;
}

export interface ModuleTable {
  module(name: string): ModuleInfo | undefined;
  /** Name for the own species of an unlabelled use: `multiply1`, `multiply2`, … */
  nextLabel(module: string): string;
}

const NO_INDEX: readonly AxisIndex[] = [];

/** Extents of the loops around, which a module's own species get as axes. */
function loopExtents(context: Context): number[] {
  return context.variables.map((variable) => variable.extent);
}
function loopAxes(context: Context): AxisIndex[] {
  return context.variables.map((_, variable) => ({ kind: 'affine', constant: 0, terms: [{ variable, coefficient: 1 }] }));
}

export function elaborateUse(statement: UseStatement, context: Context): void {
  const info = context.modules.module(statement.module.text);
  if (info === undefined || info.broken || info.recursive || context.stack.includes(info.name)) return;
  const { module } = info;
  const label = context.prefix + (statement.label?.text ?? (context.formal === undefined ? context.modules.nextLabel(info.name) : info.name));
  if (module.parameters.length !== statement.arguments.length) {
    report(context, moduleArity(placeOf(context, statement.module), info, statement.arguments.length));
    return;
  }
  const sink = createSink();
  const scope = new LocalScope(info.scope);
  const inside: Context = {
    ...context, scope, prefix: `${label}.`, unit: info.unit, file: info.file, sink, modules: info.modules, stack: [...context.stack, info.name],
  };
  let fine = bindConstants(statement, info, scope, inside, context);
  module.parameters.forEach((parameter, i) => {
    const argument = statement.arguments[i];
    const binding = argument === undefined ? undefined : bindArgument(argument, parameter, info, scope, inside, context);
    if (binding === undefined) fine = false;
    else scope.set(parameter.name.text, binding);
  });
  if (!fine) return;
  declareOwn(module.body, inside, scope, context);
  for (const item of module.body) elaborateStatement(item, inside);
  const from = context.sink.families.length;
  const problem = sink.diagnostics.find((diagnostic) => diagnostic.severity === 'error');
  if (problem !== undefined) {
    report(context, failsHere(placeOf(context, statement.module), info.name, problem));
    return;
  }
  append(context.sink.families, sink.families);
  append(context.sink.constraints, sink.constraints);
  append(context.sink.orders, sink.orders);
  for (const binding of sink.structural) context.sink.structural.add(binding);
  context.sink.uses.push({ unit: context.unit, span: statement, from, to: context.sink.families.length });
}

/** Constants: what the use gives, else the module's default. */
function bindConstants(statement: UseStatement, info: ModuleInfo, scope: LocalScope, inside: Context, context: Context): boolean {
  const { module } = info;
  let fine = true;
  for (const given of statement.constants) {
    const constant = module.constants.find((other) => other.name.text === given.name.text);
    if (constant === undefined) {
      report(context, unknownModuleConstant(placeOf(context, given.name), given.name.text, info));
      fine = false;
      continue;
    }
    const binding = bindValue(given.value, context);
    if (binding === undefined) fine = false;
    else scope.set(given.name.text, binding);
  }
  for (const constant of module.constants) {
    if (statement.constants.some((given) => given.name.text === constant.name.text)) continue;
    if (constant.value === undefined) {
      report(context, missingModuleConstant(placeOf(context, statement.module), constant.name.text, info));
      fine = false;
      continue;
    }
    const binding = bindValue(constant.value, inside);
    if (binding === undefined) fine = false;
    else scope.set(constant.name.text, binding);
  }
  return fine;
}

function bindValue(text: Expression, context: Context): ValueBinding | undefined {
  const value = elaborate(text, 'constant', context);
  if (value === undefined) return undefined;
  const integer = constantInteger(text, context);
  return { kind: 'value', value, ...(typeof integer === 'number' ? { integer } : {}) };
}

/** What a parameter stands for in this use. Extents that are names get the argument's extents. */
function bindArgument(argument: Expression, parameter: ModuleParameter, info: ModuleInfo, scope: LocalScope, inside: Context, context: Context): Binding | undefined {
  const wanted = parameter.type?.text ?? 'species';
  if (wanted === 'param') return bindParameterArgument(argument, parameter, scope, inside, context);
  const block = blockArgument(argument, context);
  if (block === undefined) return undefined;
  const refuse = (found: string): undefined => {
    report(context, moduleArgument(placeOf(context, argument), parameter.name.text, wanted, found, info, parameter));
    return undefined;
  };
  if (typeof block === 'string') return refuse(block);
  if (wanted === 'dual' && !block.dual) return refuse(bindingWords(block));
  if (wanted !== 'dual' && block.dual) return refuse(t('a dual, which has two rails'));
  if (wanted === 'fixed' && !block.fixed) return refuse(t('a species that reactions change'));
  if (matchShape(block.shape, parameter, scope, inside)) return block;
  return context.formal?.openShapes === true ? undefined : refuse(shapeWords(block.shape));
}

function shapeWords(shape: readonly number[]): string {
  return shape.length === 0 ? t('a single one') : t('an array [{0}]', shape.join(', '));
}

/** Compares extents; a name that is nothing else yet becomes the extent found. */
function matchShape(found: readonly number[], parameter: ModuleParameter, scope: LocalScope, inside: Context): boolean {
  const wanted = parameter.shape ?? [];
  if (wanted.length !== found.length) return false;
  return wanted.every((text, axis) => {
    const extent = found[axis] ?? 0;
    if (isShapeVariable(text, scope)) {
      scope.set(text.name.text, { kind: 'value', value: { scalar: { kind: 'number', value: extent }, unit: 'any' }, integer: extent });
      return true;
    }
    return constantInteger(text, inside) === extent;
  });
}

function isShapeVariable(text: Expression, scope: LocalScope): text is Reference {
  return text.kind === 'Reference' && text.indices === undefined && text.rail === undefined && !scope.owns(text.name.text);
}

/** The block, part of a block, rail or negated dual that an argument names; words for what it is instead; undefined after a report. */
function blockArgument(argument: Expression, context: Context): BlockBinding | string | undefined {
  if (argument.kind === 'Parenthesised') return blockArgument(argument.inner, context);
  if (argument.kind === 'BadExpression') return undefined;
  if (argument.kind === 'Unary' && argument.operator === '-') {
    const inner = blockArgument(argument.operand, context);
    if (inner === undefined || typeof inner === 'string') return inner;
    return inner.dual ? { ...inner, flip: inner.flip === 0 ? 1 : 0 } : t('a species with a minus sign');
  }
  const power = argument.kind === 'Binary' && argument.operator === '^' && argument.left.kind === 'Reference' ? argument : undefined;
  const reference = power === undefined ? argument : power.left;
  if (reference.kind !== 'Reference') return t('an expression');
  const binding = context.scope.lookup(reference.name.text);
  if (binding === undefined || binding.kind === 'broken') return undefined;
  if (binding.kind !== 'block') return bindingWords(binding);
  const given = reference.indices ?? [];
  if (given.length > binding.shape.length) return t('{0} with {1} indices, which has {2}', reference.name.text, given.length, binding.shape.length);
  const axes: AxisIndex[] = [];
  for (const [axis, text] of given.entries()) {
    const index = axisIndex(text, binding.shape[axis] ?? 0, axis, reference, context);
    if (index === undefined) return undefined;
    axes.push(index);
  }
  let rail = binding.rail;
  if (reference.rail !== undefined || power !== undefined) {
    if (!binding.dual) return t('{0} with a rail, which it has not', reference.name.text);
    if (reference.rail !== undefined) rail = railIndex(reference.rail, reference.name.text, binding.flip, context);
    else {
      const signs = power === undefined ? undefined : signProduct(power.right, context.scope);
      if (signs === undefined) return t('a power');
      rail = railAxis(signs.parity, signs.variables, binding.flip);
    }
    if (rail === undefined) return undefined;
  }
  const whole = axes.length === 0 && rail === binding.rail;
  if (whole) return binding;
  return narrowed(binding, rail, axes);
}

function narrowed(binding: BlockBinding, rail: AxisIndex | undefined, axes: readonly AxisIndex[]): BlockBinding {
  const prefix = [...binding.prefix, ...axes];
  const shape = binding.shape.slice(axes.length);
  const dual = binding.dual && rail === undefined;
  const { kind, block, flip, fixed } = binding;
  const ready = shape.length === 0 && !dual ? { operand: { block: block.id, index: rail === undefined ? prefix : [rail, ...prefix] } } : {};
  return { kind, block, flip, fixed, prefix, shape, dual, ...(rail === undefined ? {} : { rail }), ...ready };
}

function bindParameterArgument(argument: Expression, parameter: ModuleParameter, scope: LocalScope, inside: Context, context: Context): Binding | undefined {
  if ((parameter.shape?.length ?? 0) === 0) return bindValue(argument, context);
  const binding = argument.kind === 'Reference' ? context.scope.lookup(argument.name.text) : undefined;
  if (binding?.kind === 'broken') return undefined;
  const given = argument.kind === 'Reference' ? (argument.indices ?? []) : [];
  if (binding?.kind !== 'parameter' || argument.kind !== 'Reference' || given.length > binding.shape.length) {
    if (argument.kind !== 'Reference' || binding !== undefined) report(context, moduleArgument(placeOf(context, argument), parameter.name.text, 'param', binding === undefined ? t('an expression') : bindingWords(binding), undefined, parameter));
    return undefined;
  }
  const axes: AxisIndex[] = [];
  for (const [axis, text] of given.entries()) {
    const index = axisIndex(text, binding.shape[axis] ?? 0, axis, argument, context);
    if (index === undefined) return undefined;
    axes.push(index);
  }
  const shape = binding.shape.slice(axes.length);
  if (!matchShape(shape, parameter, scope, inside)) {
    if (context.formal?.openShapes === true) return undefined;
    report(context, moduleArgument(placeOf(context, argument), parameter.name.text, 'param', shapeWords(shape), undefined, parameter));
    return undefined;
  }
  if (axes.length === 0) return binding;
  const { kind, id, name, variable } = binding;
  return { kind, id, name, variable, prefix: [...binding.prefix, ...axes], shape, ...(binding.least === undefined ? {} : { least: binding.least }) };
}

/** The module's own species and parameters, in groups too. Parameters are shared by the loops around; species are not. */
function declareOwn(body: readonly Statement[], inside: Context, scope: LocalScope, outside: Context | undefined): void {
  const items: { declaration: Declaration; item: DeclarationItem }[] = [];
  const collect = (list: readonly Statement[]): void => {
    for (const statement of list) {
      if (statement.kind === 'Group') collect(statement.body);
      if (statement.kind === 'Declaration') for (const item of statement.items) items.push({ declaration: statement, item });
    }
  };
  collect(body);
  declareParameters(items.filter(({ declaration }) => declaration.declares === 'param'), inside, scope);
  for (const { declaration, item } of items) {
    if (declaration.declares === 'param') continue;
    const around = outside === undefined ? [] : loopExtents(outside);
    const binding = declareBlock(declaration, item, inside, around);
    if (binding.kind !== 'block' || outside === undefined || around.length === 0) scope.set(item.name.text, binding);
    else scope.set(item.name.text, narrowed({ ...binding, shape: binding.shape }, undefined, loopAxes(outside)));
  }
}

/** In the order of their dependence; a circle breaks all in it (each module's is reported when it is checked on its own). */
function declareParameters(items: readonly { declaration: Declaration; item: DeclarationItem }[], inside: Context, scope: LocalScope): void {
  const waiting = new Map(items.map((entry) => [entry.item.name.text, entry]));
  const visit = (name: string): void => {
    const entry = waiting.get(name);
    if (entry === undefined) return;
    waiting.delete(name);
    for (const used of namesIn(entry.item.value)) visit(used.text);
    scope.set(name, declareParameter(entry.declaration, entry.item, inside));
  };
  for (const { item } of items) visit(item.name.text);
}

/** Names that an expression refers to. */
export function namesIn(expression: Expression | undefined, found: Name[] = []): Name[] {
  let node = expression;
  while (node?.kind === 'Binary') {
    namesIn(node.right, found);
    node = node.left;
  }
  switch (node?.kind) {
    case 'Reference':
      found.push(node.name);
      for (const index of node.indices ?? []) namesIn(index, found);
      break;
    case 'Unary':
      namesIn(node.operand, found);
      break;
    case 'Parenthesised':
      namesIn(node.inner, found);
      break;
    case 'Call':
      for (const argument of node.arguments) namesIn(argument, found);
      for (const named of node.named) namesIn(named.value, found);
      break;
    case 'Array':
      for (const element of node.elements) namesIn(element, found);
      break;
    case 'Range':
      namesIn(node.from, found);
      namesIn(node.to, found);
      break;
    case 'Number':
    case 'String':
    case 'BadExpression':
    case undefined:
      break;
  }
  return found;
}

/** Stand-in extents: primes, so that two different names never look alike. */
const STAND_INS = [7, 11, 13, 17, 19, 23, 29, 31, 37, 41] as const;

/**
 * Checks a module on its own: parameters are stand-ins of their kinds and shapes, constants are parameters. What it makes is
 * thrown away; its diagnostics are the module's. Where extents are named (`x[n]`), ranges are left to each use.
 */
export function checkModule(info: ModuleInfo, context: Context): void {
  const damaged = isHeadDamaged(info.module, info.unit);
  const scope = new LocalScope(info.scope);
  const builder = { ...context.builder, blocks: context.builder.blocks.slice(), parameters: context.builder.parameters.slice(), bindings: context.builder.bindings.slice() };
  const { module } = info;
  const openShapes = module.parameters.some((parameter) => parameter.shape?.some((text) => text.kind === 'Reference') ?? false);
  const inside: Context = { ...context, scope, builder, prefix: '', formal: { openShapes }, stack: [info.name], modules: info.modules };
  for (const constant of module.constants) {
    const id = builder.parameters.length;
    const value = constant.value === undefined ? undefined : bindValue(constant.value, inside);
    const scalar = value?.value.scalar;
    const known = scalar?.kind === 'number' ? { known: scalar.value, least: scalar.value } : {};
    const initial = { value: { kind: 'expression', expression: scalar ?? { kind: 'number', value: 1 } }, ...known } as const;
    // A constant that was given as a bare number takes whatever unit is needed wherever it stands.
    const binding = makeParameter(id, constant.name.text, [], initial, constant.value ?? { kind: 'Number', value: 1, text: '1', start: 0, end: 0 });
    builder.parameters.push({ id, name: constant.name.text, shape: [], value: initial.value, origin: { unit: info.unit, start: constant.start, end: constant.end } });
    builder.bindings.push(binding);
    const unit = constant.unit === undefined ? ('any' as const) : variableUnit(binding);
    scope.set(constant.name.text, damaged ? BROKEN : {
      kind: 'value', value: { scalar: { kind: 'parameter', parameter: id, index: NO_INDEX }, unit }, ...(value?.integer === undefined ? {} : { integer: value.integer }),
    });
  }
  let standIn = 0;
  for (const parameter of module.parameters) {
    for (const text of parameter.shape ?? []) {
      if (!isShapeVariable(text, scope)) continue;
      const extent = STAND_INS[standIn++ % STAND_INS.length] ?? 7;
      scope.set(text.name.text, { kind: 'value', value: { scalar: { kind: 'number', value: extent }, unit: 'any' }, integer: extent });
    }
    const shape = shapeOf(parameter, inside);
    scope.set(parameter.name.text, shape === undefined || damaged ? BROKEN : standInFor(parameter, shape, inside));
  }
  declareOwn(module.body, inside, scope, undefined);
  for (const item of module.body) elaborateStatement(item, inside);
}

function standInFor(parameter: ModuleParameter, shape: readonly number[], inside: Context): Binding {
  const { builder } = inside;
  const kind = parameter.type?.text ?? 'species';
  const origin = { unit: inside.unit, start: parameter.start, end: parameter.end };
  const zero = { kind: 'expression', expression: { kind: 'number', value: 0 } } as const;
  if (kind === 'param') {
    const id = builder.parameters.length;
    const name = parameter.name.text;
    const binding = makeParameter(id, name, shape, { value: zero }, { kind: 'BadExpression', start: 0, end: 0 });
    builder.parameters.push({ id, name, shape, value: zero, origin });
    builder.bindings.push(binding);
    return binding;
  }
  if (kind !== 'species' && kind !== 'fixed' && kind !== 'dual') return BROKEN;
  const axes = kind === 'dual' ? [2, ...shape] : shape;
  const block: SpeciesBlock = {
    id: builder.blocks.length, name: parameter.name.text, kind, shape, axes, size: axes.reduce((product, extent) => product * extent, 1),
    offset: builder.dimension, initial: zero, origin,
  };
  builder.blocks.push(block);
  return bindBlock(block);
}
