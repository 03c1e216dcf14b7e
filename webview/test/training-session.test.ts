/** The training worker without a worker: real training of XOR, paused, stepped, moved, edited, stopped and resumed. */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { TrainingSession } from '../engine/training/session.ts';
import { initialLab, reduce, type LabState } from '../store.ts';
import type { FromTrainer, ToTrainer, TrainingValues } from '../training-protocol.ts';

const root = resolve(import.meta.dirname, '../..');
const xor = readFileSync(resolve(root, 'samples/xor.crn'), 'utf8');
const uri = 'file:///models/xor.crn';
const KEY = 'xor on truth_table';

class Bench {
  readonly said: FromTrainer[] = [];
  /** What the page makes of it. */
  lab: LabState = initialLab;
  readonly #session: TrainingSession;
  #next: (() => void) | undefined;
  #clock = 0;

  constructor() {
    this.#session = new TrainingSession((message) => {
      this.said.push(message);
      this.lab = reduce(this.lab, { type: 'trainer', message });
    }, (slice) => (this.#next = slice), () => (this.#clock += 0.2));
  }
  get training(): LabState['slices']['training'] { return this.lab.slices.training; }
  tell(message: ToTrainer): void { this.#session.handle(message); }
  train(text: string, extra: Partial<Extract<ToTrainer, { type: 'train' }>> = {}): void {
    this.tell({ type: 'train', model: { uri, text, imports: [] }, key: KEY, values: {}, run: true, speed: undefined, lensRow: undefined, ...extra });
  }
  edit(text: string, values: TrainingValues = {}): void {
    this.tell({ type: 'edited', model: { uri, text, imports: [] }, key: KEY, values });
  }
  /** Lets slices run until something is so. */
  until(so: () => boolean, most = 50_000): void {
    for (let slices = 0; !so(); slices++) {
      const slice = this.#next;
      if (slice === undefined || slices > most) throw new Error(`It never came: ${JSON.stringify(this.said.findLast(({ type }) => type === 'state' || type === 'failed' || type === 'refused'))}`);
      this.#next = undefined;
      slice();
    }
  }
  rest(): void {
    for (let slice = this.#next; slice !== undefined; slice = this.#next) {
      this.#next = undefined;
      slice();
    }
  }
  last<T extends FromTrainer['type']>(type: T): Extract<FromTrainer, { type: T }> | undefined {
    return this.said.findLast((message): message is Extract<FromTrainer, { type: T }> => message.type === type);
  }
}

describe('training XOR', () => {
  it('comes to its target, with all that is to be seen', () => {
    const bench = new Bench();
    bench.train(xor);
    bench.until(() => bench.training.phase === 'ended');
    bench.rest();
    const { history, end, weights, boundary, lens, rails, begun, at } = bench.training;
    expect(end?.reason).toBe('target loss');
    const evaluation = history.at(-1)!.evaluation!;
    expect(evaluation.accuracy).toBe(1);
    expect(evaluation.loss).toBeLessThanOrEqual(0.01);
    expect(history.map(({ epoch }) => epoch)).toEqual(Array.from({ length: at!.epoch }, (_, i) => i + 1));
    expect(begun).toMatchObject({ samples: 4, heldOut: 0, inputs: 2, outputs: 1, classified: true });
    expect(begun!.equations).toContain('differences');
    expect(weights!.map(({ name, units, fanIn }) => [name, units, fanIn])).toEqual([['hidden', 4, 2], ['y', 1, 4]]);
    // The closed form of the layered network at the weights shown, at the corners that were learnt: φ(y) = (y + √(y² + 4h))/2.
    const signed = (layer: number): number[] => [...weights![layer]!.plus].map((value, i) => value - weights![layer]!.minus[i]!);
    const bias = (layer: number): number[] => [...weights![layer]!.biasPlus].map((value, i) => value - weights![layer]!.biasMinus[i]!);
    const [W, V, b, c] = [signed(0), signed(1), bias(0), bias(1)];
    const net = (x: readonly [number, number]): number => c[0]! + V.reduce((sum, v, i) => {
      const y = W[2 * i]! * x[0] + W[2 * i + 1]! * x[1] + b[i]!;
      return sum + (v * (y + Math.sqrt(y * y + 0.4))) / 2;
    }, 0);
    const { x, y, columns, rows, values } = boundary!;
    let far = 0;
    for (let r = 0; r < rows; r++) {
      for (let k = 0; k < columns; k++) far = Math.max(far, Math.abs(values[r * columns + k]! - net([x[0] + ((x[1] - x[0]) * k) / (columns - 1), y[0] + ((y[1] - y[0]) * r) / (rows - 1)])));
    }
    expect(far).toBeLessThan(1e-4);
    expect([net([0, 1]) > 0.5, net([1, 0]) > 0.5, net([0, 0]) > 0.5, net([1, 1]) > 0.5]).toEqual([true, true, false, false]);
    expect([...begun!.points!.inputs]).toEqual([0, 0, 0, 1, 1, 0, 1, 1]);
    expect(lens!.times[0]).toBe(0);
    expect(lens!.times.at(-1)).toBeCloseTo(20, 9);
    expect(lens!.groups[0]).toMatchObject({ label: 'outputs', names: ['y[1]'] });
    expect(rails.at(-1)!.layers[0]!.total).toBeCloseTo([...W, ...b].reduce((sum, w) => sum + Math.abs(w), 0), 4);
  }, 60_000);

  it('pauses, steps one dwell, goes on, stops, and resumes in another worker as if nothing had happened', () => {
    const whole = new Bench();
    whole.train(xor);
    whole.until(() => whole.training.history.length >= 30);
    const bench = new Bench();
    bench.train(xor);
    bench.until(() => bench.training.history.length >= 5);
    bench.tell({ type: 'pause' });
    expect(bench.training.phase).toBe('paused');
    bench.rest();
    const before = bench.training.at!.presentations;
    bench.tell({ type: 'step' });
    expect(bench.training.at!.presentations).toBe(before + 1);
    expect([bench.training.phase, bench.training.lens!.times.length > 10]).toEqual(['paused', true]);
    bench.tell({ type: 'run' });
    bench.until(() => bench.training.history.length >= 10);
    bench.tell({ type: 'stop' });
    expect([bench.said.at(-1)?.type, bench.training.phase]).toEqual(['stopped', 'stopped']);
    const other = new Bench(), { checkpoint } = bench.training.kept!;
    other.train(xor, { checkpoint: JSON.parse(JSON.stringify(checkpoint)) as typeof checkpoint });
    other.until(() => other.training.history.length >= 30);
    expect(other.training.history.slice(0, 30)).toEqual(whole.training.history.slice(0, 30));
  });

  it('runs no faster than it is asked to', () => {
    const bench = new Bench();
    bench.train(xor, { speed: 2 });
    let slices = 0;
    bench.until(() => slices++ >= 40);
    // 40 slices, which by this clock are a fraction of a second: nothing is due yet but the first.
    expect(bench.training.at!.presentations).toBeLessThanOrEqual(1);
    bench.tell({ type: 'speed', speed: undefined });
    bench.until(() => bench.training.at!.presentations > 50);
  });

  it('goes on from the same weights when a value is moved, or the text is edited', () => {
    const bench = new Bench();
    bench.train(xor);
    bench.until(() => bench.training.history.length >= 8);
    bench.tell({ type: 'pause' });
    bench.rest();
    const { at, weights } = bench.training;
    for (const change of [() => bench.tell({ type: 'values', values: { rate: 0.001, dwell: 30, h: 0.2, noise: 0.05 } }), () => bench.edit(`// a line\n${xor.replace('rate = 0.005', 'rate = 0.004')}`)]) {
      change();
      expect(bench.training.outdated).toBeUndefined();
      expect([bench.training.at!.presentations, bench.training.phase]).toEqual([at!.presentations, 'paused']);
      bench.training.weights![0]!.plus.forEach((w, i) => { expect(w - bench.training.weights![0]!.minus[i]!).toBeCloseTo(weights![0]!.plus[i]! - weights![0]!.minus[i]!, 6); });
    }
    bench.tell({ type: 'run' });
    bench.until(() => bench.training.at!.presentations > at!.presentations + 8);
  });

  it('says when the run no longer belongs to the text, and keeps what is shown', () => {
    const bench = new Bench();
    bench.train(xor);
    bench.until(() => bench.training.history.length >= 3);
    bench.edit(xor.replace('hidden[4]', 'hidden[5]'));
    expect(bench.training.outdated).toMatch(/network has changed/i);
    expect(bench.training.history.length).toBeGreaterThanOrEqual(3);
    const other = new Bench();
    other.train(xor);
    other.until(() => other.training.history.length >= 3);
    other.edit(xor.replace('1 1 -> 0', '1 1 -> 1'));
    expect(other.training.outdated).toMatch(/data have changed/i);
  });

  it('says when a pot is lost, and what to do', () => {
    const bench = new Bench();
    bench.train(xor, { values: { rate: 0.2 } });
    bench.until(() => bench.training.phase === 'ended');
    expect(bench.training.end).toMatchObject({ reason: 'blown up' });
    expect(bench.training.end!.message).toMatch(/epoch \d+, dwell \d/);
  }, 60_000);

  it('trains in silico just as well', () => {
    const bench = new Bench();
    bench.train(xor.replace('where = pot', 'where = silico').replace('rate = 0.005\n  dwell = 20', 'rate = 0.1'));
    bench.until(() => bench.training.history.length >= 20);
    expect(bench.training.begun!.equations).toContain('in silico');
    expect(bench.training.weights!.length).toBe(2);
    bench.tell({ type: 'stop' });
    expect(bench.training.kept!.checkpoint.epoch).toBeGreaterThanOrEqual(20);
  });
});

describe('data', () => {
  const flowers = readFileSync(resolve(root, 'samples/iris.crn'), 'utf8');
  const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
  const train = (text: string, table: string | undefined): Bench => {
    const bench = new Bench();
    bench.tell({ type: 'train', model: { uri, text, imports: [] }, key: 'iris on flowers', values: {}, run: true, speed: undefined, lensRow: undefined });
    expect(bench.said).toEqual([{ type: 'needData', requests: [{ path: 'data/iris.csv', from: null }] }]);
    bench.tell({ type: 'data', files: [table === undefined ? { path: 'data/iris.csv', from: null, error: 'There is no file "data/iris.csv".' } : { path: 'data/iris.csv', from: null, bytes: bytes(table) }] });
    return bench;
  };
  const table = readFileSync(resolve(root, 'samples/data/iris.csv'), 'utf8');

  it('come from a file', () => {
    const bench = train(flowers, table);
    bench.until(() => bench.training.at!.presentations > 20);
    expect(bench.training.begun).toMatchObject({ samples: 120, heldOut: 30, inputs: 4, outputs: 3, classes: ['setosa', 'versicolor', 'virginica'] });
    expect(bench.training.boundary).toBeUndefined();
  });

  it.each([
    ['a file that is not there', undefined, /There is no file "data\/iris\.csv"/],
    ['text where a number is needed', table.replace(/\n[\d.]+,/, '\nlong,'), /`data\/iris\.csv:2:1` “long” .* is text where a number is needed/],
    ['bytes that are no text', '\u0000', /CRN|data\/iris\.csv/],
  ])('that cannot be used are refused with their place: %s', (_what, content, message) => {
    const bench = train(flowers, content);
    const [problem] = bench.last('refused')!.problems;
    expect(problem!.code).toMatch(/^CRN8\d\d$/);
    expect(problem!.message).toMatch(message);
    expect(flowers.slice(0, problem!.place.start).split('\n').length).toBe(problem!.line);
    expect([bench.training.phase, bench.last('begun')]).toEqual(['idle', undefined]);
  });
});
