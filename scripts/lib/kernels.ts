/**
 * Compiles the WebAssembly kernels from AssemblyScript into a module of their bytes, `simulation/kernels/generated.ts`,
 * which is not kept in git.
 */
import { createHash } from 'node:crypto';
import { existsSync, globSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { StepError } from './console.ts';
import { root } from './paths.ts';
import { tryRun } from './run.ts';

/**
 * The compiler, as a command: its declarations as a module redefine global types (`at` of arrays, among others) for every
 * program that the importing file is part of.
 */
const COMPILER = join(root, 'node_modules/assemblyscript/bin/asc.js');
const folder = join(root, 'simulation/kernels');
const generated = join(folder, 'generated.ts');
/** No run-time library, no checks of addresses: every address comes from the arenas of `simulation/kernels/arena.ts`. */
const OPTIONS = ['-O3', '--runtime', 'stub', '--noAssert', '--importMemory', '--initialMemory', '1', '--enable', 'simd'];

/** What the kernels are made of, as one hash. */
function fingerprint(): string {
  const hash = createHash('sha256').update(OPTIONS.join(' '));
  const files = globSync(['assembly/*.ts', 'layout-*.ts'], { cwd: folder }).sort();
  for (const file of files) hash.update(file).update(readFileSync(join(folder, file)));
  const compiler = JSON.parse(readFileSync(join(root, 'node_modules/assemblyscript/package.json'), 'utf8')) as { version: string };
  return hash.update(compiler.version).digest('hex').slice(0, 16);
}

/**
 * Makes the module anew if the sources are not those it was made from.
 * @returns how many bytes of WebAssembly there are, or undefined when nothing had to be done
 * @throws StepError with the compiler's messages
 */
export async function buildKernels(): Promise<number | undefined> {
  const mark = `// sources ${fingerprint()}`;
  if (existsSync(generated) && readFileSync(generated, 'utf8').startsWith(mark)) return undefined;
  const scratch = mkdtempSync(join(tmpdir(), 'onepot-kernels-'));
  try {
    const binary = join(scratch, 'kernels.wasm');
    const { code, output } = await tryRun(process.execPath, [COMPILER, join(folder, 'assembly/index.ts'), ...OPTIONS, '--outFile', binary], { cwd: root });
    if (code !== 0) throw new StepError(`The kernels could not be compiled.\n${output}`);
    const bytes = readFileSync(binary);
    writeFileSync(generated, `${mark}\n/** The kernels as WebAssembly, in base64. Made by \`npm run build\` from \`assembly/\`. */\nexport const KERNELS = '${bytes.toString('base64')}';\n`);
    return bytes.length;
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}
