/** Checkpoints of a training in a folder: written whole or not at all, so that a run can be interrupted at any moment. */
import { closeSync, existsSync, fsyncSync, mkdirSync, openSync, readFileSync, renameSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import type { Checkpoint } from '../../simulation/index.ts';
import { UnusableError } from './errors.ts';
import { sentence } from './files.ts';

export interface StoredCheckpoint {
  readonly network: string;
  readonly data: string;
  /** CPU seconds of training so far. */
  readonly seconds: number;
  readonly checkpoint: Checkpoint;
}

export class CheckpointFile {
  readonly path: string;

  /** Makes the folder when it is not there. @throws UnusableError */
  constructor(folder: string, network: string, data: string) {
    this.path = join(folder, `${network}-${data}.checkpoint.json`);
    try {
      mkdirSync(folder, { recursive: true });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'EEXIST') throw new UnusableError(`${folder} is a file; name a folder for the checkpoint.`);
      throw new UnusableError(sentence(folder, error));
    }
  }

  get exists(): boolean {
    return existsSync(this.path);
  }

  /** @throws UnusableError for a file that cannot be read or is no checkpoint */
  read(): StoredCheckpoint {
    let text: string;
    try {
      text = readFileSync(this.path, 'utf8');
    } catch (error) {
      throw new UnusableError(sentence(this.path, error));
    }
    try {
      const stored: unknown = JSON.parse(text);
      if (isStored(stored)) return stored;
    } catch (error) {
      if (!(error instanceof SyntaxError)) throw error;
    }
    throw new UnusableError(`${this.path} is no checkpoint of a training. Start anew with --force, which writes over it.`);
  }

  /** Written beside it, flushed to the disk, then renamed over it. @throws UnusableError */
  write(stored: StoredCheckpoint): void {
    const temporary = `${this.path}.${process.pid}`;
    try {
      const file = openSync(temporary, 'w');
      try {
        let rest = Buffer.from(JSON.stringify(stored), 'utf8');
        while (rest.length > 0) rest = rest.subarray(writeSync(file, rest));
        fsyncSync(file);
      } finally {
        closeSync(file);
      }
      renameSync(temporary, this.path);
    } catch (error) {
      rmSync(temporary, { force: true });
      throw new UnusableError(sentence(this.path, error));
    }
  }
}

/** What this program wrote is trusted in its details: the fingerprints in it tell whether it belongs to the run. */
function isStored(value: unknown): value is StoredCheckpoint {
  if (typeof value !== 'object' || value === null || !('checkpoint' in value) || !('seconds' in value) || typeof value.seconds !== 'number') return false;
  const { checkpoint } = value;
  if (typeof checkpoint !== 'object' || checkpoint === null || !('version' in checkpoint) || !('fingerprints' in checkpoint)) return false;
  return 'numbers' in checkpoint && typeof checkpoint.numbers === 'string' && typeof checkpoint.fingerprints === 'object' && checkpoint.fingerprints !== null
    && 'order' in checkpoint && Array.isArray(checkpoint.order) && 'history' in checkpoint && Array.isArray(checkpoint.history)
    && 'epoch' in checkpoint && typeof checkpoint.epoch === 'number' && 'position' in checkpoint && typeof checkpoint.position === 'number';
}
