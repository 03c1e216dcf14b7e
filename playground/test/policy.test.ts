/** The pages' content policies, and that the pages keep to them. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';

const room = path.resolve(import.meta.dirname, '..');

describe.each(['index.html', 'lab.html'])('%s', (name) => {
  const page = readFileSync(path.join(room, name), 'utf8').replaceAll(/<!--[\s\S]*?-->/g, '');
  const policy = new Map((/http-equiv="Content-Security-Policy" content="([^"]+)"/.exec(page)?.[1] ?? '').split(';').map((part) => {
    const [directive, ...sources] = part.trim().split(/\s+/);
    return [directive!, sources] as const;
  }));

  it('allows nothing that is not named, no inline scripts, no eval', () => {
    expect(policy.get('default-src')).toEqual(["'none'"]);
    expect(policy.get('script-src')).toEqual(["'self'", "'wasm-unsafe-eval'"]);
    for (const directive of ['base-uri', 'form-action']) expect(policy.get(directive)).toEqual(["'none'"]);
    const loose = [...policy].filter(([, sources]) => sources.some((source) => /unsafe-inline|unsafe-eval|\*|https?:/.test(source) && source !== "'wasm-unsafe-eval'"));
    // The editor places its lines with style attributes; the lab needs none.
    expect(loose.map(([directive]) => directive)).toEqual(name === 'index.html' ? ['style-src-attr'] : []);
  });
  it('stands before anything it is to rule', () => {
    expect(page.indexOf('Content-Security-Policy')).toBeLessThan(page.search(/<script|<link|<img|<iframe/));
  });
  it('has no inline scripts, handlers or styles, and loads nothing from elsewhere', () => {
    expect(page).not.toMatch(/<script(?![^>]*\bsrc=)/);
    expect(page).not.toMatch(/\son\w+=/);
    expect(page).not.toMatch(/<style|\sstyle=/);
    expect([...page.matchAll(/(?:src|href)="([^"]+)"/g)].filter(([, address]) => /^(\/|[a-z]+:)/i.test(address!))).toEqual([]);
  });
});
