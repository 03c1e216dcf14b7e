/** What is printed, and where: results on stdout, everything else on stderr. Colours on a terminal only. */
import pc from 'picocolors';

/** Whether a stream shows colours: a terminal that is not "dumb", and nobody set NO_COLOR (https://no-color.org). */
function coloured(stream: NodeJS.WriteStream): boolean {
  const { NO_COLOR, TERM } = process.env;
  // Not a plain `stream.isTTY`: it is undefined in a pipe, and createColors(undefined) asks the environment.
  return Boolean(stream.isTTY) && (NO_COLOR === undefined || NO_COLOR === '') && TERM !== 'dumb';
}

export const colours = pc.createColors(coloured(process.stdout));
export const errorColours = pc.createColors(coloured(process.stderr));

/** A line on stdout. */
export function print(line: string): void {
  process.stdout.write(`${line}\n`);
}

/** A line on stderr. */
export function note(line: string): void {
  process.stderr.write(`${line}\n`);
}

/** A reader that has seen enough (`onepot … | head`) closes the pipe: that is no error. */
export function endQuietlyOnClosedPipe(): void {
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
    process.exit(process.exitCode ?? 0);
  });
}

/** `1 error`, `2 errors` */
export function count(n: number, one: string, many = `${one}s`): string {
  return `${n.toLocaleString('en-US')} ${n === 1 ? one : many}`;
}
