/**
 * Fill-reducing order by approximate minimum degree on the pattern of A + Aᵀ (quotient graph with element absorption;
 * Amestoy, Davis, Duff, "An approximate minimum degree ordering algorithm", SIAM J. Matrix Anal. Appl. 17, 1996,
 * without supervariables). Deterministic: ties go to the smallest index.
 */
import { go, sparingly, type Poll } from '../cancel.ts';
import type { SparsePattern } from '../system.ts';
import { transposed } from './pattern.ts';

/** Elimination order: order[k] is the k-th variable to eliminate. */
export function minimumDegree(pattern: SparsePattern, ask: Poll = go): Int32Array {
  const poll = sparingly(ask, 100);
  const n = pattern.n;
  const variables = symmetricNeighbours(pattern);
  const elements: number[][] = Array.from({ length: n }, () => []);
  /** Boundary of each element, named after its pivot; null once absorbed. */
  const boundary: (number[] | null)[] = new Array<number[] | null>(n).fill(null);
  const eliminated = new Uint8Array(n);
  const degree = Int32Array.from(variables, (list) => list.length);
  const queue = new DegreeQueue(degree);
  const mark = new Int32Array(n).fill(-1);
  /** For each live element: the size of its boundary outside the new one, while stamped with the current pivot. */
  const outside = new Int32Array(n);
  const outsideStamp = new Int32Array(n).fill(-1);
  const order = new Int32Array(n);
  for (let k = 0; k < n; k++) {
    poll();
    const pivot = queue.pop();
    order[k] = pivot;
    eliminated[pivot] = 1;
    const front: number[] = [];
    mark[pivot] = pivot;
    const join = (i: number): void => {
      if (eliminated[i] === 0 && mark[i] !== pivot) { mark[i] = pivot; front.push(i); }
    };
    variables[pivot]!.forEach(join);
    for (const element of elements[pivot]!) {
      boundary[element]?.forEach(join);
      boundary[element] = null;
    }
    boundary[pivot] = front;
    variables[pivot] = [];
    elements[pivot] = [];
    for (const i of front) {
      poll();
      for (const element of elements[i]!) {
        const members = boundary[element];
        if (members == null) continue;
        if (outsideStamp[element] !== pivot) {
          outsideStamp[element] = pivot;
          // Members eliminated since are dropped here, once.
          const live = members.filter((j) => eliminated[j] === 0);
          boundary[element] = live;
          outside[element] = live.length;
        }
        outside[element]!--;
      }
    }
    for (const i of front) {
      const kept: number[] = [];
      let size = front.length - 1;
      for (const element of elements[i]!) {
        if (boundary[element] == null) continue;
        // An element whose boundary lies inside the new one adds nothing any more.
        if (outside[element] === 0) continue;
        kept.push(element);
        size += outside[element]!;
      }
      kept.push(pivot);
      elements[i] = kept;
      const near = variables[i]!.filter((j) => eliminated[j] === 0 && mark[j] !== pivot);
      variables[i] = near;
      queue.update(i, Math.min(n - k - 2, size + near.length));
    }
  }
  return order;
}

function symmetricNeighbours(pattern: SparsePattern): number[][] {
  const { n, columnStart, rowIndex } = pattern;
  const rows = transposed(pattern);
  const seen = new Int32Array(n).fill(-1);
  return Array.from({ length: n }, (_, j) => {
    const list: number[] = [];
    seen[j] = j;
    const add = (i: number): void => { if (seen[i] !== j) { seen[i] = j; list.push(i); } };
    for (let p = columnStart[j]!; p < columnStart[j + 1]!; p++) add(rowIndex[p]!);
    for (let p = rows.columnStart[j]!; p < rows.columnStart[j + 1]!; p++) add(rows.rowIndex[p]!);
    return list;
  });
}

/** Variables in doubly linked lists by degree; pop takes one of least degree. */
class DegreeQueue {
  private readonly degree: Int32Array;
  private readonly head: Int32Array;
  private readonly next: Int32Array;
  private readonly previous: Int32Array;
  private least = 0;

  constructor(degree: Int32Array) {
    const n = degree.length;
    this.degree = degree;
    this.head = new Int32Array(n + 1).fill(-1);
    this.next = new Int32Array(n).fill(-1);
    this.previous = new Int32Array(n).fill(-1);
    for (let i = n - 1; i >= 0; i--) this.insert(i);
  }

  pop(): number {
    while (this.head[this.least] === -1) this.least++;
    const i = this.head[this.least]!;
    this.remove(i);
    return i;
  }

  update(i: number, degree: number): void {
    this.remove(i);
    this.degree[i] = Math.max(0, degree);
    this.insert(i);
  }

  private insert(i: number): void {
    const d = this.degree[i]!, first = this.head[d]!;
    this.next[i] = first;
    this.previous[i] = -1;
    if (first !== -1) this.previous[first] = i;
    this.head[d] = i;
    if (d < this.least) this.least = d;
  }

  private remove(i: number): void {
    const before = this.previous[i]!, after = this.next[i]!;
    if (before === -1) this.head[this.degree[i]!] = after;
    else this.next[before] = after;
    if (after !== -1) this.previous[after] = before;
  }
}
