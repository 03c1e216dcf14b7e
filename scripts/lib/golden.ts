/**
 * The golden companions of a sample: what the product says of it, as texts. They are read by people when they change: a companion
 * is a picture of the behaviour, not its proof. The samples' `expect` statements, from closed forms, are the proof.
 */
import { basename } from 'node:path';
import { odeOfBlock, odeUnicode, unrolledCount, unrolledReactions, type Network } from '../../chemistry/index.ts';
import { format } from '../../grammar/index.ts';
import {
  findingsOf, findingText, loadModel, namesOf, prepare, prepareMolecules, run, runMolecules, settingsOf, type MoleculeSettings, type RunSettings,
} from '../../cli/index.ts';

/** Larger networks are not written out, nor run. */
const MOST_REACTIONS = 2000;
const MOST_COMPONENTS = 5000;

export interface Trajectory {
  readonly outcome: string;
  /** End time, where it was given. */
  readonly t?: number;
  /** Six digits each. */
  readonly final: Readonly<Record<string, number>>;
}

/** Companions of a file by the end of their name: `diagnostics.txt`, `formatted.txt`, `odes.txt`, `reactions.txt`, `trajectory.json`. */
export function companions(file: string): ReadonlyMap<string, string> {
  const model = { ...loadModel(file), file: basename(file) };
  const { network, hasErrors } = model.analysis;
  const findings = findingsOf(model).map((finding) => findingText(finding, PLAIN));
  return new Map([
    ['diagnostics.txt', findings.length === 0 ? 'no findings\n' : `${findings.join('\n\n')}\n`],
    ['formatted.txt', format(model.text)],
    ['odes.txt', `${network.blocks.map((block) => odeUnicode(network, odeOfBlock(network, block))).join('\n')}\n`],
    ['reactions.txt', reactionsText(network)],
    ['trajectory.json', `${JSON.stringify(hasErrors ? {} : trajectories(network), null, 2)}\n`],
  ]);
}

/** Colours that do nothing; picocolors' own type lists every colour, of which reports use these. */
const plain = (text: string | number | null | undefined): string => String(text);
const PLAIN = { red: plain, yellow: plain, blue: plain, cyan: plain, green: plain, bold: plain, dim: plain } as unknown as NonNullable<Parameters<typeof findingText>[1]>;

function reactionsText(network: Network): string {
  const count = unrolledCount(network);
  return count > MOST_REACTIONS ? `// ${count} reactions, not written out\n` : `${unrolledReactions(network).join('\n')}\n`;
}

/** How each simulation of the text ends. Tolerances are tight, so that the digits shown do not depend on the steps taken. */
function trajectories(network: Network): Record<string, Trajectory> {
  if (network.dimension === 0 || network.dimension > MOST_COMPONENTS) return {};
  return Object.fromEntries(network.experiments.map((experiment) => {
    const settings = settingsOf(experiment, {});
    if (settings.molecules !== undefined) return [experiment.name, oneByOne(network, settings, settings.molecules)];
    const tight = { ...settings, rtol: Math.min(settings.rtol ?? 1, 1e-10), atol: Math.min(settings.atol ?? 1, 1e-14), points: 2 };
    const { outcome, final } = run(prepare(network, [], settings.off), tight, { species: [] });
    // When a run blows up, its last state is a matter of the last step; so is the time at which a fixed point is recognised.
    const arrived = outcome.kind === 'reached' || outcome.kind === 'steady';
    return [experiment.name, {
      outcome: outcome.kind,
      ...(outcome.kind === 'reached' ? { t: sixDigits(outcome.t) } : {}),
      final: arrived ? Object.fromEntries(namesOf(network).map((name, i) => [name, sixDigits(final[i] ?? NaN)])) : {},
    }];
  }));
}

/** A run molecule by molecule is the same everywhere: of several the first. */
function oneByOne(network: Network, settings: RunSettings, molecules: MoleculeSettings): Trajectory {
  const { outcome, final } = runMolecules(prepareMolecules(network, { ...settings, points: 2 }, molecules));
  return { outcome: outcome.kind, t: sixDigits(outcome.t), final: Object.fromEntries(namesOf(network).map((name, i) => [name, sixDigits(final[i] ?? NaN)])) };
}

/** Six digits; what is below 1e-13 beside values of order one is rounding. */
function sixDigits(value: number): number {
  return Math.abs(value) < 1e-13 ? 0 : Number(value.toPrecision(6));
}
