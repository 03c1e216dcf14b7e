/** Random edits and random requests over JSON-RPC, seeded and bounded: the server answers everything, and what it says of an edited text is what it says of the same text fresh. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startServer } from './json-rpc.ts';
import type { Client, Json, ServerProcess } from './json-rpc.ts';

/** mulberry32 */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

const START = `units time s, concentration uM
param kon: 1/(uM*s) = 0.5, koff
/// doc
species A = 1, B, C[3]
dual W[2] = uniform(-1, 1, seed: 3)
fixed E = 2
bind: A + E -> B @ kon
A <-> B @ 1, koff
B -> A rate kon*A/(1 + B)
ode B' = 1 - B^2
for i in 1..2, s in signs {
  W^s[i] + C[i] -> W^s[i] + C[i+1] @ 2
}
module twice(a: species, z: dual; k = 1) { a -> a + z^+ @ k }
dual Z
use twice(A, Z; k = 3)
group update { A -> 0 @ 1 }
simulate run { until = fixed_point; plot = A, B; off = update }
expect A ~ 1 within 1e-3
expect conserved A + B
import "nothing.crn"
`;
const PIECES = ['\n', ' ', '{', '}', '(', ')', '[', ']', '^', '+', '-', '@', '->', '<->', ':', ';', ',', '=', "'", '"', '//', '/*', '*/', '///', '..', '1', '1e400', '0', '2.5.', 'A', 'W^s[i]', 'C[9]', 'kon', 'for i in 1..3 {', 'module m(a) {', 'use twice(', 'ode ', 'rate', 'species ', 'param ', 'units ', 'import "x.crn"', 'expect ', 'simulate ', 'κ', '𝑀', '\u0000', '\ud800', 'é', '\r\n', '\t', '#', 'ä→b', 'within', 'signs', 'group g {'];

describe('random edits and requests', () => {
  let server: ServerProcess;
  let client: Client;
  beforeAll(async () => {
    server = startServer();
    client = server.client;
    await client.initialize();
  });
  afterAll(async () => {
    expect(await server.stop()).toBe(0);
  });

  it.each([1, 2, 3, 4])('seed %i', async (seed) => {
    const draw = random(seed);
    const pick = <T>(list: readonly T[]): T => list[Math.floor(draw() * list.length)]!;
    const uri = `file:///fuzz/${seed}/model.crn`;
    const fresh = `file:///fuzz/${seed}/fresh.crn`;
    let text = START;
    let version = 1;
    await client.open(uri, text);
    const place = (offset: number): { line: number; character: number } => {
      const before = text.slice(0, offset).split(/\r\n|\n|\r/);
      return { line: before.length - 1, character: before.at(-1)!.length };
    };
    for (let round = 0; round < 40; round++) {
      const changes: object[] = [];
      for (let n = 1 + Math.floor(draw() * 3); n > 0; n--) {
        if (draw() < 0.05) {
          text = START;
          changes.push({ text });
          continue;
        }
        // A position between \r and \n names no place of the protocol, and none is made.
        let start = Math.floor(draw() * (text.length + 1));
        let end = Math.min(text.length, start + (draw() < 0.5 ? 0 : Math.floor(draw() * (draw() < 0.1 ? 200 : 8))));
        if (text[start - 1] === '\r' && text[start] === '\n') start--;
        if (text[end - 1] === '\r' && text[end] === '\n') end++;
        const inserted = draw() < 0.3 ? '' : ` ${draw() < 0.7 ? pick(PIECES) : text.slice(start, start + Math.floor(draw() * 60))} `;
        changes.push({ range: { start: place(start), end: place(end) }, text: inserted });
        text = text.slice(0, start) + inserted + text.slice(end);
      }
      version++;
      client.notify('textDocument/didChange', { textDocument: { uri, version }, contentChanges: changes });
      const where = { textDocument: { uri }, position: place(Math.floor(draw() * (text.length + 1))) };
      const range = { start: place(0), end: place(text.length) };
      const requests: [string, object][] = [
        ['textDocument/hover', where],
        ['textDocument/completion', where],
        ['textDocument/signatureHelp', where],
        ['textDocument/definition', where],
        ['textDocument/references', { ...where, context: { includeDeclaration: true } }],
        ['textDocument/documentHighlight', where],
        ['textDocument/prepareRename', where],
        ['textDocument/rename', { ...where, newName: 'renamed' }],
        ['textDocument/documentSymbol', where],
        ['textDocument/foldingRange', where],
        ['textDocument/formatting', { ...where, options: { tabSize: 2, insertSpaces: true } }],
        ['textDocument/semanticTokens/full', where],
        ['textDocument/codeAction', { ...where, range, context: { diagnostics: [] } }],
        ['onepot/odes', { uri }],
        ['onepot/reactions', { uri }],
        ['onepot/model', { uri }],
      ];
      const [method, params] = pick(requests);
      const { error } = await client.ask(method, params);
      // −32803: a rename that says why it cannot be done.
      expect(error?.code ?? -32803, `${method}: ${error?.message ?? ''}`).toBe(-32803);
    }
    const told = (list: Json[]): unknown => list.map(({ range, code, message }) => ({ range, code, message }));
    const edited = await client.change(uri, version + 1, [{ range: { start: place(text.length), end: place(text.length) }, text: '\n' }]);
    expect(told(edited)).toEqual(told(await client.open(fresh, `${text}\n`)));
  });

  it('logged no failure', () => {
    const failures = client.notifications.filter(({ method, params }) => method === 'window/logMessage' && params.type === 1);
    expect(failures.map(({ params }) => params.message)).toEqual([]);
  });
});
