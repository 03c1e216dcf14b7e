/** `onepot train FILE [NETWORK] [--json] [--checkpoint DIR] [--resume] [--interim N] …` */
import { UnusableError } from '../lib/errors.ts';
import { inWorker } from '../lib/in-worker.ts';
import { note, print } from '../lib/terminal.ts';
import type { FromTraining, Trained, TrainOptions } from '../lib/training-protocol.ts';
import { epochJson, interimJson, printTrained, trainedJson, trainingExitCode, trainingSentence, TrainingBar } from '../lib/training-report.ts';

export interface TrainCommandOptions extends TrainOptions {
  readonly json?: boolean;
}

/** @returns the exit code: 0 trained, 1 the model has errors or the pot was lost, 2 arguments, data or checkpoint that cannot be used, 130 interrupted. */
export async function train(file: string, name: string | undefined, { json, ...options }: TrainCommandOptions): Promise<number> {
  if (options.checkpoint === undefined && (options.resume === true || options.force === true)) {
    throw new UnusableError(`${options.resume === true ? '--resume' : '--force'} needs --checkpoint with the folder of the checkpoint.`);
  }
  if (options.resume === true && options.force === true) throw new UnusableError('--resume goes on from the checkpoint, --force begins anew; leave one of the two out.');
  const bar = new TrainingBar();
  let result: Trained;
  try {
    result = await inWorker<FromTraining, Trained>({ training: true, file, options: { ...options, unwatched: json !== true && !process.stderr.isTTY }, ...(name === undefined ? {} : { name }) }, 'Stopping …', (message, done) => {
      bar.handle(message);
      if (message.type === 'trained') done(message);
      else if (message.type === 'note') note(message.message);
      else if (json === true && message.type === 'epoch') print(JSON.stringify(epochJson(message)));
      else if (json === true && message.type === 'interim') print(JSON.stringify(interimJson(message)));
    });
  } finally {
    bar.stop();
  }
  const code = trainingExitCode(result);
  if (json === true) {
    print(JSON.stringify(trainedJson(result)));
    // Machines read stdout; a person at the terminal still wants to know.
    if (code !== 0) note(trainingSentence(result));
  } else printTrained(result);
  return code;
}
