/** The TextMate grammar in VS Code's own engine: each `*.crn` beside this file holds lines with the scopes expected under them. */
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { keywords } from '../../grammar/index.ts';

const here = import.meta.dirname;
const root = path.resolve(here, '../..');
const grammar = path.join(root, 'syntaxes/crn.tmLanguage.json');

describe('TextMate grammar', () => {
  for (const file of readdirSync(here).filter((name) => name.endsWith('.crn'))) {
    it(`gives the scopes written in ${file}`, () => {
      const runner = path.join(root, 'node_modules/vscode-tmgrammar-test/dist/unit.js');
      const output = execFileSync(process.execPath, [runner, '--compact', '-g', grammar, path.join(here, file)], { encoding: 'utf8' });
      expect(output).toContain('run successfuly');
    });
  }

  it('knows every reserved word of the parser', () => {
    const text = readFileSync(grammar, 'utf8');
    const missing = keywords.filter((word) => !new RegExp(`[(|]${word}[|)]|${word}\\(\\?!`).test(text));
    expect(missing).toEqual([]);
  });
});
