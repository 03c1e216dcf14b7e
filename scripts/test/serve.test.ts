import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { get } from 'node:http';
import { tmpdir } from 'node:os';
import { join, sep } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fileOf, serve, type Served } from '../lib/serve.ts';

let folder = '';
let served: Served;
beforeAll(async () => {
  folder = join(await mkdtemp(join(tmpdir(), 'onepot-serve-')), 'site');
  await mkdir(join(folder, 'v1'), { recursive: true });
  await writeFile(join(folder, 'index.html'), '<!DOCTYPE html><title>site</title>');
  await writeFile(join(folder, 'v1', 'a b.js'), 'export {};');
  await writeFile(join(folder, '..', 'secret.txt'), 'not for you');
  served = await serve(folder, 0);
});
afterAll(async () => {
  await served.stop();
  await rm(join(folder, '..'), { recursive: true, force: true });
});

/** The status of a path sent as it is written: fetch would tidy it up first. */
function status(path: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const { port } = new URL(served.url);
    get({ host: '127.0.0.1', port, path }, (response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    }).on('error', reject);
  });
}

describe('the server of a folder', () => {
  it('serves its files with their types, and lets only those be kept that never change', async () => {
    const page = await fetch(served.url);
    expect([page.status, page.headers.get('content-type'), page.headers.get('cache-control')]).toEqual([200, 'text/html; charset=utf-8', 'no-cache']);
    const script = await fetch(`${served.url}v1/a%20b.js`);
    expect([script.status, script.headers.get('content-type'), script.headers.get('cache-control')]).toEqual([200, 'text/javascript; charset=utf-8', 'public, max-age=31536000, immutable']);
    expect(await script.text()).toBe('export {};');
  });
  it('serves nothing beside its folder, and no method that would change something', async () => {
    for (const path of ['/../secret.txt', '/v1/../../secret.txt', '/%2e%2e/secret.txt', '/..%2fsecret.txt', '/v1', '/nothing.js', '/%', '/a%00b', '//etc/passwd']) expect(await status(path), path).toBe(404);
    expect((await fetch(served.url, { method: 'POST' })).status).toBe(404);
    expect(fileOf(folder, '/..%2fsecret.txt')).toBeUndefined();
    expect(fileOf(folder, '/v1/x.js')).toBe(`${folder}${sep}v1${sep}x.js`);
  });
  it('takes another port when the wanted one is taken, unless it was asked for', async () => {
    const port = Number(new URL(served.url).port);
    const other = await serve(folder, port);
    expect(new URL(other.url).port).not.toBe(String(port));
    await other.stop();
    await expect(serve(folder, port, true)).rejects.toThrow(`Port ${port} is in use`);
  });
});
