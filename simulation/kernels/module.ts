/**
 * The WebAssembly kernels: compiled once a thread, instantiated on a memory of the caller's. The bytes stand in a generated
 * module, so that they are there wherever the room is: in Node, in a worker, in a bundle of one file.
 */
import { KERNELS } from './generated.ts';

/** The exports of `assembly/`; addresses and counts are numbers, conditions 0 or 1. */
export interface Kernels {
  axpy(a: number, x: number, y: number, n: number): void;
  sum(v: number, n: number): number;
  scaled(a: number, x: number, out: number, n: number): void;
  weightedSquares(v: number, w: number, n: number): number;
  weightedSquaresOfDifference(v: number, u: number, a: number, w: number, n: number): number;
  errorWeights(y: number, atol: number, rtol: number, floor: number, weights: number, n: number): void;
  anyBelow(y: number, atol: number, limit: number, n: number): number;
  shift(columns: number, stride: number, q: number, sign: number, n: number): void;
  rescale(columns: number, stride: number, q: number, eta: number, n: number): void;
  newtonResidual(delta: number, slope: number, first: number, correction: number, gamma: number, leading: number, n: number): number;
  newtonMove(correction: number, delta: number, scale: number, y: number, predicted: number, w: number, n: number): number;
  interpolate(columns: number, stride: number, q: number, s: number, out: number, n: number): void;
  correctColumns(columns: number, stride: number, q: number, l: number, correction: number, n: number): void;
  intoMetric(v: number, w: number, out: number, n: number): number;
  outOfMetric(v: number, w: number, out: number, n: number): void;
  newtonImage(x: number, gamma: number, v: number, n: number): void;
  orthogonalise(w: number, basis: number, stride: number, k: number, h: number, n: number): number;
  iluFactorise(plan: number, gamma: number, drop: number, weights: number): number;
  iluSolve(plan: number, x: number): void;
  combineStages(out: number, y: number, h: number, a: number, stages: number, count: number, n: number): void;
  stageErrorSquares(y: number, out: number, h: number, e: number, stages: number, count: number, rtol: number, atol: number, floor: number, n: number): number;
  familyLoop(loop: number, constants: number, y: number, v: number, out: number): void;
  familyJacobian(loop: number, constants: number, y: number, positions: number, values: number): number;
  borderedFactorise(plan: number, gamma: number, least: number): number;
  borderedForward(plan: number, x: number): void;
  borderedBackward(plan: number, x: number): void;
  totalsApply(plan: number, b: number, x: number): void;
  fluxRates(plan: number): void;
  fluxTangents(plan: number): void;
  fluxRatesOf(plan: number, record: number): void;
  fluxTangentsOf(plan: number, record: number): void;
  fluxAdvance(plan: number): void;
  fluxValues(plan: number): void;
  fluxTangentValues(plan: number): void;
  fluxGather(plan: number): void;
  fluxDerivatives(plan: number): void;
  fluxJacobian(plan: number): void;
}

/** What is used of the WebAssembly interface; this room is compiled without the types of any host. */
declare const WebAssembly: {
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Memory: new (limits: { readonly initial: number; readonly maximum: number }) => { readonly buffer: ArrayBuffer };
  readonly Instance: new (module: object, imports: Record<string, Record<string, unknown>>) => { readonly exports: object };
};

const PAGE = 65_536;
let compiled: object | undefined;

/** A memory of at least so many bytes, all 0, and the kernels that work in it. It never grows: its views stay valid. */
export function instantiate(bytes: number): { readonly buffer: ArrayBuffer; readonly kernels: Kernels } {
  compiled ??= new WebAssembly.Module(decodeBase64(KERNELS));
  const pages = Math.max(1, Math.ceil(bytes / PAGE));
  const memory = new WebAssembly.Memory({ initial: pages, maximum: pages });
  const { exports } = new WebAssembly.Instance(compiled, { env: { memory } });
  return { buffer: memory.buffer, kernels: exports as Kernels };
}

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/** Neither Node's nor the browser's decoder is known here. */
export function decodeBase64(text: string): Uint8Array {
  const value = new Uint8Array(128);
  for (let k = 0; k < 64; k++) value[ALPHABET.charCodeAt(k)] = k;
  const padding = text.endsWith('==') ? 2 : text.endsWith('=') ? 1 : 0;
  const bytes = new Uint8Array((text.length / 4) * 3 - padding);
  for (let k = 0, out = 0; k < text.length; k += 4) {
    const word = value[text.charCodeAt(k)]! << 18 | value[text.charCodeAt(k + 1)]! << 12
      | value[text.charCodeAt(k + 2)]! << 6 | value[text.charCodeAt(k + 3)]!;
    bytes[out++] = word >> 16;
    bytes[out++] = word >> 8;
    bytes[out++] = word;
  }
  return bytes;
}
