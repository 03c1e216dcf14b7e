/** The case studies in miniature: results kept and resumed, figures, verdicts, and sections that run from end to end. */
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { activationsSection } from '../case-studies/activations.ts';
import type { Learnt, Row } from '../case-studies/activations-grid.ts';
import { counted, differences, finding } from '../case-studies/activations-harm.ts';
import { deviationSection, powerLaw } from '../case-studies/deviation.ts';
import { figureSvg } from '../case-studies/figure.ts';
import { exchanged, sampleText, trainingOf } from '../case-studies/models.ts';
import { pageText, SECTIONS } from '../case-studies/page.ts';
import { regressionSection } from '../case-studies/regression.ts';
import { Missing, OutOfTime, publishedText, readPublished, Results } from '../case-studies/results.ts';
import { verdictOf } from '../case-studies/robust.ts';
import { irisSection } from '../case-studies/iris.ts';
import { mean, median, spread, table } from '../case-studies/section.ts';
import { codeBlocks } from '../lib/docs-text.ts';

let folder = '';
beforeEach(() => { folder = mkdtempSync(join(tmpdir(), 'onepot-case-')); });
afterEach(() => { rmSync(folder, { recursive: true, force: true }); });

describe('results', () => {
  it('are computed once for the same settings, anew for others', () => {
    let computed = 0;
    const get = (settings: unknown): number => new Results(folder).get('a/b', settings, () => ++computed);
    expect([get({ x: 1 }), get({ x: 1 }), get({ x: 2 }), get({ x: 2 })]).toEqual([1, 1, 2, 2]);
  });

  it('that were torn by an interruption are computed anew', () => {
    const results = new Results(folder);
    results.get('a', 1, () => 'first');
    writeFileSync(join(folder, 'a.json'), '{"settings":1,"resu');
    expect(results.get('a', 1, () => 'second')).toBe('second');
  });

  it('are not begun after the end, nor where only kept ones are wanted; kept ones are given all the same', () => {
    new Results(folder).get('kept', 1, () => 5);
    const late = new Results(folder, -1), reading = new Results(folder, 'kept only');
    expect([late.get('kept', 1, () => 6), reading.get('kept', 1, () => 6)]).toEqual([5, 5]);
    expect(() => late.get('other', 1, () => 6)).toThrow(OutOfTime);
    expect(() => reading.get('other', 1, () => 6)).toThrow(Missing);
  });

  it('are published with the page, and taken from there where nothing is kept, for the same settings only', () => {
    const first = new Results(folder), path = join(folder, 'page.json');
    first.get('b/2', { x: 2 }, () => [2]);
    first.get('a', { x: 1 }, () => 'one');
    writeFileSync(path, publishedText(first.given));
    expect(readFileSync(path, 'utf8').split('\n')[1]).toBe('"a": {"settings":{"x":1},"result":"one"},');
    const published = readPublished(path), reading = new Results(join(folder, 'empty'), 'kept only', published);
    expect([reading.get('a', { x: 1 }, () => 'anew'), reading.get('b/2', { x: 2 }, () => [3])]).toEqual(['one', [2]]);
    expect(publishedText(reading.given)).toBe(publishedText(first.given));
    expect(() => reading.get('a', { x: 3 }, () => 'anew')).toThrow(Missing);
    expect(readPublished(join(folder, 'nowhere.json')).size).toBe(0);
    writeFileSync(path, '{');
    expect(() => readPublished(path)).toThrow('not JSON');
  });

  it('half done are found again for their settings, and dropped', () => {
    const results = new Results(folder);
    results.keepUnfinished('m', { rows: 2 }, [1, 2]);
    expect(results.unfinished('m', { rows: 2 })).toEqual([1, 2]);
    expect(results.unfinished('m', { rows: 3 })).toBeUndefined();
    results.dropUnfinished('m');
    expect(results.unfinished('m', { rows: 2 })).toBeUndefined();
  });
});

describe('figures', () => {
  const figure = { title: 'a < b', x: { label: 'x', from: 0, to: 10 }, y: { label: 'y', log: true, from: 1e-2, to: 1 }, series: [{ name: 's', points: [{ x: 0, y: 1 }, { x: 10, y: 0.01, low: 0.005, high: 0.02 }] }] };

  it('put points where the axes say', () => {
    const svg = figureSvg(figure);
    const [, from, to] = /class="s0"[^>]*d="M(\S+ \S+)L(\S+ \S+)"/.exec(svg) ?? [];
    // The frame's corners: (0, 1) is top left, (10, 0.01) bottom right.
    expect(from).toBe('72 44');
    expect(to).toBe('622 306');
    expect(svg).toContain('>0.1</text>');
  });

  it('escape texts, balance their tags and follow the colour scheme', () => {
    const svg = figureSvg(figure);
    expect(svg).toContain('<title>a &lt; b</title>');
    expect(svg).toContain('prefers-color-scheme:dark');
    for (const tag of ['svg', 'text', 'style', 'title', 'clipPath']) expect(svg.split(`<${tag}`).length, tag).toBe(svg.split(`</${tag}>`).length);
  });

  it('refuse what cannot be drawn', () => {
    expect(() => figureSvg({ ...figure, series: [] })).not.toThrow(); // the axes are given
    expect(() => figureSvg({ ...figure, x: { label: 'x' }, series: [] })).toThrow(RangeError);
    expect(() => figureSvg({ ...figure, y: { label: 'y', log: true, from: 0 } })).toThrow(RangeError);
  });
});

describe('sums', () => {
  it('mean, median, spread, table', () => {
    expect([mean([1, 2, 6]), median([5, 1, 2]), median([1, 3])]).toEqual([3, 2, 2]);
    expect(spread([2, 4, 4, 4, 5, 5, 7, 9])).toBeCloseTo(Math.sqrt(32 / 7), 12);
    expect(table(['a', 'b'], [[1, 'x']])).toBe('| a | b |\n| --- | --- |\n| 1 | x |');
  });

  it('a power law is found again', () => {
    const { exponent, factor } = powerLaw([0.01, 0.1, 1].map((x) => [x, 3 * x ** 1.5]));
    expect(exponent).toBeCloseTo(1.5, 12);
    expect(factor).toBeCloseTo(3, 12);
  });

  it('a verdict counts every evaluation from the given epoch on', () => {
    const at = (epoch: number, loss: number, accuracy: number): { epoch: number; evaluation: { loss: number; accuracy: number; relativeError: number; samples: number } } => ({ epoch, evaluation: { loss, accuracy, relativeError: 0, samples: 4 } });
    expect(verdictOf([at(10, 0.3, 0.5), at(20, 0.009, 1), at(30, 0.015, 1)], 20, undefined)).toEqual({ learnt: 20, right: true, strict: true, worst: 0.015, final: 0.015 });
    expect(verdictOf([at(20, 0.001, 1), at(30, 0.03, 1), at(40, 0.001, 1)], 20, undefined)).toMatchObject({ right: true, strict: false });
    expect(verdictOf([at(20, 0.001, 1), at(30, 0.2, 0.75), at(40, 0.001, 1)], 20, undefined)).toMatchObject({ right: false, strict: false });
    expect(verdictOf([at(20, 0.001, 1)], 20, 25)).toMatchObject({ right: false, strict: false, lost: 25 });
  });

  it('smooth and leaky are compared seed by seed by what noise takes away, errors counting the other way round, lost pots not at all', () => {
    const run = (score: number): Learnt => ({ score, error: 0, lost: false, seconds: 1 });
    const row = (activation: string, quiet: number[], noisy: number[]): Row => ({ activation, dwell: 20, runs: [quiet.map(run), noisy.map(run)] });
    const grid = { task: 'iris', dwells: [20], sizes: [0, 0.1] } as const;
    // Lost: 10 and 12 points with the smooth ReLU, 20 and 30 with the leaky one; differences −10 and −18, standard error 4.
    const rows = [row('smooth ReLU', [0.9, 0.9], [0.8, 0.78]), row('leaky ReLU', [0.9, 0.95], [0.7, 0.65])];
    const [difference] = differences(grid, rows);
    expect(difference).toMatchObject({ dwell: 20, size: 0.1 });
    expect([difference!.smooth, difference!.leaky, difference!.error].map((value) => Number(value.toFixed(9)))).toEqual([11, 25, 4]);
    expect(counted([difference!])).toMatchObject({ all: 1, less: 1, more: 0 });
    expect(counted([{ ...difference!, error: 8 }])).toMatchObject({ less: 0, more: 0 });
    expect(finding('iris', [difference!])).toContain('11.0 points with the smooth and 25.0 with the leaky');
    expect(finding('iris', [difference!])).toContain('less in 1 of the pairs and more in 0, which points the way of the claim');
    expect(counted(differences({ ...grid, task: 'regression' }, rows))).toMatchObject({ less: 0, more: 1 });
    const gone = [rows[0]!, { ...rows[1]!, runs: [[run(0.9), run(0.95)], [run(0.7), { ...run(0), lost: true }]] }];
    expect(finding('iris', differences(grid, gone))).toContain('nothing can be compared');
  });

  it('pieces of a sample are exchanged, or it is said that they are not there', () => {
    const text = exchanged(sampleText('xor'), [[/seed: 7\)/, 'seed: 3)']]);
    expect(text).toContain('seed: 3)');
    expect(trainingOf(text).plan.rule).toBe('gradient');
    expect(() => exchanged(text, [[/nowhere/, '']])).toThrow('nowhere');
  });
});

describe('sections', () => {
  it.each([['regression', regressionSection], ['iris', irisSection], ['deviation', deviationSection], ['activations', activationsSection]] as const)('%s runs in miniature, and what it shows is there', (name, section) => {
    const results = new Results(folder), { text, figures } = section(results, { quick: true });
    const pictures = [...text.matchAll(/\(pictures\/case-(\w+)\.svg\)/g)].map(([, picture]) => picture);
    expect(pictures).toEqual([...figures.keys()]);
    expect(text).not.toMatch(/NaN|undefined|Infinity/);
    expect(codeBlocks(text)).toEqual([]);
    // The second time nothing is computed.
    expect(section(new Results(folder, 'kept only'), { quick: true }).text).toBe(text);
    expect(pageText([{ text, figures }])).toContain(text);
    expect(existsSync(join(folder, name))).toBe(true);
  });

  it('the page in the manual holds every section, and its figures are there', () => {
    const docs = join(import.meta.dirname, '../../docs'), page = readFileSync(join(docs, 'case-studies.md'), 'utf8');
    expect(page.split('\n## ').length - 1).toBe(SECTIONS.size);
    // The page says what the numbers behind it say.
    const reading = new Results(folder, 'kept only', readPublished(join(docs, 'case-studies.json')));
    expect(page).toBe(pageText([...SECTIONS.values()].map((section) => section(reading, { quick: false }))));
    const pictures = [...page.matchAll(/\((pictures\/case-\w+\.svg)\)/g)].map(([, path]) => path ?? '');
    expect(pictures.length).toBeGreaterThan(4);
    for (const picture of pictures) expect(existsSync(join(docs, picture)), picture).toBe(true);
  });
});
