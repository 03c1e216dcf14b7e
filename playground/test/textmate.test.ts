/** Our engine for the TextMate grammar against VS Code's own. */
import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import * as oniguruma from 'vscode-oniguruma';
import * as textmate from 'vscode-textmate';
import { Tokenizer, sameStack, type Grammar, type Stack } from '../colours/textmate.ts';

const root = path.resolve(import.meta.dirname, '../..');
const grammarFile = path.join(root, 'syntaxes/crn.tmLanguage.json');
const grammar = JSON.parse(readFileSync(grammarFile, 'utf8')) as Grammar;
let reference: textmate.IGrammar;

beforeAll(async () => {
  const wasm = readFileSync(createRequire(import.meta.url).resolve('vscode-oniguruma/release/onig.wasm'));
  await oniguruma.loadWASM(wasm.buffer.slice(wasm.byteOffset, wasm.byteOffset + wasm.byteLength));
  const registry = new textmate.Registry({
    onigLib: Promise.resolve({ createOnigScanner: (patterns) => new oniguruma.OnigScanner(patterns), createOnigString: (text) => new oniguruma.OnigString(text) }),
    loadGrammar: () => Promise.resolve(textmate.parseRawGrammar(readFileSync(grammarFile, 'utf8'), grammarFile)),
  });
  reference = (await registry.loadGrammar('source.crn'))!;
});

/** Every character with its innermost scope, line by line: neighbouring tokens of the same scope count as one. */
function expected(text: string): string[] {
  let stack = textmate.INITIAL;
  return text.split('\n').map((line) => {
    const result = reference.tokenizeLine(line, stack);
    stack = result.ruleStack;
    return result.tokens.flatMap((token) => Array.from({ length: Math.min(token.endIndex, line.length) - token.startIndex }, () => token.scopes.at(-1))).map((scope, at) => `${line[at]} ${scope}`).join('\n');
  });
}
function found(text: string): string[] {
  const tokenizer = new Tokenizer(grammar);
  let open: Stack | undefined;
  return text.split('\n').map((line) => {
    const result = tokenizer.line(line, open);
    open = result.open;
    return [...result.tokens.entries()].flatMap(([index, token]) => {
      const end = result.tokens[index + 1]?.start ?? line.length;
      return Array.from({ length: end - token.start }, () => token.scope);
    }).map((scope, at) => `${line[at]} ${scope}`).join('\n');
  });
}

describe('the TextMate engine', () => {
  const folders = ['samples', 'syntaxes/test', 'chemistry/library'];
  const files = folders.flatMap((folder) => readdirSync(path.join(root, folder)).filter((name) => name.endsWith('.crn')).map((name) => `${folder}/${name}`));
  it('has texts to be tried on', () => expect(files.length).toBeGreaterThan(30));
  it.each(files)('gives the scopes that VS Code gives in %s', (file) => {
    const text = readFileSync(path.join(root, file), 'utf8');
    expect(found(text)).toEqual(expected(text));
  });
  it.each([
    '/* opened\nand not closed', 'species A = 1 /* in the middle */ , B', 'param k : 1/(uM*s) = 0.5, l = 2; X -> 0 @ k', '"a string that ends nowhere', "X' = 1 ode",
    'vary noise.x in 1..2 steps 3 // why', 'train first: xor on truth', '\t  label: A + B <-> C @ 1, 2', 'a^+ b^- c^-2 d^+ 3', '}}}) ;;', 'μ₁ -> ∅ @ k₂', '😀 species 😀 = 1',
  ])('gives the scopes that VS Code gives in %j', (text) => expect(found(text)).toEqual(expected(text)));

  it('knows when what is open has stayed the same', () => {
    const tokenizer = new Tokenizer(grammar);
    const one = tokenizer.line('/* a', undefined).open;
    const other = tokenizer.line('b', one).open;
    expect(sameStack(one, other)).toBe(true);
    expect(sameStack(one, tokenizer.line('b */', one).open)).toBe(false);
    expect(sameStack(tokenizer.line('/* x', undefined).open, one)).toBe(true);
  });
});
