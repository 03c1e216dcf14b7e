/** One line of help for each word of the language, for hovers and completion, and the snippets that go with them. */
import { marked, said, type Text } from '../../l10n/index.ts';

export interface WordHelp {
  readonly help: Text;
  /** A snippet in the protocol's syntax for the start of a statement. */
  readonly snippet?: string;
}

/** The help on a word in the language in force; undefined where there is no word. */
export function helpOn(word: { readonly help: Text } | undefined): string | undefined {
  return word === undefined ? undefined : said(word.help);
}

export const WORDS: ReadonlyMap<string, WordHelp> = new Map<string, WordHelp>([
  ['units', { help: marked('States the units of time and concentration: `units time s, concentration uM`. Without it, quantities are dimensionless but still checked by order.'), snippet: 'units time ${1:s}, concentration ${2:uM}' }],
  ['param', { help: marked('Declares parameters: `param kon: 1/(uM*s) = 0.5`. The unit is inferred from use when left out.'), snippet: 'param ${1:k} = ${2:1}' }],
  ['species', { help: marked('Declares species with their initial concentrations: `species A = 1, X[4]`. Default 0.'), snippet: 'species ${1:X} = ${2:0}' }],
  ['fixed', { help: marked('Declares species that the environment holds at their value: reactions use them without changing them.'), snippet: 'fixed ${1:E} = ${2:1}' }],
  ['dual', { help: marked('Declares a signed quantity carried by two species, its rails `W^+` and `W^-`; its value is their difference.'), snippet: 'dual ${1:W} = ${2:0}' }],
  ['ode', { help: marked("States an ODE, `ode X' = h + y*X - X^2`. It becomes reactions; a term that would make X negative is an error."), snippet: "ode ${1:X}' = $0" }],
  ['for', { help: marked('A family: its body holds for every value of the indices, `for i in 1..3, s in signs { … }`.'), snippet: 'for ${1:i} in ${2:1..3} {\n\t$0\n}' }],
  ['module', { help: marked('Declares a reusable set of reactions: `module multiply(a: dual, b: dual, z: dual; k = 1) { … }`.'), snippet: 'module ${1:name}(${2:a: species}) {\n\t$0\n}' }],
  ['use', { help: marked('Puts a module’s reactions in place: `use multiply(P, Q, R; k = 2)`.') }],
  ['group', { help: marked('Names a set of reactions that an experiment can switch off: `group update { … }`.'), snippet: 'group ${1:name} {\n\t$0\n}' }],
  ['import', { help: marked('Brings in the declarations of another file beside this one: `import "motifs.crn"`.'), snippet: 'import "$1"' }],
  ['simulate', { help: marked('Describes a run: `simulate relax { until = fixed_point; plot = H }`.'), snippet: 'simulate ${1:run} { until = ${2:fixed_point} }' }],
  ['expect', { help: marked('A test that runs with the file: `expect H ~ 1.618034 within 1e-6`, `expect conserved A + AE`, `expect ode H\' = …`.'), snippet: 'expect ${1:X} ~ ${2:1} within ${3:1e-6}' }],
  ['rate', { help: marked('Gives a reaction a full rate law in place of a mass-action constant: `B -> C rate Vmax*B/(Km + B)`.') }],
  ['in', { help: marked('What an index runs over, `i in 1..3`; or the experiment at whose end something is expected, `expect X ~ 1 in relax`.') }],
  ['signs', { help: marked('The two signs, + and −: `for s in signs { z^s -> 0 @ 1 }` holds for both rails.') }],
  ['within', { help: marked('How far a value may be off: `within 1e-6` (absolute) or `within 1 %` (relative).') }],
  ['activation', { help: marked("Declares an activation as an ODE of a species with the pre-activation `y`: `activation smooth_relu(h) { x' = h + y*x - x^2 }`."), snippet: "activation ${1:name}(${2:h}) {\n\tx' = $0\n}" }],
  ['neuron', { help: marked('A neuron whose weights are rate constants: `neuron H = smooth_relu(2*X1 - 1.5*X2 + 0.3; h = 0.1)`.'), snippet: 'neuron ${1:H} = ${2:smooth_relu}(${3:X}; ${4:h = 0.1})' }],
  ['network', { help: marked('Declares a layered network, which becomes reactions: inputs, layers with their activations, and how weights start.'), snippet: 'network ${1:name} {\n\tinput x[${2:2}]\n\tlayer hidden[${3:4}] = smooth_relu(h = 0.1)\n\tlayer y[${4:1}] = linear\n\tweights uniform(-1, 1, seed: 7)\n}' }],
  ['data', { help: marked('Declares data: a table of numbers, or a file such as `data iris = csv("iris.csv") { x = columns(1..4); y = onehot(column("species")); split 0.8 seed 1 }`.'), snippet: 'data ${1:name} {\n\tx[${2:2}] -> y[${3:1}]\n\t$0\n}' }],
  ['train', { help: marked('Trains a network on data: `train xor on truth_table { where = pot; rate = 0.005; epochs = 300 }`.'), snippet: 'train ${1:network} on ${2:data} { epochs = ${3:300} }' }],
  ['noise', { help: marked('Describes noise by a name, for trainings and sweeps: `noise jitter { rates = lognormal(0.1, frozen, per: reaction) }`.'), snippet: 'noise ${1:jitter} { rates = lognormal(${2:0.1}, frozen, per: reaction) }' }],
  ['sweep', { help: marked('Trains over and over while something is varied: `sweep robust { train xor on truth_table; vary noise in 0..0.3 steps 7; replicas = 20 }`.'), snippet: 'sweep ${1:name} {\n\ttrain ${2:network} on ${3:data}\n\tvary ${4:noise} in ${5:0..0.3} steps ${6:7}\n}' }],
  ['conserved', { help: marked('Expects that a linear combination of species never changes: `expect conserved A + AE`.') }],
  ['time', { help: marked('In `units`, the unit of time. In a rate, the time since the start of the simulation.') }],
  ['concentration', { help: marked('In `units`, the unit of concentration.') }],
  ['fixed_point', { help: marked('As the end of a run: go on until nothing changes any more.') }],
]);

/** Words that begin a statement, in the order in which they are offered. */
export const STATEMENT_WORDS: readonly string[] = ['species', 'param', 'fixed', 'dual', 'for', 'ode', 'module', 'use', 'group', 'import', 'units', 'simulate', 'expect', 'network', 'data', 'train', 'neuron', 'activation', 'noise', 'sweep'];

/** Words that begin a line of a block of lines, with what they stand for; settings come from chemistry. */
export const LINE_WORDS: Readonly<Record<string, readonly { readonly word: string; readonly help: Text; readonly snippet: string }[]>> = {
  activation: [{ word: 'output', help: marked('What is read out, where it is not the first species: `output = x - x̄`.'), snippet: 'output = ${1:x}' }],
  network: [
    { word: 'input', help: marked('The inputs and how many they are: `input x[2]`.'), snippet: 'input ${1:x}[${2:2}]' },
    { word: 'layer', help: marked('A layer, its size and its activation: `layer hidden[4] = smooth_relu(h = 0.1)`. The last layer is the output.'), snippet: 'layer ${1:hidden}[${2:4}] = ${3:smooth_relu(h = 0.1)}' },
    { word: 'weights', help: marked('How weights start: `weights uniform(-1, 1, seed: 7)`.'), snippet: 'weights ${1:uniform(-1, 1, seed: 7)}' },
  ],
  data: [{ word: 'split', help: marked('The part of the rows to train on; the others are held out: `split 0.8 seed 1`.'), snippet: 'split ${1:0.8} seed ${2:1}' }],
  sweep: [
    { word: 'train', help: marked('What is trained in every run: `train xor on truth_table`.'), snippet: 'train ${1:network} on ${2:data}' },
    { word: 'simulate', help: marked('What is simulated in every run, in place of a training: `simulate relax`.'), snippet: 'simulate ${1:name}' },
    { word: 'vary', help: marked('What is varied: `vary noise in 0..0.3 steps 7`, `vary h in [0.05, 0.1]`.'), snippet: 'vary ${1:noise} in ${2:0..0.3} steps ${3:7}' },
  ],
};
