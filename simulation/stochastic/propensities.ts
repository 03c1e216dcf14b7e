/**
 * Propensities of a written-out network. Mass action at Ω molecules per unit of concentration: k·Ω^(1−order)·Π n(n−1)…(n−ν+1),
 * no division by ν!, so that Ω → ∞ gives the rate equation. Other rate laws: law(n/Ω)·Ω. Fixed species keep their n; their
 * factors are part of the constant. A reaction that would take more molecules than there are does not happen.
 * Constants that depend on time are those of the time last asked for (`at`). Everything is in typed arrays; parameters, Ω and fixed species may
 * change without building anew.
 */
import { t } from '../../l10n/index.ts';
import {
  familyText, unroll, type Network, type ParameterValues, type ReactionFamily, type UnrolledNetwork,
} from '../../chemistry/index.ts';
import { go, pollOf, sparingly, type Poll } from '../cancel.ts';
import type { Cancel } from '../system.ts';
import { ConstantSlots } from '../network/constants.ts';
import { compileLaw, mentions, rateExpression, type LawFamily } from '../network/laws.ts';
import { StochasticError } from './error.ts';

export interface PropensityOptions {
  /** Names of groups whose reactions are left out. */
  readonly without?: readonly string[];
  /** Asked every few milliseconds while the reactions are written out; true ends the work with `Cancelled`. */
  readonly cancel?: Cancel;
}

/** More molecules of one species in one reaction than this is a slip. */
const MOST_MOLECULES = 1000;
/** Reactions between two polls. */
const REACTIONS = 4096;

export class Propensities {
  readonly network: Network;
  /** Number of reactions. */
  readonly count: number;
  /** Components of the state; two more slots, always 1, stand in for missing reactants. */
  readonly dimension: number;
  /**
   * Mass action of up to two reactant molecules: constant·n[first]·(n[second] − (first = second ? 1 : 0)). `first` and `second`
   * are dimension or dimension + 1 where there is no such reactant.
   */
  readonly first: Int32Array;
  readonly second: Int32Array;
  readonly constant: Float64Array;
  /** Further factors n[extraSpecies] − extraOffset of reaction r: entries extraStart[r] … extraStart[r + 1] − 1. */
  readonly extraStart: Int32Array;
  readonly extraSpecies: Int32Array;
  readonly extraOffset: Float64Array;
  /** 0: the pair is all; 1: there are further factors; 2: a rate law. */
  readonly kind: Uint8Array;
  /** What an event of reaction r changes, fixed species left out. */
  readonly changeStart: Int32Array;
  readonly changeSpecies: Int32Array;
  readonly changeBy: Float64Array;
  /** Reactions whose propensity depends on species s: entries dependentStart[s] … dependentStart[s + 1] − 1, ascending. */
  readonly dependentStart: Int32Array;
  readonly dependentReaction: Int32Array;
  /** 1 where a rate law reads the species. */
  readonly inLaw: Uint8Array;
  readonly hasLaws: boolean;
  /** No rate depends on time. */
  readonly autonomous: boolean;
  /** Concentrations n/Ω; kept up only for species that rate laws read. */
  readonly concentration: Float64Array;
  readonly fixed: Uint8Array;
  /** Family of a reaction, by position in `network.families`. */
  readonly family: Int32Array;
  /** Molecules per unit of concentration. */
  omega = 1;
  /** Counts are whole numbers; false for Langevin steps, where part of a molecule may react away. */
  whole = true;
  private readonly unrolled: UnrolledNetwork;
  private readonly slots: ConstantSlots;
  private readonly slotOf: Int32Array;
  private readonly slotValues: Float64Array;
  private readonly laws: readonly LawFamily[];
  /** For kind 2: which law, and which of its reactions. */
  private readonly lawOf: Int32Array;
  private readonly lawRow: Int32Array;
  private readonly parameters: ParameterValues;
  /** Families that are not left out. */
  readonly families: readonly ReactionFamily[];
  private graph: { readonly start: Int32Array; readonly reaction: Int32Array } | undefined;

  /** @throws StochasticError when molecules cannot be counted in whole numbers; UnrollError beyond two million reactions; Cancelled */
  constructor(network: Network, parameters: ParameterValues, options: PropensityOptions = {}) {
    const left = new Set(options.without ?? []);
    const kept = network.families.map((_, f) => f).filter((f) => !network.families[f]!.groups.some((group) => left.has(group)));
    const families = kept.map((f) => network.families[f]!), used: Network = { ...network, families };
    const poll = pollOf(options.cancel), unrolled = unroll(used, { poll }), count = unrolled.count, n = network.dimension;
    this.network = network;
    this.families = families;
    this.count = count;
    this.dimension = n;
    this.unrolled = unrolled;
    this.family = Int32Array.from(unrolled.family, (f) => kept[f]!);
    this.parameters = { values: Float64Array.from(parameters.values), start: parameters.start };
    this.fixed = new Uint8Array(n);
    for (const block of network.blocks) if (block.kind === 'fixed') this.fixed.fill(1, block.offset, block.offset + block.size);

    poll();
    this.slots = new ConstantSlots(used);
    this.slotOf = new Int32Array(count).fill(-1);
    this.lawOf = new Int32Array(count).fill(-1);
    this.lawRow = new Int32Array(count);
    const laws: LawFamily[] = [];
    families.forEach((family, f) => {
      checkWhole(network, family, kept[f]!);
      const from = unrolled.familyStart[f]!, to = unrolled.familyStart[f + 1]!;
      if (family.rate.kind === 'mass action') {
        const slot = this.slots.add(family, family.rate.constant);
        for (let r = from; r < to; r++) this.slotOf[r] = slot.first + slot.step * (r - from);
      } else {
        for (let r = from; r < to; r++) { this.lawOf[r] = laws.length; this.lawRow[r] = r - from; }
        laws.push(compileLaw(used, family, this.parameters));
      }
    });
    this.laws = laws;
    this.hasLaws = laws.length > 0;
    this.autonomous = families.every((family) => !mentions(rateExpression(family), 'time'));
    this.slotValues = new Float64Array(this.slots.count);

    poll();
    const changes = netChanges(unrolled, n, this.fixed, poll);
    this.changeStart = changes.start;
    this.changeSpecies = changes.species;
    this.changeBy = changes.by;

    poll();
    const factors = this.factors();
    this.first = factors.first;
    this.second = factors.second;
    this.kind = factors.kind;
    this.extraStart = factors.extraStart;
    this.extraSpecies = factors.extraSpecies;
    this.extraOffset = factors.extraOffset;
    this.constant = new Float64Array(count);
    this.concentration = new Float64Array(n);
    this.inLaw = new Uint8Array(n);
    poll();
    const dependents = this.dependents();
    this.dependentStart = dependents.start;
    this.dependentReaction = dependents.reaction;
  }

  /**
   * Takes parameter values, molecules per unit of concentration and the counts of fixed species (in `counts`, length ≥ dimension).
   * @throws StochasticError for a rate constant that is negative or not a number
   */
  prepare(parameters: ParameterValues, omega: number, counts: Float64Array): void {
    this.parameters.values.set(parameters.values);
    this.omega = omega;
    for (let s = 0; s < this.dimension; s++) this.concentration[s] = counts[s]! / omega;
    this.at(0, counts);
  }

  /**
   * Takes the rate constants of a time; `counts`: of fixed species.
   * @throws StochasticError for a rate constant that is negative or not a number
   */
  at(time: number, counts: Float64Array): void {
    const { omega } = this;
    this.slots.evaluate(this.parameters, this.slotValues, time);
    const { constant, slotOf, slotValues, unrolled, fixed } = this;
    const { reactantStart, reactantComponent, reactantStoichiometry } = unrolled;
    for (let r = 0; r < this.count; r++) {
      const slot = slotOf[r]!;
      if (slot < 0) continue;
      const k = slotValues[slot]!;
      if (!(k >= 0) || k === Infinity) this.refuseConstant(r, k);
      let order = 0, c = k;
      for (let p = reactantStart[r]!; p < reactantStart[r + 1]!; p++) {
        const nu = reactantStoichiometry[p]!, s = reactantComponent[p]!;
        order += nu;
        if (fixed[s] === 1) for (let m = 0; m < nu; m++) c *= Math.max(0, counts[s]! - m);
      }
      constant[r] = order === 1 ? c : c * omega ** (1 - order);
    }
  }

  /** Propensity of a reaction; rate laws take `concentration`, which must be up to date for the species they read. */
  value(r: number, counts: Float64Array, t: number): number {
    const kind = this.kind[r]!;
    if (kind === 2) return this.lawValue(r, counts, t);
    const i = this.first[r]!, j = this.second[r]!;
    let a = this.constant[r]! * counts[i]! * (i === j ? counts[j]! - 1 : counts[j]!);
    if (kind === 1) for (let p = this.extraStart[r]!; p < this.extraStart[r + 1]!; p++) a *= Math.max(0, counts[this.extraSpecies[p]!]! - this.extraOffset[p]!);
    return a > 0 ? a : 0;
  }

  /** Largest propensity of a mass-action reaction while no count exceeds `high`. */
  bound(r: number, high: Float64Array): number {
    return this.value(r, high, 0);
  }

  private lawValue(r: number, counts: Float64Array, t: number): number {
    if (this.whole) {
      for (let p = this.changeStart[r]!; p < this.changeStart[r + 1]!; p++) if (counts[this.changeSpecies[p]!]! + this.changeBy[p]! < 0) return 0;
    }
    const law = this.laws[this.lawOf[r]!]!, row = this.lawRow[r]!;
    return this.omega * law.tape.value(t, this.concentration, this.parameters.values, law.loads,
      row * law.speciesLoads, row * law.parameterLoads, row * law.counterLoads);
  }

  /** Reactions whose propensities may change when reaction r happens: entries start[r] … start[r + 1] − 1. Built when first asked for. @param poll what it throws ends the work */
  reactionGraph(poll: Poll = go): { readonly start: Int32Array; readonly reaction: Int32Array } {
    return this.graph ??= this.buildGraph(sparingly(poll, 100));
  }

  /** How a reaction reads, for messages. */
  describe(r: number): string {
    const family = this.network.families[this.family[r]!]!;
    return family.label === undefined ? `“${familyText(this.network, family)}”` : `${family.label} (“${familyText(this.network, family)}”)`;
  }

  private refuseConstant(r: number, k: number): never {
    const reaction = this.describe(r);
    throw new StochasticError(k < 0 ? t('The rate constant of {0} is {1}: a propensity cannot be negative. Turn the reaction round or make the constant positive.', reaction, k)
      : t('The rate constant of {0} is not a finite number. Look at the parameters it is made of.', reaction), { family: this.family[r]! });
  }

  private factors() {
    const { count, dimension: n, unrolled, slotOf, fixed } = this;
    const first = new Int32Array(count).fill(n), second = new Int32Array(count).fill(n + 1), kind = new Uint8Array(count);
    const extraStart = new Int32Array(count + 1), extraSpecies: number[] = [], extraOffset: number[] = [];
    for (let r = 0; r < count; r++) {
      if (slotOf[r]! < 0) kind[r] = 2;
      else {
        let seen = 0;
        for (let p = unrolled.reactantStart[r]!; p < unrolled.reactantStart[r + 1]!; p++) {
          const s = unrolled.reactantComponent[p]!;
          if (fixed[s] === 1) continue;
          for (let m = 0; m < unrolled.reactantStoichiometry[p]!; m++, seen++) {
            if (seen === 0) first[r] = s;
            // A lone second factor n − m belongs to the pair only as n_second or as the same species' n − 1.
            else if (seen === 1) second[r] = s;
            else { extraSpecies.push(s); extraOffset.push(m); kind[r] = 1; }
          }
        }
      }
      extraStart[r + 1] = extraSpecies.length;
    }
    return { first, second, kind, extraStart, extraSpecies: Int32Array.from(extraSpecies), extraOffset: Float64Array.from(extraOffset) };
  }

  /** Species → reactions, by counting and filling. */
  private dependents(): { start: Int32Array; reaction: Int32Array } {
    const { count, dimension: n, unrolled, kind, fixed } = this;
    const start = new Int32Array(n + 1), lastSeen = new Int32Array(n);
    let reaction = new Int32Array(0), cursor = new Int32Array(0);
    for (let pass = 0; pass < 2; pass++) {
      lastSeen.fill(-1);
      const visit = (s: number, r: number): void => {
        if (fixed[s] === 1 || lastSeen[s] === r) return;
        lastSeen[s] = r;
        if (pass === 0) start[s + 1]!++;
        else reaction[cursor[s]!++] = r;
      };
      for (let r = 0; r < count; r++) {
        if (kind[r] !== 2) {
          for (let p = unrolled.reactantStart[r]!; p < unrolled.reactantStart[r + 1]!; p++) visit(unrolled.reactantComponent[p]!, r);
          continue;
        }
        const law = this.laws[this.lawOf[r]!]!, from = this.lawRow[r]! * law.speciesLoads;
        for (let p = 0; p < law.speciesLoads; p++) {
          const s = law.loads.components[from + p]!;
          this.inLaw[s] = 1;
          visit(s, r);
        }
        for (let p = this.changeStart[r]!; p < this.changeStart[r + 1]!; p++) if (this.changeBy[p]! < 0) visit(this.changeSpecies[p]!, r);
      }
      if (pass === 0) {
        for (let s = 0; s < n; s++) start[s + 1]! += start[s]!;
        reaction = new Int32Array(start[n]!);
        cursor = start.slice(0, n);
      }
    }
    return { start, reaction };
  }

  private buildGraph(poll: Poll): { start: Int32Array; reaction: Int32Array } {
    const { count, changeStart, changeSpecies, dependentStart, dependentReaction } = this;
    const start = new Int32Array(count + 1), stamp = new Int32Array(count).fill(-1);
    let reaction = new Int32Array(0);
    for (let pass = 0; pass < 2; pass++) {
      stamp.fill(-1);
      let end = 0;
      for (let r = 0; r < count; r++) {
        poll();
        for (let p = changeStart[r]!; p < changeStart[r + 1]!; p++) {
          const s = changeSpecies[p]!;
          for (let q = dependentStart[s]!; q < dependentStart[s + 1]!; q++) {
            const other = dependentReaction[q]!;
            if (stamp[other] === r) continue;
            stamp[other] = r;
            if (pass === 1) reaction[end] = other;
            end++;
          }
        }
        start[r + 1] = end;
      }
      if (pass === 0) reaction = new Int32Array(end);
    }
    return { start, reaction };
  }
}

function checkWhole(network: Network, family: ReactionFamily, position: number): void {
  for (const term of [...family.reactants, ...family.products]) {
    const nu = term.stoichiometry, reaction = `“${familyText(network, family)}”`, at = { family: position };
    if (!Number.isInteger(nu)) {
      throw new StochasticError(t('{0} takes or makes {1} molecules at once, but molecules come in whole numbers. Use whole coefficients, or simulate the rate equations.', reaction, nu), at);
    }
    if (nu > MOST_MOLECULES && family.reactants.includes(term)) {
      throw new StochasticError(t('{0} takes {1} molecules at once; up to {2} can be counted.', reaction, nu, MOST_MOLECULES), at);
    }
  }
}

/** Net change of free species by reaction, zeros left out. */
function netChanges(unrolled: UnrolledNetwork, n: number, fixed: Uint8Array, ask: Poll): { start: Int32Array; species: Int32Array; by: Float64Array } {
  const poll = sparingly(ask, REACTIONS);
  const { count, reactantStart, reactantComponent, reactantStoichiometry, productStart, productComponent, productStoichiometry } = unrolled;
  const room = reactantComponent.length + productComponent.length;
  const start = new Int32Array(count + 1), species = new Int32Array(room), by = new Float64Array(room), slot = new Int32Array(n).fill(-1);
  let end = 0;
  for (let r = 0; r < count; r++) {
    poll();
    const from = end;
    const add = (s: number, nu: number): void => {
      if (fixed[s] === 1) return;
      const at = slot[s]!;
      if (at >= from && at < end && species[at] === s) by[at]! += nu;
      else { slot[s] = end; species[end] = s; by[end++] = nu; }
    };
    for (let p = reactantStart[r]!; p < reactantStart[r + 1]!; p++) add(reactantComponent[p]!, -reactantStoichiometry[p]!);
    for (let p = productStart[r]!; p < productStart[r + 1]!; p++) add(productComponent[p]!, productStoichiometry[p]!);
    let kept = from;
    for (let p = from; p < end; p++) if (by[p] !== 0) { species[kept] = species[p]!; by[kept++] = by[p]!; }
    end = kept;
    start[r + 1] = end;
  }
  return { start, species: species.slice(0, end), by: by.slice(0, end) };
}
