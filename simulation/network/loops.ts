/**
 * Reaction families as loops over affine places: signs are unfolded (two values each), after which every operand is an affine function of
 * the loop counters, a base and one stride a variable.
 */
import type { Network, Operand, ReactionFamily } from '../../chemistry/index.ts';

/** An operand's component at counters c: base + Σ strides[v]·c_v over the index variables. */
export interface Place {
  readonly base: number;
  readonly strides: readonly number[];
}

export interface Change extends Place {
  readonly by: number;
}

/** One family at one choice of its signs. */
export interface Loop {
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

/** Non-zeros that a loop's reactions give to the Jacobian, one for each reactant and species that changes. */
export function entriesOf({ extents, reactants, changes }: Loop): number {
  return extents.reduce((product, extent) => product * extent, reactants.length * changes.length);
}

/** Lists their rows and columns from `used` on, in the order in which the kernel comes to them. @returns where the list ends */
export function listEntries({ extents, reactants, changes }: Loop, rows: Int32Array, columns: Int32Array, used: number): number {
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
export function contiguous(loop: Loop): Loop {
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

/** The loops of a family, one for each choice of its signs; extents in the order of its index variables. */
export function loopsOf(network: Network, { family, first, step }: FamilyConstant): Loop[] {
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
