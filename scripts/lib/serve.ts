/** A small web server for a folder of files, for this machine only. */
import { readFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join, normalize, sep } from 'node:path';
import { gzipSync } from 'node:zlib';
import { StepError } from './console.ts';

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8', '.js': 'text/javascript; charset=utf-8', '.css': 'text/css; charset=utf-8', '.json': 'application/json', '.svg': 'image/svg+xml',
  '.ttf': 'font/ttf', '.txt': 'text/plain; charset=utf-8', '.wasm': 'application/wasm',
};

/** The file a request means, inside the folder or undefined. */
export function fileOf(folder: string, address: string): string | undefined {
  let path: string;
  try {
    path = decodeURIComponent(new URL(address, 'http://localhost').pathname);
  } catch {
    return undefined;
  }
  if (path.includes('\0')) return undefined;
  const file = normalize(join(folder, path.endsWith('/') ? `${path}index.html` : path));
  return file.startsWith(folder + sep) ? file : undefined;
}

export interface Served {
  readonly url: string;
  stop(): Promise<void>;
}

/**
 * Serves a folder at 127.0.0.1. Files in folders never change there (their folders are named after their contents); files
 * beside them are asked for anew every time.
 * @param port the wanted one; when it is taken and `strict` is false, any free one
 * @throws StepError when the port is taken
 */
export async function serve(folder: string, port: number, strict = false): Promise<Served> {
  const server = createServer((request, response) => {
    void (async () => {
      const file = request.method === 'GET' || request.method === 'HEAD' ? fileOf(folder, request.url ?? '/') : undefined;
      try {
        if (file === undefined) throw new Error('no such file');
        const bytes = await readFile(file);
        const small = /\bgzip\b/.test(String(request.headers['accept-encoding'])) && bytes.length > 1000 ? gzipSync(bytes, { level: 1 }) : undefined;
        const inFolder = file.slice(folder.length + 1).includes(sep);
        response.writeHead(200, {
          'Content-Type': TYPES[extname(file)] ?? 'application/octet-stream', 'X-Content-Type-Options': 'nosniff',
          'Cache-Control': inFolder ? 'public, max-age=31536000, immutable' : 'no-cache', ...(small === undefined ? {} : { 'Content-Encoding': 'gzip' }),
        });
        response.end(request.method === 'HEAD' ? undefined : (small ?? bytes));
      } catch {
        response.writeHead(404, { 'Content-Type': 'text/plain; charset=utf-8' });
        response.end('There is no such file.\n');
      }
    })();
  });
  const actual = await listen(server, port, strict);
  return {
    url: `http://localhost:${actual}/`,
    stop: () => new Promise((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    }),
  };
}

function listen(server: Server, port: number, strict: boolean): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EADDRINUSE') reject(error);
      else if (strict) reject(new StepError(`Port ${port} is in use: choose another one with --port.`));
      else resolve(listen(server, 0, true));
    });
    server.listen(port, '127.0.0.1', () => resolve((server.address() as AddressInfo).port));
  });
}
