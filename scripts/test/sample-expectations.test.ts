/** Every `expect` statement of every sample holds; the numbers in them are closed forms or published values. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadModel, tester } from '../../cli/index.ts';
import { root } from '../lib/paths.ts';

const samples = join(root, 'samples');
const names = readdirSync(samples).filter((name) => name.endsWith('.crn'));
/** Made to be wrong. */
const WRONG = new Set(['mistakes.crn']);
/** Modules only, too large to be run in a test, or trained instead. */
const WITHOUT = new Set(['mistakes.crn', 'motifs.crn', 'image-classifier.crn', 'xor-noise.crn', 'iris.crn', 'regression.crn', 'mnist.crn']);

describe.each(names)('%s', (name) => {
  const model = loadModel(join(samples, name));
  const { analysis } = model;
  it(WRONG.has(name) ? 'has errors' : 'has no errors', () => {
    expect(analysis.hasErrors).toBe(WRONG.has(name));
  });
  it.skipIf(WITHOUT.has(name))('expects something', () => {
    expect(analysis.expectations.length).toBeGreaterThan(0);
    expect(analysis.network.experiments.length + analysis.trainings.length).toBeGreaterThan(0);
  });
  const judge = tester(model);
  for (const expectation of WRONG.has(name) ? [] : analysis.expectations) {
    it(expectation.text.replace(/\s+/g, ' '), () => {
      const { holds, found } = judge(expectation);
      expect(holds, found).toBe(true);
    });
  }
});

it('README.md has a line for each sample and no other', () => {
  const listed = [...readFileSync(join(samples, 'README.md'), 'utf8').matchAll(/\]\(([^)]+\.crn)\)/g)].map((match) => match[1]);
  expect([...listed].sort()).toEqual([...names].sort());
});
