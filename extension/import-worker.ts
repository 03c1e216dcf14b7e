/** Reads a BioNetGen network in a thread of its own, which can be ended at any moment: the extension host goes on meanwhile. */
import { parentPort, workerData } from 'node:worker_threads';
import { importNet, NetFormatError } from '../exchange/index.ts';
import type { ImportAnswer, ImportOrder } from './network-import.ts';

const { bytes, name } = workerData as ImportOrder;

function answer(): ImportAnswer {
  try {
    const { text, notes } = importNet(new TextDecoder().decode(bytes), name);
    return { text, lost: notes.filter((note) => note.lost).length };
  } catch (error) {
    if (error instanceof NetFormatError) return { refused: error.message };
    throw error;
  }
}

parentPort?.postMessage(answer());
