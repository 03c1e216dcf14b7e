/** `node bench/first.ts FILE.net END`: builds and solves once in a process of its own and prints the CPU seconds of both as JSON. */
import { readFileSync } from 'node:fs';
import { ATOL, RTOL } from './models.ts';
import { build, solve } from './ours.ts';

const [file = '', end = ''] = process.argv.slice(2);
const built = build(readFileSync(file, 'utf8'), file);
console.log(JSON.stringify({ buildSeconds: built.buildSeconds, seconds: solve(built, Number(end), 'auto', RTOL, ATOL).seconds }));
