import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { findBrowser } from '../browser.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'onepot-browser-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test('the browser named by ONEPOT_CHROMIUM comes first', () => {
  const chosen = join(folder, 'my-chromium');
  writeFileSync(chosen, '');
  writeFileSync(join(folder, 'chromium'), '');
  expect(findBrowser({ ONEPOT_CHROMIUM: chosen, PATH: folder }, 'linux')).toBe(chosen);
});

test('a wrong ONEPOT_CHROMIUM is said, not passed over', () => {
  expect(() => findBrowser({ ONEPOT_CHROMIUM: join(folder, 'none'), PATH: folder }, 'linux')).toThrow(/ONEPOT_CHROMIUM names .*none/);
});

test.skipIf(process.platform === 'win32')('on PATH, Chromium comes before Chrome', () => {
  writeFileSync(join(folder, 'google-chrome'), '');
  expect(findBrowser({ PATH: folder }, 'linux')).toBe(join(folder, 'google-chrome'));
  writeFileSync(join(folder, 'chromium'), '');
  expect(findBrowser({ PATH: folder }, 'linux')).toBe(join(folder, 'chromium'));
});
