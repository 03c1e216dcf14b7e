/** What is told of a run molecule by molecule: an object of --json, words. */
import { moleculesExitCode } from './exit-code.ts';
import { number } from './number.ts';
import { colours, print } from './terminal.ts';
import type { ConditionMet, MoleculesFinished } from './worker-protocol.ts';

export type Format = 'json' | 'csv' | 'words';

/** `at` is null where the condition did not come true. */
export function conditionJson(condition: ConditionMet | undefined): Record<string, unknown> {
  return condition === undefined ? {} : { condition: { until: condition.text, at: condition.t ?? null } };
}

/** The object of --json for a single run. */
export function moleculesJson(result: MoleculesFinished): Record<string, unknown> {
  const { settings } = result;
  return {
    outcome: result.outcome.kind, message: result.sentence, ...conditionJson(result.condition), method: settings.method, algorithm: result.engine, seed: settings.seed, replicas: 1, volume: settings.volume,
    moleculesPerConcentration: result.moleculesPerConcentration, output: settings.output,
    t: Array.from(result.t), species: Object.fromEntries([...result.species].map(([name, values]) => [name, Array.from(values)])),
    events: result.events, seconds: result.seconds, buildSeconds: result.buildSeconds,
  };
}

export function printMolecules(result: MoleculesFinished): void {
  print(moleculesExitCode(result.outcome) === 0 && result.missed !== true ? result.sentence : colours.yellow(result.sentence));
  print(colours.dim(`${result.engine}: ${number(result.events)} events, ${number(result.seconds)} s CPU; seed ${result.settings.seed}, ${scaleWords(result)}`));
}

export function scaleWords({ settings, moleculesPerConcentration }: Pick<MoleculesFinished, 'settings' | 'moleculesPerConcentration'>): string {
  const scale = moleculesPerConcentration === 1 ? 'one molecule is a concentration of 1' : `${number(moleculesPerConcentration)} molecules are a concentration of 1`;
  return `${scale}${settings.output === 'molecules' ? '; numbers of molecules:' : ''}`;
}

/** Initial values that were no whole numbers of molecules. */
export function roundingNote(rounded: readonly string[]): string | undefined {
  if (rounded.length === 0) return undefined;
  const names = rounded.length > 5 ? `${rounded.slice(0, 5).join(', ')} and ${rounded.length - 5} more` : rounded.join(', ');
  return `The start of ${names} is no whole number of molecules at this volume; it was rounded to the nearest.`;
}
