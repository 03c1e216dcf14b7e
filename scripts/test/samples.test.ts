/** The samples say and do what their golden companions record; `npm run golden` writes those anew. */
import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { companions, type Trajectory } from '../lib/golden.ts';
import { root } from '../lib/paths.ts';

const samples = join(root, 'samples');
const golden = join(samples, 'golden');
const names = readdirSync(samples).filter((name) => name.endsWith('.crn')).map((name) => basename(name, '.crn'));
const HINT = 'If this change is meant, run “npm run golden” and read the difference.';

describe.each(names)('%s.crn', (name) => {
  const made = companions(join(samples, `${name}.crn`));

  it.each(['diagnostics.txt', 'formatted.txt', 'odes.txt', 'reactions.txt'])('has the recorded %s', (kind) => {
    expect(made.get(kind), HINT).toBe(readFileSync(join(golden, `${name}.${kind}`), 'utf8'));
  });

  it('is in the standard layout', () => {
    expect(readFileSync(join(samples, `${name}.crn`), 'utf8'), `Run “onepot fmt samples/${name}.crn”.`).toBe(made.get('formatted.txt'));
  });

  it('runs as recorded', () => {
    const found = JSON.parse(made.get('trajectory.json') ?? '') as Record<string, Trajectory>;
    const recorded = JSON.parse(readFileSync(join(golden, `${name}.trajectory.json`), 'utf8')) as Record<string, Trajectory>;
    expect(Object.keys(found), HINT).toEqual(Object.keys(recorded));
    for (const [experiment, { outcome, t, final }] of Object.entries(recorded)) {
      expect(found[experiment]?.outcome, HINT).toBe(outcome);
      expect(found[experiment]?.t, HINT).toBe(t);
      expect(Object.keys(found[experiment]?.final ?? {}), HINT).toEqual(Object.keys(final));
      for (const [species, value] of Object.entries(final)) {
        // The last of six digits may fall either way.
        expect(Math.abs((found[experiment]?.final[species] ?? NaN) - value), `${experiment}: ${species}. ${HINT}`).toBeLessThanOrEqual(2e-5 * Math.abs(value) + 1e-9);
      }
    }
  });
});

describe('the folder of companions', () => {
  it('holds nothing else', () => {
    const kinds = ['diagnostics.txt', 'formatted.txt', 'odes.txt', 'reactions.txt', 'trajectory.json'];
    expect(readdirSync(golden).sort()).toEqual(names.flatMap((name) => kinds.map((kind) => `${name}.${kind}`)).sort());
  });
});
