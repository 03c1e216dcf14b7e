/**
 * The ODE system of a network kept as families: each family a dense loop over its index ranges, nothing written out. For
 * networks whose reactions are too many to list; Newton's method then works with products J·v alone.
 *
 * Sign variables are unfolded (two values each), after which every operand is an affine function of the loop counters:
 * a base and one stride a variable. The innermost loop runs over the last variable with the strides in registers.
 */
import type { Network, Operand, ReactionFamily } from '../../chemistry/index.ts';
import type { OdeSystem } from '../system.ts';
import type { LawFamily } from './laws.ts';

/** An operand's component at counters c: base + Σ strides[v]·c_v over the index variables. */
interface Place {
  readonly base: number;
  readonly strides: readonly number[];
}

interface Change extends Place {
  readonly by: number;
}

/** One family at one choice of its signs. */
interface Loop {
  readonly extents: readonly number[];
  /** A species with stoichiometry 2 appears twice. */
  readonly reactants: readonly Place[];
  readonly changes: readonly Change[];
  /** Constants: values[base + Σ strides·c]. */
  readonly constant: Place;
}

export interface FamilyConstant {
  readonly family: ReactionFamily;
  /** Slot of the first reaction's constant and step to the next one's (0 or 1). */
  readonly first: number;
  readonly step: 0 | 1;
}

export interface FamilyLaw {
  readonly family: ReactionFamily;
  readonly law: LawFamily;
  /** Net changes by reaction: components[r·width + k], one coefficient a column. */
  readonly components: Int32Array;
  readonly by: Float64Array;
}

export class FamilySystem implements OdeSystem {
  readonly dimension: number;
  nonNegative: boolean;
  private readonly loops: readonly Loop[];
  private readonly laws: readonly FamilyLaw[];
  private readonly constants: Float64Array;
  private readonly parameters: Float64Array;

  constructor(
    network: Network, massAction: readonly FamilyConstant[], laws: readonly FamilyLaw[],
    constants: Float64Array, parameters: Float64Array, nonNegative: boolean,
  ) {
    this.dimension = network.dimension;
    this.nonNegative = nonNegative;
    this.loops = massAction.flatMap((entry) => loopsOf(network, entry));
    this.laws = laws;
    this.constants = constants;
    this.parameters = parameters;
  }

  rhs(t: number, y: Float64Array, dy: Float64Array): void {
    dy.fill(0);
    for (const loop of this.loops) runLoop(loop, this.constants, y, undefined, dy);
    for (const { law, components, by } of this.laws) {
      const width = by.length;
      for (let r = 0; r < law.count; r++) {
        const rate = law.tape.value(t, y, this.parameters, law.loads, r * law.speciesLoads, r * law.parameterLoads, r * law.counterLoads);
        for (let k = 0; k < width; k++) dy[components[r * width + k]!]! += by[k]! * rate;
      }
    }
  }

  jacobianTimes(t: number, y: Float64Array, v: Float64Array, out: Float64Array): void {
    out.fill(0);
    for (const loop of this.loops) runLoop(loop, this.constants, y, v, out);
    for (const { law, components, by } of this.laws) {
      const loads = law.speciesLoads, width = by.length, partial = new Float64Array(loads), identity = Int32Array.from(partial, (_, k) => k);
      for (let r = 0; r < law.count; r++) {
        law.tape.value(t, y, this.parameters, law.loads, r * loads, r * law.parameterLoads, r * law.counterLoads);
        partial.fill(0);
        law.tape.gradient(1, partial, identity, 0);
        let rate = 0;
        for (let k = 0; k < loads; k++) rate += partial[k]! * v[law.loads.components[r * loads + k]!]!;
        for (let k = 0; k < width; k++) out[components[r * width + k]!]! += by[k]! * rate;
      }
    }
  }
}

/** Adds the loop's reactions to out: their rates, or with v the derivative of the rates along v. */
function runLoop(loop: Loop, constants: Float64Array, y: Float64Array, v: Float64Array | undefined, out: Float64Array): void {
  const { extents, reactants, changes, constant } = loop, rank = extents.length;
  const inner = rank === 0 ? 1 : extents[rank - 1]!, last = rank - 1;
  const stride = (place: Place): number => (rank === 0 ? 0 : place.strides[last]!);
  const counters = new Int32Array(Math.max(0, last));
  const start = (place: Place): number => {
    let at = place.base;
    for (let d = 0; d < last; d++) at += place.strides[d]! * counters[d]!;
    return at;
  };
  for (;;) {
    if (v === undefined) innerRates(loop, inner, stride, start, constants, y, out);
    else innerTangents(reactants, changes, constant, inner, stride, start, constants, y, v, out);
    let d = last - 1;
    for (; d >= 0; d--) {
      if (++counters[d]! < extents[d]!) break;
      counters[d] = 0;
    }
    if (d < 0) return;
  }
}

function innerRates(
  loop: Loop, count: number, stride: (place: Place) => number, start: (place: Place) => number,
  constants: Float64Array, y: Float64Array, out: Float64Array,
): void {
  const { reactants, changes, constant } = loop, only = changes[0];
  const kStep = stride(constant);
  let k = start(constant);
  if (reactants.length <= 2 && changes.length === 1 && only !== undefined) {
    innerSimple(reactants, only, count, stride, start, constants, k, kStep, y, out);
    return;
  }
  const at = reactants.map(start), steps = reactants.map(stride), to = changes.map(start), toSteps = changes.map(stride);
  const by = changes.map((change) => change.by);
  for (let c = 0; c < count; c++) {
    let rate = constants[k]!;
    k += kStep;
    for (let r = 0; r < at.length; r++) { rate *= y[at[r]!]!; at[r]! += steps[r]!; }
    for (let x = 0; x < to.length; x++) { out[to[x]!]! += by[x]! * rate; to[x]! += toSteps[x]!; }
  }
}

/** At most two reactants and one species that changes: the shape of weighted sums, decays and weight updates. */
function innerSimple(
  reactants: readonly Place[], change: Change, count: number, stride: (place: Place) => number, start: (place: Place) => number,
  constants: Float64Array, k0: number, kStep: number, y: Float64Array, out: Float64Array,
): void {
  const by = change.by, toStep = stride(change), first = reactants[0], second = reactants[1];
  const aStep = first === undefined ? 0 : stride(first), bStep = second === undefined ? 0 : stride(second);
  let k = k0, a = first === undefined ? -1 : start(first), b = second === undefined ? -1 : start(second), to = start(change);
  if (toStep === 0) {
    let sum = 0;
    if (b >= 0) for (let c = 0; c < count; c++) { sum += constants[k]! * y[a]! * y[b]!; k += kStep; a += aStep; b += bStep; }
    else if (a >= 0) for (let c = 0; c < count; c++) { sum += constants[k]! * y[a]!; k += kStep; a += aStep; }
    else for (let c = 0; c < count; c++) { sum += constants[k]!; k += kStep; }
    out[to] = out[to]! + by * sum;
    return;
  }
  if (b >= 0) {
    for (let c = 0; c < count; c++) { out[to] = out[to]! + by * constants[k]! * y[a]! * y[b]!; k += kStep; a += aStep; b += bStep; to += toStep; }
  } else if (a >= 0) {
    for (let c = 0; c < count; c++) { out[to] = out[to]! + by * constants[k]! * y[a]!; k += kStep; a += aStep; to += toStep; }
  } else {
    for (let c = 0; c < count; c++) { out[to] = out[to]! + by * constants[k]!; k += kStep; to += toStep; }
  }
}

function innerTangents(
  reactants: readonly Place[], changes: readonly Change[], constant: Place, count: number,
  stride: (place: Place) => number, start: (place: Place) => number,
  constants: Float64Array, y: Float64Array, v: Float64Array, out: Float64Array,
): void {
  const only = changes[0];
  if (reactants.length === 0) return;
  if (reactants.length <= 2 && changes.length === 1 && only !== undefined) {
    innerSimpleTangent(reactants, only, constant, count, stride, start, constants, y, v, out);
    return;
  }
  const kStep = stride(constant), at = reactants.map(start), steps = reactants.map(stride);
  const to = changes.map(start), toSteps = changes.map(stride), by = changes.map((change) => change.by);
  let k = start(constant);
  for (let c = 0; c < count; c++) {
    // (Π y)' by the product rule, carried along: value and derivative together.
    let value = constants[k]!, slope = 0;
    k += kStep;
    for (let r = 0; r < at.length; r++) {
      const i = at[r]!;
      slope = slope * y[i]! + value * v[i]!;
      value *= y[i]!;
      at[r] = i + steps[r]!;
    }
    for (let x = 0; x < to.length; x++) { out[to[x]!]! += by[x]! * slope; to[x]! += toSteps[x]!; }
  }
}

function innerSimpleTangent(
  reactants: readonly Place[], change: Change, constant: Place, count: number, stride: (place: Place) => number, start: (place: Place) => number,
  constants: Float64Array, y: Float64Array, v: Float64Array, out: Float64Array,
): void {
  const by = change.by, kStep = stride(constant), toStep = stride(change), first = reactants[0]!, second = reactants[1];
  const aStep = stride(first), bStep = second === undefined ? 0 : stride(second);
  let k = start(constant), a = start(first), b = second === undefined ? -1 : start(second), to = start(change);
  if (toStep === 0) {
    let sum = 0;
    if (b < 0) for (let c = 0; c < count; c++) { sum += constants[k]! * v[a]!; k += kStep; a += aStep; }
    else for (let c = 0; c < count; c++) { sum += constants[k]! * (v[a]! * y[b]! + y[a]! * v[b]!); k += kStep; a += aStep; b += bStep; }
    out[to] = out[to]! + by * sum;
    return;
  }
  if (b < 0) {
    for (let c = 0; c < count; c++) { out[to] = out[to]! + by * constants[k]! * v[a]!; k += kStep; a += aStep; to += toStep; }
    return;
  }
  for (let c = 0; c < count; c++) {
    out[to] = out[to]! + by * constants[k]! * (v[a]! * y[b]! + y[a]! * v[b]!);
    k += kStep;
    a += aStep;
    b += bStep;
    to += toStep;
  }
}

function loopsOf(network: Network, { family, first, step }: FamilyConstant): Loop[] {
  const signs = family.variables.flatMap((variable, v) => (variable.kind === 'sign' ? [v] : []));
  const indices = family.variables.flatMap((variable, v) => (variable.kind === 'sign' ? [] : [v]));
  if (family.variables.some((variable) => variable.extent <= 0)) return [];
  const loops: Loop[] = [];
  for (let choice = 0; choice < 1 << signs.length; choice++) {
    const signOf = new Map(signs.map((v, bit) => [v, (choice >> bit) & 1]));
    const place = (operand: Operand): Place => placeOf(network, operand, indices, signOf);
    const reactants = family.reactants.flatMap((term) => Array.from({ length: term.stoichiometry }, () => place(term)));
    const changes = netChanges(network, family, place);
    if (changes.length === 0) continue;
    // Constants stand in row-major order of all variables, signs included.
    let stride = step as number, base = first;
    const strides = new Array<number>(indices.length).fill(0);
    for (let v = family.variables.length - 1; v >= 0; v--) {
      const sign = signOf.get(v);
      if (sign === undefined) strides[indices.indexOf(v)] = stride;
      else base += stride * sign;
      stride *= family.variables[v]!.extent;
    }
    loops.push({ extents: indices.map((v) => family.variables[v]!.extent), reactants, changes, constant: { base, strides } });
  }
  return loops;
}

function placeOf(network: Network, operand: Operand, indices: readonly number[], signOf: ReadonlyMap<number, number>): Place {
  const block = network.blocks[operand.block]!;
  let base = block.offset, stride = 1;
  const strides = new Array<number>(indices.length).fill(0);
  for (let axis = block.axes.length - 1; axis >= 0; axis--) {
    const map = operand.index[axis]!;
    if (map.kind === 'rail') {
      base += stride * (map.variables.reduce<number>((parity, v) => parity + (signOf.get(v) ?? 0), map.parity) & 1);
    } else {
      base += stride * map.constant;
      for (const { variable, coefficient } of map.terms) {
        const sign = signOf.get(variable);
        if (sign !== undefined) base += stride * coefficient * sign;
        else strides[indices.indexOf(variable)]! += stride * coefficient;
      }
    }
    stride *= block.axes[axis]!;
  }
  return { base, strides };
}

/** Net changes of a family's reaction; catalysts and fixed species drop out. */
function netChanges(network: Network, family: ReactionFamily, place: (operand: Operand) => Place): Change[] {
  const changes: { base: number; strides: readonly number[]; by: number }[] = [];
  const add = (operand: Operand, by: number): void => {
    if (network.blocks[operand.block]!.kind === 'fixed') return;
    const at = place(operand);
    const same = changes.find((change) => change.base === at.base && change.strides.every((s, d) => s === at.strides[d]));
    if (same === undefined) changes.push({ ...at, by });
    else same.by += by;
  };
  for (const term of family.reactants) add(term, -term.stoichiometry);
  for (const term of family.products) add(term, term.stoichiometry);
  return changes.filter((change) => change.by !== 0);
}
