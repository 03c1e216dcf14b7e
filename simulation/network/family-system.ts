/**
 * The ODE system of a network kept as families: each family a dense loop over its index ranges, nothing written out. For
 * networks whose reactions are too many to list; Newton's method then works with products J·v alone.
 *
 * Sign variables are unfolded (two values each), after which every operand is an affine function of the loop counters:
 * a base and one stride a variable. The loops are WebAssembly (`../kernels/assembly/families.ts`); here they are laid out, with
 * that variable innermost along which most operands are contiguous.
 */
import type { Network, ReactionFamily } from '../../chemistry/index.ts';
import { go, type Poll } from '../cancel.ts';
import { Arena } from '../kernels/arena.ts';
import * as Layout from '../kernels/layout-families.ts';
import { patternOf } from '../linear/pattern.ts';
import type { OdeSystem, PartedSystem, SparseJacobian } from '../system.ts';
import type { LawFamily } from './laws.ts';
import { contiguous, entriesOf, listEntries, loopsOf, type FamilyConstant, type Loop } from './loops.ts';
import { Parting } from './parting.ts';

export interface FamilyLaw {
  readonly family: ReactionFamily;
  readonly law: LawFamily;
  /** Net changes by reaction: components[r·width + k], one coefficient a column. */
  readonly components: Int32Array;
  readonly by: Float64Array;
}

/** Non-zeros (a reaction's are counted apart) that are listed at most. */
const MOST_NON_ZEROS = 6_000_000;
/** Networks of fewer components are not worth parting. */
const PARTED = 2000;

export class FamilySystem implements OdeSystem {
  readonly dimension: number;
  nonNegative: boolean;
  calendar: OdeSystem['calendar'];
  readonly inside: NonNullable<OdeSystem['inside']>;
  private readonly laws: readonly FamilyLaw[];
  private readonly parameters: Float64Array;
  private readonly constants: Float64Array;
  private readonly loops: readonly Loop[];
  private readonly network: Network;
  private readonly massAction: readonly FamilyConstant[];
  private memory: { readonly loops: PlacedLoops; readonly state: Float64Array; readonly direction: Float64Array; readonly change: Float64Array } | undefined;
  /** It is integrated once, which listing its non-zeros is not worth, nor parting it again. */
  private readonly once: boolean;
  private parting: { readonly found: Parting | undefined } | undefined;
  private listed: { readonly jacobian: SparseJacobian | undefined } | undefined;

  constructor(
    network: Network, massAction: readonly FamilyConstant[], laws: readonly FamilyLaw[],
    constants: Float64Array, parameters: Float64Array, nonNegative: boolean, once = false,
  ) {
    this.dimension = network.dimension;
    this.network = network;
    this.massAction = massAction;
    this.nonNegative = nonNegative;
    this.once = once;
    this.laws = laws;
    this.constants = constants;
    this.parameters = parameters;
    this.loops = massAction.flatMap((entry) => loopsOf(network, entry)).map(contiguous);
    this.inside = { bytes: PlacedLoops.bytes(this.loops, constants), place: (other) => this.place(other) };
  }

  /** Takes over changed constants. */
  refresh(): void {
    this.memory?.loops.constants.set(this.constants);
  }

  /** Loops and vectors for callers whose vectors lie anywhere. */
  private get own(): NonNullable<FamilySystem['memory']> {
    if (this.memory !== undefined) return this.memory;
    const { loops, constants, dimension: n } = this, arena = new Arena(PlacedLoops.bytes(loops, constants) + Arena.bytes([n, n, n]));
    return this.memory = { loops: new PlacedLoops(loops, constants, arena), state: arena.doubles(n), direction: arena.doubles(n), change: arena.doubles(n) };
  }

  rhs(t: number, y: Float64Array, dy: Float64Array): void {
    const { loops, state, change } = this.own;
    state.set(y);
    loops.run(state.byteOffset, 0, change);
    dy.set(change);
    this.addLaws(t, y, dy);
  }

  jacobianTimes(t: number, y: Float64Array, v: Float64Array, out: Float64Array): void {
    const { loops, state, direction, change } = this.own;
    state.set(y);
    direction.set(v);
    loops.run(state.byteOffset, direction.byteOffset, change);
    out.set(change);
    this.addLawTangents(t, y, v, out);
  }

  /** What has to be integrated from a state when fixed species of amount 0 leave others to themselves (`parting.ts`). */
  part(y0: Float64Array, span: number): PartedSystem | undefined {
    if (this.once || this.laws.length > 0 || this.dimension < PARTED) return undefined;
    this.parting ??= { found: Parting.find(this.network, this.massAction) };
    const parted = this.parting.found?.at(y0, this.constants, span);
    if (parted === undefined) return undefined;
    const { network, massAction, constants, components, rest } = parted;
    return { system: new FamilySystem(network, massAction, [], constants, this.parameters, this.nonNegative, true), components, rest };
  }

  nonZeros(poll: Poll = go): SparseJacobian | undefined {
    return (this.listed ??= { jacobian: this.once ? undefined : this.listNonZeros(poll) }).jacobian;
  }

  private listNonZeros(poll: Poll): SparseJacobian | undefined {
    const { loops, laws, dimension: n, constants, parameters } = this;
    const own = loops.reduce((sum, loop) => sum + entriesOf(loop), 0), lawStart = own;
    const count = laws.reduce((sum, { law, by }) => sum + law.count * law.speciesLoads * by.length, own);
    if (count > MOST_NON_ZEROS) return undefined;
    const rows = new Int32Array(count), columns = new Int32Array(count);
    let used = 0;
    for (const loop of loops) {
      poll();
      used = listEntries(loop, rows, columns, used);
    }
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
    poll();
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
              for (let k = 0; k < loads; k++) for (let c = 0; c < width; c++) values[position[at++]!]! += by[c]! * partial[k]!;
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
