/** Statements that make reactions: reactions, ODEs, loops, groups, uses of modules. */
import type { Binder, ForStatement, Statement } from '../../grammar/index.ts';
import { rangeEmpty } from '../diagnostics/crn311-range-empty.ts';
import { rangeNotConstant } from '../diagnostics/crn312-range-not-constant.ts';
import { tooLarge } from '../diagnostics/crn313-too-large.ts';
import type { LoopVariable } from '../network.ts';
import { BROKEN, LocalScope } from './binding.ts';
import type { Binding } from './binding.ts';
import type { Context } from './context.ts';
import { placeOf, report, withoutFamilies } from './context.ts';
import { isDamaged, isHeadDamaged } from './damaged.ts';
import { elaborateNeuron } from '../neural/neuron.ts';
import { constantInteger } from './indices.ts';
import { elaborateUse, namesIn } from './modules.ts';
import { elaborateOde, elaborateReaction } from './reaction.ts';

/** A network may hold at most this many numbers, and stand for at most this many reactions. */
export const MOST_ELEMENTS = 1e8;
export const MOST_REACTIONS = 1e10;

export function elaborateStatement(statement: Statement, context: Context): void {
  switch (statement.kind) {
    case 'Reaction':
      if (!isDamaged(statement, context.unit)) elaborateReaction(statement, context);
      return;
    case 'Ode':
      if (!isDamaged(statement, context.unit)) elaborateOde(statement, context);
      return;
    case 'For':
      elaborateLoop(statement, context);
      return;
    case 'Group': {
      const inner: Context = { ...context, groups: [...context.groups, statement.name.text] };
      for (const item of statement.body) elaborateStatement(item, inner);
      return;
    }
    case 'Use':
      if (!isDamaged(statement, context.unit)) elaborateUse(statement, context);
      return;
    case 'Neuron':
      if (!isDamaged(statement, context.unit)) elaborateNeuron(statement, context, context.source);
      return;
    // Made before, or elsewhere.
    case 'Activation':
    case 'Network':
    case 'Data':
    case 'Train':
    case 'Noise':
    case 'Sweep':
    case 'Declaration':
    case 'Module':
    case 'Import':
    case 'Units':
    case 'Simulate':
    case 'Expect':
      return;
    case 'Bad':
      // The head of a block could not be read: what it holds is judged as far as it makes sense without.
      for (const item of statement.body ?? []) elaborateStatement(item, context);
      return;
  }
}

/**
 * One family for each reaction inside, whatever the ranges: their variables are added to those around. When those are not
 * known, the statements inside are checked all the same, and make nothing.
 */
function elaborateLoop(statement: ForStatement, context: Context): void {
  const scope = new LocalScope(context.scope);
  const variables = [...context.variables];
  let fine = !isHeadDamaged(statement, context.unit);
  for (const binder of statement.binders) {
    const variable = fine || !isDamaged(binder, context.unit) ? loopVariable(binder, statement.binders, context) : undefined;
    if (variable === undefined) {
      fine = false;
      scope.set(binder.name.text, BROKEN);
      continue;
    }
    scope.set(binder.name.text, { kind: variable.kind, variable: variables.length });
    variables.push(variable);
  }
  if (!fine) {
    const broken = new LocalScope(context.scope);
    for (const binder of statement.binders) broken.set(binder.name.text, BROKEN);
    const inner: Context = { ...context, scope: broken, sink: withoutFamilies(context.sink) };
    for (const item of statement.body) elaborateStatement(item, inner);
    return;
  }
  const reactions = variables.reduce((count, variable) => count * variable.extent, 1);
  if (reactions > MOST_REACTIONS) {
    const first = statement.binders[0];
    const last = statement.binders[statement.binders.length - 1];
    if (first !== undefined && last !== undefined) report(context, tooLarge(placeOf(context, { start: first.start, end: last.end }), reactions, 'reactions', MOST_REACTIONS));
    return;
  }
  const inner: Context = { ...context, scope, variables };
  for (const item of statement.body) elaborateStatement(item, inner);
}

function loopVariable(binder: Binder, all: readonly Binder[], context: Context): LoopVariable | undefined {
  const { range } = binder;
  if (range.kind === 'signs') return { name: binder.name.text, kind: 'sign', from: 0, extent: 2 };
  const beside = besides(binder, all, context);
  const from = constantInteger(range.from, beside);
  const to = constantInteger(range.to, beside);
  for (const [value, text] of [[from, range.from], [to, range.to]] as const) {
    if (value === 'not constant') report(context, rangeNotConstant(placeOf(context, text), context.unit.text.slice(text.start, text.end), namesIn(text).some(({ text: name }) => isCounter(beside.scope.lookup(name)))));
  }
  if (typeof from !== 'number' || typeof to !== 'number') return undefined;
  if (to < from) {
    if (context.formal?.openShapes !== true) report(context, rangeEmpty(placeOf(context, range), from, to, context.unit.text.slice(range.from.start, range.from.end), context.unit.text.slice(range.to.start, range.to.end)));
    return undefined;
  }
  return { name: binder.name.text, kind: 'index', from, extent: to - from + 1 };
}

/** The other variables of the same loop can be seen in a range, so that it can be said that they cannot stand there. */
function besides(binder: Binder, all: readonly Binder[], context: Context): Context {
  if (all.length < 2) return context;
  const scope = new LocalScope(context.scope);
  for (const other of all) if (other.name.text !== binder.name.text) scope.set(other.name.text, { kind: other.range.kind === 'signs' ? 'sign' : 'index', variable: -1 });
  return { ...context, scope };
}

function isCounter(binding: Binding | undefined): boolean {
  return binding?.kind === 'index' || binding?.kind === 'sign';
}
