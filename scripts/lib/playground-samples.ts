/** Reads the samples for the playground's menu. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { sampleIndex, type SampleIndex } from '../../playground/index.ts';
import { root } from './paths.ts';

/** The index of `samples/` as it is now: the models, and the tables in `samples/data/`. */
export function readSamples(folder = join(root, 'samples')): SampleIndex {
  const models = readdirSync(folder).filter((name) => name.endsWith('.crn'));
  const tables = readdirSync(join(folder, 'data')).filter((name) => name.endsWith('.csv')).map((name) => `data/${name}`);
  const files = Object.fromEntries([...models, ...tables].sort().map((path) => [path, readFileSync(join(folder, path), 'utf8')]));
  return sampleIndex(readFileSync(join(folder, 'README.md'), 'utf8'), files);
}
