/**
 * What fixed species of amount 0 leave to be integrated. Where X[j] = 0 is a factor of every reaction that ties the species of
 * index j to others (the rails of the weights W[i,j] of a dark pixel, say), those species are left to themselves: they decay, annihilate in pairs or
 * stay, all of which has a closed form. They are parted from the network, index by index, and what remains is a smaller network of the
 * same families, loops as dense as before. Nothing is approximated: the small network and the closed forms are the whole one.
 *
 * The structure (which axes of which blocks run over the same index, and which families bind it) is found once a network; which indices
 * are idle is seen from the amounts at the beginning of a run.
 */
import type { Network, ReactionFamily, SpeciesBlock } from '../../chemistry/index.ts';
import { loopsOf, type FamilyConstant, type Loop, type Place } from './loops.ts';

/** The part that is integrated, and the closed forms of the rest. */
export interface Parted {
  readonly network: Network;
  readonly massAction: readonly FamilyConstant[];
  readonly constants: Float64Array;
  /** Components of the whole network, in the order of the small one's. */
  readonly components: Int32Array;
  /** Writes all other components as they are some time after the start. */
  readonly rest: (elapsed: number, out: Float64Array) => void;
}

/** A family and those of its variables that run over an index which may be idle. */
interface Bound {
  readonly entry: FamilyConstant;
  /** For each variable: the index it runs over, −1 for none. */
  readonly classOf: readonly number[];
  /** Loops (one for each choice of signs) with, for each of their variables, the index it runs over where that does not stop the reaction. */
  readonly loops: readonly { readonly loop: Loop; readonly classOf: readonly number[]; readonly stopped: readonly boolean[] }[];
}

/** A network is parted when that leaves less than this part of it to be integrated. */
const WORTHWHILE = 0.75;

export class Parting {
  private readonly network: Network;
  private readonly bound: readonly Bound[];
  private readonly extents: readonly number[];
  /** For each block: the index that each of its axes runs over, −1 for none. */
  private readonly axisClass: readonly (readonly number[])[];

  private constructor(network: Network, bound: readonly Bound[], extents: readonly number[], axisClass: readonly (readonly number[])[]) {
    this.network = network;
    this.bound = bound;
    this.extents = extents;
    this.axisClass = axisClass;
  }

  /** @returns undefined when no index of the network can be idle */
  static find(network: Network, massAction: readonly FamilyConstant[]): Parting | undefined {
    const { axisClass, extents } = indexClasses(network, massAction.map(({ family }) => family));
    if (extents.length === 0) return undefined;
    const bound = massAction.map((entry): Bound => {
      const { family } = entry, classOf = variableClasses(family, axisClass), stopped = classOf.map((c) => c >= 0 && isGated(network, family, axisClass, c));
      const indices = family.variables.flatMap((variable, v) => (variable.kind === 'sign' ? [] : [v]));
      const own = classOf.some((c, v) => c >= 0 && !stopped[v]);
      return { entry, classOf, loops: own ? loopsOf(network, entry).map((loop) => ({ loop, classOf: indices.map((v) => classOf[v]!), stopped: indices.map((v) => stopped[v]!) })) : [] };
    });
    return new Parting(network, bound, extents, axisClass);
  }

  /** @returns undefined when too little of the network is idle at this state, or an idle part has no closed form for so long a time */
  at(y0: Float64Array, constants: Float64Array, span: number): Parted | undefined {
    const { network, extents, axisClass, bound } = this, active = extents.map((extent) => new Uint8Array(extent));
    network.blocks.forEach((block, b) => {
      if (block.kind !== 'fixed') return;
      axisClass[b]!.forEach((c, axis) => {
        if (c < 0) return;
        const stride = strideOf(block, axis), extent = block.axes[axis]!, marks = active[c]!;
        for (let e = 0; e < block.size; e++) if (y0[block.offset + e] !== 0) marks[Math.floor(e / stride) % extent] = 1;
      });
    });
    const idle = new Uint8Array(network.dimension), components = new Int32Array(network.dimension);
    let kept = 0;
    network.blocks.forEach((block, b) => {
      axisClass[b]!.forEach((c, axis) => {
        if (c < 0) return;
        const stride = strideOf(block, axis), extent = block.axes[axis]!, marks = active[c]!;
        for (let i = block.offset, end = i + block.size; i < end;) {
          for (let x = 0; x < extent; x++) {
            const mark = marks[x]! ^ 1;
            for (let e = 0; e < stride; e++) idle[i++]! |= mark;
          }
        }
      });
      for (let i = block.offset; i < block.offset + block.size; i++) if (idle[i] === 0) components[kept++] = i;
    });
    if (kept > WORTHWHILE * network.dimension) return undefined;
    const rest = closedForms(bound, active, idle, y0, constants, span);
    if (rest === undefined) return undefined;
    return { ...this.small(active, constants), components: components.slice(0, kept), rest };
  }

  private small(active: readonly Uint8Array[], constants: Float64Array): Pick<Parted, 'network' | 'massAction' | 'constants'> {
    const { network, axisClass, bound } = this, counts = active.map((marks) => marks.reduce((sum, mark) => sum + mark, 0));
    let offset = 0;
    const blocks = network.blocks.map((block, b): SpeciesBlock => {
      const axes = block.axes.map((extent, axis) => { const c = axisClass[b]![axis]!; return c < 0 ? extent : counts[c]!; });
      const size = axes.reduce((product, extent) => product * extent, 1), small = { ...block, axes, shape: block.kind === 'dual' ? axes.slice(1) : axes, size, offset };
      offset += size;
      return small;
    });
    const values: number[] = [];
    const massAction = bound.map(({ entry: { family, first, step }, classOf }): FamilyConstant => {
      const variables = family.variables.map((variable, v) => (classOf[v]! < 0 ? variable : { ...variable, extent: counts[classOf[v]!]! })), start = values.length;
      if (step === 0) values.push(constants[first]!);
      else eachKept(family, classOf, active, (r) => { values.push(constants[first + r]!); });
      return { family: { ...family, variables }, first: start, step };
    });
    return { network: { ...network, blocks, families: massAction.map(({ family }) => family), dimension: offset }, massAction, constants: Float64Array.from(values) };
  }
}

function strideOf({ axes }: SpeciesBlock, axis: number): number {
  let stride = 1;
  for (let a = axis + 1; a < axes.length; a++) stride *= axes[a]!;
  return stride;
}

/** The families' reactions, by number, all of whose indices are active. */
function eachKept({ variables }: ReactionFamily, classOf: readonly number[], active: readonly Uint8Array[], visit: (r: number) => void): void {
  const visitFrom = (v: number, before: number): void => {
    if (v === variables.length) { visit(before); return; }
    const { extent } = variables[v]!, marks = classOf[v]! < 0 ? undefined : active[classOf[v]!]!;
    for (let c = 0; c < extent; c++) if (marks === undefined || marks[c] !== 0) visitFrom(v + 1, before * extent + c);
  };
  visitFrom(0, 0);
}

/** What an idle component does by itself: decay at a rate, annihilation with a partner. @returns undefined for anything else */
function closedForms(bound: readonly Bound[], active: readonly Uint8Array[], idle: Uint8Array, y0: Float64Array, constants: Float64Array, span: number): Parted['rest'] | undefined {
  const n = idle.length, decay = new Float64Array(n), pairing = new Float64Array(n), partner = new Int32Array(n).fill(-1);
  for (const { loops } of bound) {
    for (const { loop, classOf, stopped } of loops) {
      const { reactants: [a, b, more], changes: [first, second, third] } = loop;
      const single = b === undefined && second === undefined && samePlace(a, first);
      const pair = b !== undefined && more === undefined && second !== undefined && third === undefined && first!.by === -1 && second.by === -1
        && !samePlace(a, b) && ((samePlace(a, first) && samePlace(b, second)) || (samePlace(a, second) && samePlace(b, first)));
      const { count, slot, one, other } = idleReactions(loop, classOf, stopped, active), by = single ? -first!.by : 0;
      for (let r = 0; r < count; r++) {
        const k = constants[slot[r]!]!, i = Math.min(one[r]!, other[r]!), j = Math.max(one[r]!, other[r]!);
        if (k === 0) continue;
        if (single) decay[one[r]!] = decay[one[r]!]! + by * k;
        else {
          if (!pair || (partner[i] !== -1 && partner[i] !== j) || (partner[j] !== -1 && partner[j] !== i)) return undefined;
          partner[i] = j;
          partner[j] = i;
          pairing[i] = pairing[i]! + k;
        }
      }
    }
  }
  const still = new Int32Array(n), alone: number[] = [], pairs = new Int32Array(n);
  let resting = 0, paired = 0, closed = true;
  for (let i = 0; i < n; i++) {
    if (idle[i] === 0) continue;
    const j = partner[i]!, d = decay[i]!;
    if (j < 0) {
      if (d === 0 || y0[i] === 0) still[resting++] = i;
      else if (d > 0) alone.push(i);
      else closed = false;
    } else if (i < j) {
      const k = pairing[i]!, least = Math.min(y0[i]!, y0[j]!);
      // A little below zero, as far as an integrator's error goes, the closed form holds for a while.
      if (d !== decay[j] || !(d >= 0) || !(k > 0) || (least < 0 && !(-least * k * span < 0.5))) closed = false;
      if (d === 0 && (y0[i] === 0 || y0[j] === 0)) { still[resting++] = i; still[resting++] = j; }
      else { pairs[paired++] = i; pairs[paired++] = j; }
    }
  }
  if (!closed) return undefined;
  return (elapsed, out) => {
    for (let x = 0; x < resting; x++) out[still[x]!] = y0[still[x]!]!;
    for (const i of alone) out[i] = y0[i]! * Math.exp(-decay[i]! * elapsed);
    for (let p = 0; p < paired; p += 2) {
      const i = pairs[p]!, j = pairs[p + 1]!, d = decay[i]!, [small, large] = y0[i]! < y0[j]! ? [i, j] : [j, i];
      // With x = e^(−dt)·ξ the decay is gone and time runs as τ = (1 − e^(−dt))/d; ξ₁ − ξ₂ is constant then.
      const shrunk = d === 0 ? 1 : Math.exp(-d * elapsed), τ = d === 0 ? elapsed : -Math.expm1(-d * elapsed) / d;
      const kτ = pairing[i]! * τ, s = y0[small]!, difference = y0[large]! - s, reach = kτ * difference;
      const left = reach === 0 ? s / (1 + s * kτ) : (s * Math.exp(-reach)) / (1 - (s * Math.expm1(-reach)) / difference);
      out[small] = shrunk * left;
      out[large] = shrunk * (left + difference);
    }
  };
}

function samePlace(a: Place | undefined, b: Place | undefined): boolean {
  return a !== undefined && b !== undefined && a.base === b.base && a.strides.every((stride, v) => stride === b.strides[v]);
}

/** The reactions that go on at an idle index: slots of their constants, components of the first two reactants. */
function idleReactions({ extents, reactants, constant }: Loop, classOf: readonly number[], stopped: readonly boolean[], active: readonly Uint8Array[]) {
  const rank = extents.length, places = [constant, reactants[0] ?? constant, reactants[1] ?? constant], most = extents.reduce((product, extent) => product * extent, 1);
  const slot = new Int32Array(most), one = new Int32Array(most), other = new Int32Array(most);
  let count = 0;
  const visitFrom = (v: number, k: number, i: number, j: number, idle: boolean): void => {
    if (v === rank) {
      if (idle) { slot[count] = k; one[count] = i; other[count++] = j; }
      return;
    }
    const c = classOf[v]!, marks = c < 0 ? undefined : active[c]!, dk = places[0]!.strides[v]!, di = places[1]!.strides[v]!, dj = places[2]!.strides[v]!;
    for (let x = 0, extent = extents[v]!, last = v + 1 === rank; x < extent; x++, k += dk, i += di, j += dj) {
      const off = marks !== undefined && marks[x] === 0;
      if (off && stopped[v]!) continue;
      if (!last) visitFrom(v + 1, k, i, j, idle || off);
      else if (idle || off) { slot[count] = k; one[count] = i; other[count++] = j; }
    }
  };
  visitFrom(0, places[0]!.base, places[1]!.base, places[2]!.base, false);
  return { count, slot, one, other };
}

/** A family's variables by the index they run over. */
function variableClasses(family: ReactionFamily, axisClass: readonly (readonly number[])[]): number[] {
  const classOf = family.variables.map(() => -1);
  for (const { block, index } of [...family.reactants, ...family.products]) {
    index.forEach((map, axis) => {
      const c = axisClass[block]![axis]!;
      if (c >= 0 && map.kind === 'affine') classOf[map.terms[0]!.variable] = c;
    });
  }
  return classOf;
}

/** Whether no reaction of the family happens where this index is idle: a fixed reactant runs over it. */
function isGated({ blocks }: Network, { reactants }: ReactionFamily, axisClass: readonly (readonly number[])[], c: number): boolean {
  return reactants.some(({ block }) => blocks[block]!.kind === 'fixed' && axisClass[block]!.includes(c));
}

/**
 * Axes that run over one index, by blocks: those that one variable of a family walks through from end to end. An index may be idle when a fixed
 * block has it, and every family that has it either has a fixed reactant with it or nothing but species with it.
 */
function indexClasses({ blocks }: Network, families: readonly ReactionFamily[]): { readonly axisClass: readonly (readonly number[])[]; readonly extents: readonly number[] } {
  const start = blocks.map(() => 0);
  let axes = 0;
  blocks.forEach((block, b) => { start[b] = axes; axes += block.axes.length; });
  const parent = Int32Array.from({ length: axes }, (_, x) => x), spoiled = new Uint8Array(axes);
  const root = (x: number): number => { while (parent[x] !== x) x = parent[x] = parent[parent[x]!]!; return x; };
  const runs = families.map((family) => {
    const first = family.variables.map(() => -1);
    for (const { block, index } of [...family.reactants, ...family.products]) {
      index.forEach((map, axis) => {
        const x = start[block]! + axis, term = map.kind === 'affine' && map.constant === 0 && map.terms.length === 1 ? map.terms[0] : undefined, variable = term && family.variables[term.variable];
        if (term === undefined || variable === undefined || variable.kind === 'sign' || term.coefficient !== 1 || variable.extent !== blocks[block]!.axes[axis]) { spoiled[x] = 1; return; }
        if (first[term.variable]! < 0) first[term.variable] = x;
        else parent[root(x)] = root(first[term.variable]!);
      });
    }
    return first;
  });
  const fit = new Uint8Array(axes);
  blocks.forEach((block, b) => { if (block.kind === 'fixed') block.axes.forEach((_, axis) => { fit[root(start[b]! + axis)] = 1; }); });
  for (let x = 0; x < axes; x++) if (spoiled[x] === 1) fit[root(x)] = 0;
  blocks.forEach((block, b) => {
    const roots = block.axes.map((_, axis) => root(start[b]! + axis));
    roots.forEach((r, axis) => { if (roots.indexOf(r) !== axis) fit[r] = 0; });
  });
  families.forEach((family, f) => {
    const roots = runs[f]!.map((x) => (x < 0 ? -1 : root(x)));
    const has = (block: number, r: number): boolean => blocks[block]!.axes.some((_, axis) => root(start[block]! + axis) === r);
    roots.forEach((r, v) => {
      if (r < 0) return;
      const gated = family.reactants.some(({ block }) => blocks[block]!.kind === 'fixed' && has(block, r));
      const alone = [...family.reactants, ...family.products].every(({ block }) => blocks[block]!.kind === 'fixed' || has(block, r));
      if (roots.indexOf(r) !== v || (!gated && !alone)) fit[r] = 0;
    });
  });
  const extents: number[] = [], number = new Map<number, number>();
  const axisClass = blocks.map((block, b) => block.axes.map((extent, axis) => {
    const r = root(start[b]! + axis);
    if (fit[r] === 0) return -1;
    if (!number.has(r)) { number.set(r, extents.length); extents.push(extent); }
    return number.get(r)!;
  }));
  return { axisClass, extents };
}
