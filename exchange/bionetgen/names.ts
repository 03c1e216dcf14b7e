/** Identifiers for species: the pattern's own words where they are few and say enough, else S and the number in the file. */

/** Words a name in .crn may not take, and those it would hide. */
const TAKEN = new Set([
  'units', 'param', 'species', 'fixed', 'dual', 'ode', 'for', 'module', 'use', 'group', 'import', 'simulate', 'expect', 'rate', 'in', 'signs',
  'within', 'activation', 'neuron', 'network', 'data', 'train', 'noise', 'sweep', 'conserved', 'time', 'pi', 'uniform', 'normal', 'fixed_point',
  'exp', 'ln', 'log10', 'sqrt', 'abs', 'min', 'max', 'sin', 'cos', 'tan', 'tanh', 'floor', 'ceil', 'if', 'less', 'lessEqual', 'equal', 'and',
  'or', 'not',
]);

/** Hands out names, each once. */
export class Names {
  readonly #taken = new Set(TAKEN);

  /** `wanted` itself when it is free, else with underscores behind it. */
  claim(wanted: string): string {
    let name = wanted;
    while (this.#taken.has(name)) name += '_';
    this.#taken.add(name);
    return name;
  }
  isFree(name: string): boolean {
    return !this.#taken.has(name);
  }
}

/** More molecules than this make no readable name. */
const MOST_MOLECULES = 3;
const LONGEST = 24;

/**
 * The molecules of a species pattern joined by underscores: `A(b!1).B(a!1)` → `A_B`, a compartment behind them if wanted;
 * undefined when that is no name or too long to read. Without states and bonds, several patterns may give the same name.
 */
export function readableName(pattern: string, withCompartment: boolean): string | undefined {
  const compartment = /^@(\w+)::?/.exec(pattern)?.[1];
  const body = pattern.replace(/^@\w+::?/, '').replace(/^\$/, '');
  const molecules = body
    .replace(/\([^()]*\)/g, '')
    .split('.')
    .map((molecule) => molecule.replace(/@\w+$/, '').replace(/^\$/, ''));
  if (molecules.length > MOST_MOLECULES || !molecules.every((molecule) => /^[A-Za-z_]\w*$/.test(molecule))) return undefined;
  const name = [...molecules, ...(withCompartment && compartment !== undefined ? [compartment] : [])].join('_');
  return name.length > LONGEST ? undefined : name;
}

/** Names for all patterns, in order: readable ones where a single species has them, else `S` and the number. */
export function nameSpecies(species: readonly { readonly pattern: string; readonly number: number }[], names: Names): string[] {
  const candidates = [false, true].map((withCompartment) => {
    const all = species.map(({ pattern }) => readableName(pattern, withCompartment));
    const count = new Map<string | undefined, number>();
    for (const name of all) count.set(name, (count.get(name) ?? 0) + 1);
    return all.map((name) => (name !== undefined && count.get(name) === 1 && names.isFree(name) ? name : undefined));
  });
  return species.map(({ number }, position) => names.claim(candidates[0]?.[position] ?? candidates[1]?.[position] ?? `S${number}`));
}
