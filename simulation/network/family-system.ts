/**
 * The ODE system of a network kept as families: each family a dense loop over its index ranges, nothing written out. For
 * networks whose reactions are too many to list; Newton's method then works with products J·v alone.
 *
 * Sign variables are unfolded (two values each), after which every operand is an affine function of the loop counters:
 * a base and one stride a variable. The loops are WebAssembly (`../kernels/assembly/families.ts`); here they are laid out, with
 * that variable innermost along which most operands are contiguous.
 */
import type { Network, Operand, ReactionFamily } from '../../chemistry/index.ts';
import { Arena } from '../kernels/arena.ts';
import * as Layout from '../kernels/layout-families.ts';
import { patternOf } from '../linear/pattern.ts';
import type { OdeSystem, SparseJacobian } from '../system.ts';
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

/** Non-zeros (a reaction's are counted apart) that are listed at most. */
const MOST_NON_ZEROS = 6_000_000;

export class FamilySystem implements OdeSystem {
  readonly dimension: number;
  nonNegative: boolean;
  readonly inside: NonNullable<OdeSystem['inside']>;
  private readonly laws: readonly FamilyLaw[];
  private readonly parameters: Float64Array;
  private readonly constants: Float64Array;
  private readonly loops: readonly Loop[];
  private readonly own: PlacedLoops;
  private readonly state: Float64Array;
  private readonly direction: Float64Array;
  private readonly change: Float64Array;
  private listed: { readonly jacobian: SparseJacobian | undefined } | undefined;

  constructor(
    network: Network, massAction: readonly FamilyConstant[], laws: readonly FamilyLaw[],
    constants: Float64Array, parameters: Float64Array, nonNegative: boolean,
  ) {
    const n = this.dimension = network.dimension;
    this.nonNegative = nonNegative;
    this.laws = laws;
    this.constants = constants;
    this.parameters = parameters;
    this.loops = massAction.flatMap((entry) => loopsOf(network, entry)).map(contiguous);
    const bytes = PlacedLoops.bytes(this.loops, constants), arena = new Arena(bytes + Arena.bytes([n, n, n]));
    this.own = new PlacedLoops(this.loops, constants, arena);
    this.state = arena.doubles(n);
    this.direction = arena.doubles(n);
    this.change = arena.doubles(n);
    this.inside = { bytes, place: (other) => this.place(other) };
  }

  /** Takes over changed constants. */
  refresh(): void {
    this.own.constants.set(this.constants);
  }

  rhs(t: number, y: Float64Array, dy: Float64Array): void {
    this.state.set(y);
    this.own.run(this.state.byteOffset, 0, this.change);
    dy.set(this.change);
    this.addLaws(t, y, dy);
  }

  jacobianTimes(t: number, y: Float64Array, v: Float64Array, out: Float64Array): void {
    this.state.set(y);
    this.direction.set(v);
    this.own.run(this.state.byteOffset, this.direction.byteOffset, this.change);
    out.set(this.change);
    this.addLawTangents(t, y, v, out);
  }

  nonZeros(): SparseJacobian | undefined {
    return (this.listed ??= { jacobian: this.listNonZeros() }).jacobian;
  }

  private listNonZeros(): SparseJacobian | undefined {
    const { loops, laws, dimension: n, constants, parameters } = this;
    const own = loops.reduce((sum, loop) => sum + entriesOf(loop), 0), lawStart = own;
    const count = laws.reduce((sum, { law, by }) => sum + law.count * law.speciesLoads * by.length, own);
    if (count > MOST_NON_ZEROS) return undefined;
    const rows = new Int32Array(count), columns = new Int32Array(count);
    let used = 0;
    for (const loop of loops) used = listEntries(loop, rows, columns, used);
    for (const { law, components, by } of laws) {
      for (let r = 0; r < law.count; r++) {
        for (let k = 0; k < law.speciesLoads; k++) {
          for (let c = 0; c < by.length; c++) {
            rows[used] = components[r * by.length + c]!;
            columns[used++] = law.loads.components[r * law.speciesLoads + k]!;
          }
        }
      }
    }
    const { pattern, position } = patternOf(n, rows, columns);
    return {
      pattern,
      bytes: PlacedLoops.bytes(loops, constants) + Arena.bytes([], [own]),
      place(arena) {
        const placed = new PlacedLoops(loops, constants, arena), positions = arena.words(own);
        for (let p = 0; p < own; p++) positions[p] = 8 * position[p]!;
        return (t, y, values) => {
          placed.constants.set(constants);
          placed.jacobian(y.byteOffset, positions.byteOffset, values);
          let at = lawStart;
          for (const { law, by } of laws) {
            const loads = law.speciesLoads, width = by.length, partial = new Float64Array(loads), identity = Int32Array.from(partial, (_, k) => k);
            for (let r = 0; r < law.count; r++) {
              law.tape.value(t, y, parameters, law.loads, r * loads, r * law.parameterLoads, r * law.counterLoads);
              partial.fill(0);
              law.tape.gradient(1, partial, identity, 0);
              for (let k = 0; k < loads; k++) for (let c = 0; c < width; c++) values[position[at]!]! += by[c]! * partial[k]!, at++;
            }
          }
        };
      },
    };
  }

  private place(arena: Arena): OdeSystem {
    const loops = new PlacedLoops(this.loops, this.constants, arena);
    return {
      dimension: this.dimension,
      nonNegative: this.nonNegative,
      rhs: (t, y, dy) => {
        loops.run(y.byteOffset, 0, dy);
        this.addLaws(t, y, dy);
      },
      jacobianTimes: (t, y, v, out) => {
        loops.run(y.byteOffset, v.byteOffset, out);
        this.addLawTangents(t, y, v, out);
      },
    };
  }

  private addLaws(t: number, y: Float64Array, dy: Float64Array): void {
    for (const { law, components, by } of this.laws) {
      const width = by.length;
      for (let r = 0; r < law.count; r++) {
        const rate = law.tape.value(t, y, this.parameters, law.loads, r * law.speciesLoads, r * law.parameterLoads, r * law.counterLoads);
        for (let k = 0; k < width; k++) dy[components[r * width + k]!]! += by[k]! * rate;
      }
    }
  }

  private addLawTangents(t: number, y: Float64Array, v: Float64Array, out: Float64Array): void {
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

/** The loops and constants of a system in an arena, where the vectors that they run on lie too. */
class PlacedLoops {
  readonly constants: Float64Array;
  private readonly arena: Arena;
  /** Addresses of the loops' tables. */
  private readonly tables: readonly number[];

  constructor(loops: readonly Loop[], constants: Float64Array, arena: Arena) {
    this.arena = arena;
    this.tables = loops.map((loop) => layOut(loop, arena));
    this.constants = arena.doubles(constants.length);
    this.constants.set(constants);
  }

  static bytes(loops: readonly Loop[], constants: Float64Array): number {
    return loops.reduce((sum, loop) => sum + loopBytes(loop), Arena.bytes([constants.length]));
  }

  /** Writes into out what all loops give at the state of an address: rates (v = 0), or their derivatives along the vector at v. */
  run(y: number, v: number, out: Float64Array): void {
    const { arena: { kernels }, constants: { byteOffset: constants } } = this, to = out.byteOffset;
    out.fill(0);
    for (const table of this.tables) kernels.familyLoop(table, constants, y, v, to);
  }

  /** Writes the Jacobian's non-zeros at the state of an address; positions: where each goes, in the order of `listEntries`. */
  jacobian(y: number, positions: number, values: Float64Array): void {
    const { arena: { kernels }, constants: { byteOffset: constants } } = this;
    values.fill(0);
    for (const table of this.tables) positions = kernels.familyJacobian(table, constants, y, positions, values.byteOffset);
  }
}

/** Non-zeros that a loop's reactions give to the Jacobian, one for each reactant and species that changes. */
function entriesOf({ extents, reactants, changes }: Loop): number {
  return extents.reduce((product, extent) => product * extent, reactants.length * changes.length);
}

/** Lists their rows and columns from `used` on, in the order in which the kernel comes to them. @returns where the list ends */
function listEntries({ extents, reactants, changes }: Loop, rows: Int32Array, columns: Int32Array, used: number): number {
  const counters = new Int32Array(extents.length), at = ({ base, strides }: Place): number => strides.reduce((sum, stride, v) => sum + stride * counters[v]!, base);
  const count = extents.reduce((product, extent) => product * extent, 1);
  for (let r = 0; r < count; r++) {
    for (const reactant of reactants) {
      const column = at(reactant);
      for (const change of changes) { rows[used] = at(change); columns[used++] = column; }
    }
    for (let v = extents.length - 1; v >= 0 && ++counters[v]! >= extents[v]!; v--) counters[v] = 0;
  }
  return used;
}

/** The same loop with another variable innermost: the one along which most operands move by one component or not at all. */
function contiguous(loop: Loop): Loop {
  const { extents, reactants, changes, constant } = loop, rank = extents.length;
  const places = [constant, ...reactants, ...changes];
  const cost = (v: number): number => places.reduce((sum, place) => sum + (place.strides[v] === 1 ? 1 : place.strides[v] === 0 ? 1.5 : 8), 0) * (1 + 16 / extents[v]!);
  let best = rank - 1;
  for (let v = rank - 2; v >= 0; v--) if (cost(v) < cost(best)) best = v;
  if (rank === 0 || best === rank - 1) return loop;
  const moved = <T>(list: readonly T[]): T[] => [...list.filter((_, v) => v !== best), list[best]!];
  const move = <P extends Place>(place: P): P => ({ ...place, strides: moved(place.strides) });
  return { extents: moved(extents), reactants: reactants.map(move), changes: changes.map(move), constant: move(constant) };
}

function loopWords({ extents, reactants, changes }: Loop): { readonly table: number; readonly scratch: number } {
  const rank = extents.length, places = 1 + reactants.length + changes.length;
  return { table: Layout.EXTENTS + rank + places * (rank + 1), scratch: rank + 2 * places };
}

function loopBytes(loop: Loop): number {
  const { table, scratch } = loopWords(loop);
  return Arena.bytes([loop.changes.length], [table, scratch]);
}

/** @returns the address of the loop's table */
function layOut(loop: Loop, arena: Arena): number {
  const { extents, reactants, changes, constant } = loop, rank = extents.length, places = [constant, ...reactants, ...changes];
  const words = loopWords(loop), table = arena.words(words.table), scratch = arena.words(words.scratch);
  table[Layout.RANK] = rank;
  table[Layout.REACTANTS] = reactants.length;
  table[Layout.CHANGES] = changes.length;
  table[Layout.BY] = arena.put(Float64Array.from(changes, ({ by }) => by));
  table[Layout.SCRATCH] = scratch.byteOffset;
  table.set(extents, Layout.EXTENTS);
  places.forEach((place, p) => {
    table.set([8 * place.base, ...place.strides.map((stride) => 8 * stride)], Layout.EXTENTS + rank + p * (rank + 1));
    scratch[rank + places.length + p] = rank === 0 ? 0 : 8 * place.strides[rank - 1]!;
  });
  return table.byteOffset;
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
