/** A run laid down between two dwells, as plain JSON: resumed, it goes on bit for bit as if nothing had happened. */
import { t } from '../../l10n/index.ts';
import type { PotPlan } from '../../chemistry/index.ts';
import { decodeFloats, Hash } from './bytes.ts';
import type { EpochReport, TrainingData, TrainingSettings } from './types.ts';

export const CHECKPOINT_VERSION = 1;

export interface Checkpoint {
  readonly version: number;
  /** Of what must be the same when the run goes on. */
  readonly fingerprints: { readonly network: string; readonly data: string; readonly settings: string };
  readonly reduction: 'differences' | 'none';
  readonly method: string;
  /** Epochs completed and presentations completed in the present one; random generators follow from these and the seeds. */
  readonly epoch: number;
  readonly position: number;
  readonly order: readonly number[];
  readonly presentations: number;
  readonly history: readonly EpochReport[];
  readonly best?: { readonly epoch: number; readonly loss: number };
  readonly evaluationsSinceBest: number;
  /** What the pot carries over, base64 of its doubles. */
  readonly numbers: string;
}

/** The checkpoint belongs to another run, or is damaged; the message says which. */
export class CheckpointError extends Error {
  override readonly name = 'CheckpointError';
}

/** Epochs and stop conditions are left out: a run may be made longer. */
export function fingerprints(plan: Pick<PotPlan, 'name' | 'network'>, data: TrainingData, settings: TrainingSettings, parameters: Float64Array): Checkpoint['fingerprints'] {
  const { epochs: _epochs, stop: _stop, initial, parameters: _parameters, rate: _rate, decay: _decay, ...rest } = settings;
  const { network } = plan, structure = new Hash().text(plan.name).number(network.dimension);
  for (const block of network.blocks) structure.text(block.name).number(block.size);
  for (const family of network.families) structure.text(JSON.stringify([family.variables, family.reactants, family.products, family.rate.kind, family.groups]));
  const rows = new Hash().numbers(data.inputs.values).numbers(data.targets.values).numbers(data.train ?? []).numbers(data.test ?? []);
  const chosen = new Hash().text(canonical(rest)).numbers(parameters).numbers(initial ?? []);
  return { network: structure.toString(), data: rows.toString(), settings: chosen.toString() };
}

/** JSON with sorted names, so that the order in which settings were written does not matter. */
function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (value === null || typeof value !== 'object') return JSON.stringify(value) ?? '';
  return `{${Object.entries(value).filter(([, of]) => of !== undefined).sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, of]) => `${name}:${canonical(of)}`).join(',')}}`;
}

function ofAnother(part: 'network' | 'data' | 'settings'): string {
  switch (part) {
    case 'network': return t('The checkpoint was made with another network. Start the training anew, or restore the network it belongs to.');
    case 'data': return t('The checkpoint was made with other data. Start the training anew, or restore the data it belongs to.');
    case 'settings': return t('The checkpoint was made with other settings. Start the training anew, or restore the settings it belongs to.');
  }
}

/** @throws CheckpointError when it is not one of this run */
export function readCheckpoint(checkpoint: Checkpoint, prints: Checkpoint['fingerprints'], reduction: string, length: number): { readonly numbers: Float64Array } {
  if (checkpoint.version !== CHECKPOINT_VERSION) throw new CheckpointError(t('The checkpoint is of version {0}; this program reads version {1}. Start the training anew.', String(checkpoint.version), CHECKPOINT_VERSION));
  for (const part of ['network', 'data', 'settings'] as const) {
    if (checkpoint.fingerprints[part] !== prints[part]) throw new CheckpointError(ofAnother(part));
  }
  if (checkpoint.reduction !== reduction) {
    throw new CheckpointError(reduction === 'none' ? t('The checkpoint holds differences of rails, this run works with all rails.') : t('The checkpoint holds all rails, this run works with differences.'));
  }
  try {
    const numbers = decodeFloats(checkpoint.numbers);
    if (numbers.length !== length) throw new RangeError(t('There are {0} numbers where {1} are expected.', numbers.length, length));
    return { numbers };
  } catch (error) {
    if (error instanceof RangeError) throw new CheckpointError(t('The checkpoint cannot be read: {0}', error.message));
    throw error;
  }
}
