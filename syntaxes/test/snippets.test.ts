/** Every snippet, with its placeholders as they come, is a text without problems. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from '../../grammar/index.ts';

const file = path.resolve(import.meta.dirname, '../../extension/snippets.json');
const snippets = JSON.parse(readFileSync(file, 'utf8')) as Record<string, { readonly body: string | readonly string[]; readonly description: string }>;

/** `${1:A}` → `A`, `${3|a,b|}` → `a`, `$0` → nothing. */
function expand(body: string | readonly string[]): string {
  const text = typeof body === 'string' ? body : body.join('\n');
  return text.replace(/\$\{\d+\|([^,|]*)[^}]*\}/g, '$1').replace(/\$\{\d+:([^{}]*)\}/g, '$1').replace(/\$\d/g, '');
}

describe('snippets', () => {
  for (const [name, { body, description }] of Object.entries(snippets)) {
    it(`${name}: ${description}`, () => {
      const tree = parse(expand(body));
      expect(tree.units.length).toBeGreaterThan(0);
      expect(tree.units.flatMap((unit) => unit.problems.map((problem) => problem.message))).toEqual([]);
    });
  }
});
