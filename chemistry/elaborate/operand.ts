/** References to species: which element of which block. */
import type { Reference } from '../../grammar/index.ts';
import { dualWithoutRail } from '../diagnostics/crn301-dual-without-rail.ts';
import { railOnSpecies } from '../diagnostics/crn302-rail-on-species.ts';
import { notASpecies } from '../diagnostics/crn303-not-a-species.ts';
import { missingIndices } from '../diagnostics/crn308-missing-indices.ts';
import { wrongIndexCount } from '../diagnostics/crn307-wrong-number-of-indices.ts';
import type { AxisIndex, Operand } from '../network.ts';
import type { BlockBinding, ParameterBinding } from './binding.ts';
import { bindingWords } from './binding.ts';
import { axisIndex, railIndex } from './indices.ts';
import { placeOf, report } from './context.ts';
import type { Context } from './context.ts';

const NO_INDEX: readonly AxisIndex[] = [];

/** The element a reference in a complex or before `'` names; undefined after a report (or where one was made elsewhere). */
export function operandOf(reference: Reference, context: Context, where: 'reaction' | 'ode'): Operand | undefined {
  const binding = context.scope.lookup(reference.name.text);
  if (binding === undefined || binding.kind === 'broken') return undefined;
  if (binding.kind !== 'block') {
    report(context, notASpecies(placeOf(context, reference.name), reference.name.text, bindingWords(binding), binding.kind === 'parameter' || binding.kind === 'value', where));
    return undefined;
  }
  if (binding.operand !== undefined && reference.rail === undefined && reference.indices === undefined) return binding.operand;
  const index = blockIndex(reference, binding, context, where);
  return index === undefined ? undefined : { block: binding.block.id, index };
}

/** All axes of one element of a block, the rail first for a dual. */
export function blockIndex(reference: Reference, binding: BlockBinding, context: Context, where: 'reaction' | 'ode'): readonly AxisIndex[] | undefined {
  if (reference.rail === undefined && binding.dual) {
    report(context, dualWithoutRail(placeOf(context, reference.name), reference.name.text, where));
    return undefined;
  }
  const axes = openAxes(reference, binding.shape, context);
  if (axes === undefined) return undefined;
  if (reference.rail === undefined) return fullIndex(binding, undefined, axes);
  if (!binding.dual) {
    report(context, railOnSpecies(placeOf(context, reference.rail), reference.name.text, binding.fixed ? 'fixed' : 'species'));
    return undefined;
  }
  const rail = railIndex(reference.rail, reference.name.text, binding.flip, context);
  return rail === undefined ? undefined : fullIndex(binding, rail, axes);
}

/** Rail, then what a module fixed, then what the reference says. */
export function fullIndex(binding: BlockBinding, rail: AxisIndex | undefined, axes: readonly AxisIndex[]): readonly AxisIndex[] {
  const first = rail ?? binding.rail;
  const rest = binding.prefix.length === 0 ? axes : [...binding.prefix, ...axes];
  return first === undefined ? rest : [first, ...rest];
}

/** One position for each open axis; reports a wrong number of indices. */
export function openAxes(reference: Reference, shape: readonly number[], context: Context): readonly AxisIndex[] | undefined {
  const given = reference.indices ?? [];
  if (given.length !== shape.length) {
    if (given.some((index) => index.kind === 'BadExpression')) return undefined;
    const place = placeOf(context, reference);
    if (given.length === 0) report(context, missingIndices(placeOf(context, reference.name), reference.name.text, shape, context.variables));
    else report(context, wrongIndexCount(place, reference.name.text, given.length, shape));
    return undefined;
  }
  if (given.length === 0) return NO_INDEX;
  const axes: AxisIndex[] = [];
  let fine = true;
  for (const [axis, expression] of given.entries()) {
    const index = axisIndex(expression, shape[axis] ?? 0, axis, reference, context);
    if (index === undefined) fine = false;
    else axes.push(index);
  }
  return fine ? axes : undefined;
}

/** The element of a parameter that a reference names. */
export function parameterIndex(reference: Reference, binding: ParameterBinding, context: Context): readonly AxisIndex[] | undefined {
  if (reference.rail !== undefined) {
    report(context, railOnSpecies(placeOf(context, reference.rail), reference.name.text, 'parameter'));
    return undefined;
  }
  const axes = openAxes(reference, binding.shape, context);
  return axes === undefined ? undefined : binding.prefix.length === 0 ? axes : [...binding.prefix, ...axes];
}

export function sameIndex(a: readonly AxisIndex[], b: readonly AxisIndex[]): boolean {
  if (a === b) return true;
  if (a.length !== b.length) return false;
  return a.every((left, axis) => {
    const right = b[axis];
    if (right === undefined || left.kind !== right.kind) return false;
    if (left.kind === 'rail') {
      return right.kind === 'rail' && left.parity === right.parity && left.variables.length === right.variables.length && left.variables.every((v, i) => v === right.variables[i]);
    }
    if (right.kind !== 'affine' || left.constant !== right.constant || left.terms.length !== right.terms.length) return false;
    return left.terms.every((term) => right.terms.some((other) => other.variable === term.variable && other.coefficient === term.coefficient));
  });
}
