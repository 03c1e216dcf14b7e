/** From a network to an ODE system, once; parameters may change afterwards without building anything anew. */
import {
  familyCount, flatPosition, advance, initialState, parameterValues, unroll, unrolledCount,
  type Network, type ParameterValues, type ReactionFamily,
} from '../../chemistry/index.ts';
import { pollOf, sparingly, type Poll } from '../cancel.ts';
import { Calendar } from '../forcing/calendar.ts';
import { timeParts } from '../forcing/parts.ts';
import type { Cancel, OdeSystem } from '../system.ts';
import { ConstantSlots } from './constants.ts';
import { FamilySystem, type FamilyLaw } from './family-system.ts';
import { FluxSystem } from './flux-system.ts';
import { buildFluxes } from './fluxes.ts';
import type { FamilyConstant } from './loops.ts';
import { compileLaw, isPlainMassAction, keepsNonNegative, mentions, rateExpression, type PlacedLaw } from './laws.ts';

export interface CompileOptions {
  /** Names of groups whose reactions are left out. */
  readonly without?: readonly string[];
  /** Networks of up to so many reactions are written out (sparse Jacobian); larger ones stay families. Default 150,000. */
  readonly unrollLimit?: number;
  /** Asked every few milliseconds; true ends the work with `Cancelled`. */
  readonly cancel?: Cancel;
}

export interface CompiledNetwork {
  readonly network: Network;
  readonly system: OdeSystem;
  /** `written out`: fluxes with a sparse Jacobian; `families`: dense loops and products J·v. */
  readonly form: 'written out' | 'families';
  /** No rate depends on time. */
  readonly autonomous: boolean;
  readonly parameters: ParameterValues;
  /** Takes other parameter values (same network, same layout); structure stays. */
  setParameters(values: ParameterValues): void;
  /** The state at time 0 for the present parameters. */
  initialState(): Float64Array;
}

const UNROLL_LIMIT = 150_000;
/** Families between two polls. */
const FAMILIES = 200;

/**
 * @throws UnrollError or RangeError when a reaction or rate law reaches outside an array; Cancelled
 */
export function compileNetwork(network: Network, values: ParameterValues = parameterValues(network), options: CompileOptions = {}): CompiledNetwork {
  const left = new Set(options.without ?? []);
  const families = left.size === 0 ? network.families : network.families.filter((family) => !family.groups.some((group) => left.has(group)));
  const used: Network = left.size === 0 ? network : { ...network, families };
  // The compiled system reads this copy, so that the caller's values stay the caller's.
  const parameters: ParameterValues = { values: Float64Array.from(values.values), start: values.start };
  const slots = new ConstantSlots(network);
  const written = unrolledCount(used) <= (options.unrollLimit ?? UNROLL_LIMIT);
  const poll = pollOf(options.cancel), build = written ? writeOut(used, parameters, slots, poll) : keepFamilies(used, parameters, slots, poll);
  const { system, constants, refresh } = build, autonomous = families.every((family) => !mentions(rateExpression(family), 'time'));
  if (!autonomous) system.calendar = (t0, t1) => new Calendar(timeParts(network, families, parameters), t0, t1);
  return {
    network, system, parameters,
    form: written ? 'written out' : 'families',
    autonomous,
    setParameters(next) {
      parameters.values.set(next.values);
      slots.evaluate(parameters, constants);
      system.nonNegative = staysNonNegative(families, parameters, constants);
      refresh();
    },
    initialState: () => initialState(network, parameters),
  };
}

interface Build {
  readonly system: FluxSystem | FamilySystem;
  readonly constants: Float64Array;
  readonly refresh: () => void;
}

function fixedComponents(network: Network): Uint8Array {
  const fixed = new Uint8Array(network.dimension);
  for (const block of network.blocks) if (block.kind === 'fixed') fixed.fill(1, block.offset, block.offset + block.size);
  return fixed;
}

function staysNonNegative(families: readonly ReactionFamily[], parameters: ParameterValues, constants: Float64Array): boolean {
  return constants.every((k) => k >= 0) && families.every((family) => isPlainMassAction(family) || keepsNonNegative(family, parameters));
}

function writeOut(network: Network, parameters: ParameterValues, slots: ConstantSlots, poll: Poll): Build {
  const unrolled = unroll(network, { limit: Infinity, poll });
  const slotOf = new Int32Array(unrolled.count);
  const laws: { readonly family: number; readonly compiled: ReturnType<typeof compileLaw> }[] = [];
  const perFamily = sparingly(poll, FAMILIES);
  network.families.forEach((family, f) => {
    perFamily();
    const first = unrolled.familyStart[f]!, end = unrolled.familyStart[f + 1]!;
    if (isPlainMassAction(family) && family.rate.kind === 'mass action') {
      const slot = slots.add(family, family.rate.constant);
      for (let r = first; r < end; r++) slotOf[r] = slot.first + slot.step * (r - first);
    } else {
      slotOf.fill(-1, first, end);
      laws.push({ family: f, compiled: compileLaw(network, family, parameters) });
    }
  });
  const constants = new Float64Array(slots.count);
  slots.evaluate(parameters, constants);
  poll();
  const fluxes = buildFluxes(unrolled, network.dimension, fixedComponents(network), slotOf, poll);
  const placed = laws.map(({ family, compiled }): PlacedLaw => {
    const first = unrolled.familyStart[family]!, end = unrolled.familyStart[family + 1]!;
    return { ...compiled, flux: fluxes.lawFlux.slice(first, end), sign: fluxes.lawSign.slice(first, end) };
  });
  const system = new FluxSystem(fluxes, placed, constants, parameters.values, staysNonNegative(network.families, parameters, constants), poll);
  return { system, constants, refresh: () => { system.refresh(); } };
}

function keepFamilies(network: Network, parameters: ParameterValues, slots: ConstantSlots, poll: Poll): Build {
  const massAction: FamilyConstant[] = [], laws: FamilyLaw[] = [];
  for (const family of network.families) {
    poll();
    if (familyCount(family) === 0) continue;
    if (isPlainMassAction(family) && family.rate.kind === 'mass action') {
      const slot = slots.add(family, family.rate.constant);
      massAction.push({ family, first: slot.first, step: slot.step });
    } else {
      laws.push(placeLaw(network, family, parameters));
    }
  }
  const constants = new Float64Array(slots.count);
  slots.evaluate(parameters, constants);
  const system = new FamilySystem(network, massAction, laws, constants, parameters.values, staysNonNegative(network.families, parameters, constants));
  return { system, constants, refresh: () => { system.refresh(); } };
}

function placeLaw(network: Network, family: ReactionFamily, parameters: ParameterValues): FamilyLaw {
  const law = compileLaw(network, family, parameters);
  const terms = [
    ...family.reactants.map((term) => ({ term, by: -term.stoichiometry })),
    ...family.products.map((term) => ({ term, by: term.stoichiometry })),
  ].filter(({ term }) => network.blocks[term.block]!.kind !== 'fixed');
  const components = new Int32Array(law.count * terms.length), counters = new Int32Array(family.variables.length);
  for (let r = 0; r < law.count; r++) {
    terms.forEach(({ term }, k) => {
      const { offset, axes } = network.blocks[term.block]!;
      components[r * terms.length + k] = offset + flatPosition(term.index, axes, counters);
    });
    advance(counters, family);
  }
  return { family, law, components, by: Float64Array.from(terms, ({ by }) => by) };
}
