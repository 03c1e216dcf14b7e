/** CVODE on the same models: native C, built in a temporary folder from the sources that --yardstick names. */
import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export type Solver = 'gmres-ilu0' | 'gmres' | 'klu-amd' | 'dense';

export interface Timing {
  /** CPU seconds of the solve alone. */
  readonly seconds: number;
  readonly steps: number;
  readonly final: readonly number[];
}

/** The built solver; `why` says what is missing when there is none. */
export class Yardstick {
  readonly folder: string;
  private constructor(folder: string) {
    this.folder = folder;
  }

  static build(source: string): Yardstick | { readonly why: string } {
    if (!existsSync(join(source, 'build.sh'))) return { why: `there is no build.sh in ${source}` };
    const folder = mkdtempSync(join(tmpdir(), 'onepot-bench-'));
    cpSync(source, folder, { recursive: true });
    try {
      execFileSync('sh', [join(folder, 'build.sh')], { stdio: 'pipe' });
    } catch {
      rmSync(folder, { recursive: true, force: true });
      return { why: 'CVODE could not be built; on Debian: apt-get install gcc libsundials-dev libsuitesparse-dev python3' };
    }
    return new Yardstick(folder);
  }

  /** Translates a .net file; returns the path of the solver's own form. */
  translate(netFile: string, name: string): string {
    const out = join(this.folder, `${name}.txt`);
    execFileSync('python3', [join(this.folder, 'net2crn.py'), netFile, out], { stdio: 'pipe' });
    return out;
  }

  /** The quickest of `repeat` runs. */
  solve(model: string, end: number, solver: Solver, rtol: number, atol: number, repeat: number): Timing {
    const final = join(this.folder, 'final.txt');
    rmSync(final, { force: true });
    const output = execFileSync(join(this.folder, 'cvode_crn'), [model, String(end), solver, String(rtol), String(atol), '1', String(repeat), final], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
    const runs = output.trim().split('\n').filter((line) => line.startsWith('{')).map((line) => JSON.parse(line) as { cpu_s: number; steps: number; t_reached: number });
    const first = runs[0];
    if (first === undefined || !(first.t_reached >= end)) throw new Error(`CVODE did not reach t = ${end}: ${output.slice(0, 200)}`);
    return { seconds: Math.min(...runs.map((run) => run.cpu_s)), steps: first.steps, final: readFileSync(final, 'utf8').trim().split('\n').map(Number) };
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}
