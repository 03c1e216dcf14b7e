import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { onepot, temporaryFolder } from './onepot.ts';

const folder = temporaryFolder();
const model = (expectations: string): string => `param k = 10, d = 0.5\nspecies X, A = 1, B\n0 -> X @ k\nX -> 0 @ d\nA <-> B @ 1, 3\nsimulate short { t = 4 }\n${expectations}`;

describe('onepot test', () => {
  it('reports what holds', async () => {
    const file = folder.file('good.crn', model('expect X ~ 20 within 1e-9\nexpect X ~ 20*(1 - exp(-2)) within 1e-6 in short\nexpect X ~ 19 within 10 %\nexpect A >= 0.7\nexpect conserved A + B\nexpect ode X\' = k - d*X\n'));
    const { code, out, error } = await onepot('test', file);
    expect({ code, error }).toEqual({ code: 0, error: '' });
    expect(out).toContain('✓ expect X ~ 20*(1 - exp(-2)) within 1e-6 in short');
    expect(out).toMatch(/6 passed, 0 failed\n$/);
  });

  it.each([
    ['expect X ~ 21 within 1e-3', /20 is 1 away from 21; allowed is 0\.001/],
    ['expect X ~ 17.3 within 1e-9 in short', /away from 17\.3/],
    ['expect A > 0.76', /0\.75 > 0\.76/],
    ['expect conserved A', /./],
    ["expect ode X' = k - X", /k - d\*X/],
  ])('%s fails, with what was found and where', async (expectation, found) => {
    const file = folder.file('bad.crn', model(`${expectation}\nexpect A >= 0\n`));
    const { code, out } = await onepot('test', file);
    const lines = out.split('\n');
    const at = lines.indexOf(`  ✗ ${expectation}`);
    expect(lines[at + 1]).toMatch(found);
    expect(lines[at + 1]).toContain(`${file}:7:`);
    expect(out).toMatch(/1 passed, 1 failed\n$/);
    expect(code).toBe(1);
  });

  it('a simulation that does not arrive fails what is expected of it', async () => {
    const { code, out } = await onepot('test', folder.file('burst.crn', 'species X = 1\n2 X -> 3 X @ 1\nsimulate burst { t = 2 }\nexpect X > 1 in burst\n'));
    expect(out).toMatch(/✗ expect X > 1 in burst\n.*Diverged at t = 1/);
    expect(code).toBe(1);
  });

  it('a fixed point that an oscillation never reaches is not sought for ever', async () => {
    const oscillation = 'species X = 1.2, Y = 1\nX -> 2 X @ 1\nX + Y -> 2 Y @ 1\nY -> 0 @ 1\n';
    const { code, out } = await onepot('test', folder.file('cycle.crn', `${oscillation}expect X ~ 1 within 1e-3\n`));
    expect(out).toMatch(/✗ expect X ~ 1 within 1e-3\n.*Does not settle \(still moving at t = \d+.*\)\.\n/);
    expect(code).toBe(1);
    const sought = await onepot('fixed-point', join(folder.path, 'cycle.crn'));
    expect(sought.out).toMatch(/^Does not settle \(still moving at t = /);
    expect(sought.code).toBe(1);
  });

  it('--json', async () => {
    const { code, out } = await onepot('test', folder.file('json.crn', model('expect X ~ 20 within 1e-9\nexpect X < 0\n')), '--json');
    expect(code).toBe(1);
    expect((JSON.parse(out) as { line: number; holds: boolean }[]).map(({ line, holds }) => [line, holds])).toEqual([[7, true], [8, false]]);
  });

  it('files with errors and files that are not there', async () => {
    const wrong = folder.file('wrong.crn', 'A -> 0 @ 1\nexpect A ~ 0\n');
    expect((await onepot('test', wrong)).code).toBe(1);
    expect((await onepot('test', `${folder.path}/gone.crn`, wrong)).code).toBe(2);
  });
});

it('of runs molecule by molecule tests means and variances', async () => {
  // Immigration and death: Poisson with mean and variance k/d.
  const file = folder.file('noisy.crn', `param k = 10, d = 0.2
species X
0 -> X @ k
X -> 0 @ d
simulate noisy { t = 100; method = ssa; replicas = 2000; seed = 5 }
expect mean(X) ~ k/d within 2 % in noisy
expect X ~ k/d within 2 % in noisy
expect variance(X) ~ k/d within 20 % in noisy
expect variance(X) < 40 in noisy
`);
  const { code, out } = await onepot('test', file, '--json');
  expect(code).toBe(1);
  expect((JSON.parse(out) as { holds: boolean }[]).map(({ holds }) => holds)).toEqual([true, true, true, false]);
});
