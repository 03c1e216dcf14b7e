/** Runs simulations of all kinds 1,000 times over and prints the memory in use after 300 and after 1,000 of them, as JSON. */
import { memoryUsage } from 'node:process';
import { analyse } from '../../chemistry/index.ts';
import { parse } from '../../grammar/index.ts';
import { Simulator, StochasticSimulator } from '../../simulation/index.ts';

const collect = (globalThis as { gc?: () => void }).gc;
if (collect === undefined) throw new Error('run with --expose-gc');
const network = (text: string) => analyse(parse(text)).network;
const stiff = network('species A = 1, B, C\nA -> B @ 0.04\n2 B -> B + C @ 3e7\nB + C -> A + C @ 1e4\n');
const families = network('species X[400] = 1\nfor i in 1..399 { X[i] <-> X[i+1] @ 40, 30 }\nX[1] -> 0 @ 3\n');
const few = network('species X = 20\n0 -> X @ 10\nX -> 0 @ 1\n');

const METHODS = ['auto', 'tsit5', 'rkc', 'bdf'] as const;
const simulators = [new Simulator(stiff), new Simulator(families), new Simulator(families, { unrollLimit: 0 })];
const molecules = new StochasticSimulator(few);
const inUse = (): number => {
  collect();
  collect();
  const { heapUsed, external } = memoryUsage();
  return heapUsed + external;
};

const measured: number[] = [];
for (let run = 1; run <= 1000; run++) {
  for (const simulator of simulators) simulator.run({ until: 0.03, method: METHODS[run % METHODS.length]! });
  simulators[0]!.run({ until: 'fixed point' });
  for (const method of ['ssa', 'tau', 'langevin'] as const) molecules.run({ until: 1, method, replica: run });
  // Made anew, and given up in the middle.
  new Simulator(few).run({ until: 1, cancel: () => run % 2 === 0 });
  if (run === 300 || run === 1000) measured.push(inUse());
}
console.log(JSON.stringify(measured));
