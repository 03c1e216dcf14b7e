/** One line of help for the words that are values of settings of networks and trainings, and for the steps that make columns of data. */
import { marked, type Text } from '../../l10n/index.ts';

/** Values of settings, by setting and word. */
export const VALUE_HELP: Readonly<Record<string, Readonly<Record<string, Text>>>> = {
  form: {
    rails: marked('Weights are species on two rails, W = W⁺ − W⁻: reactions can change them, so the network can be trained in the pot.'),
    constants: marked('Weights are rate constants, and the sign of a weight chooses the reaction. Fewer species; trained in silico only.'),
  },
  forward: {
    bimolecular: marked('At most two molecules meet: `W + x -> W + x + y` makes the weighted input, `y + H -> y + 2 H` drives the unit with it.'),
    termolecular: marked('Without the weighted input: `W + x + H -> W + x + 2 H`. Fewer species, but three molecules have to meet. Units of a switch keep their weighted input.'),
  },
  loss: {
    squared: marked('½ Σ (output − target)².'),
    normalised: marked('For classes: the outputs compete for one conserved pool, and the squared error is that of their shares u/(ε + Σu).'),
  },
  inputs: { nonnegative: marked('Inputs are one species each.'), signed: marked('Inputs are on two rails, for data with values below 0.') },
  where: {
    pot: marked('Training by the reactions of the groups backward and update, while samples are poured in one after the other.'),
    silico: marked('Training by the adjoint gradient through the fixed point; the weights can then be put into the pot.'),
  },
  rule: {
    gradient: marked('Back-propagation by reactions: exact gradient descent while all reactions have the constants they should. Unequal rails make it drift in long runs.'),
    self_annealing: marked('The learning rate is a species that feeds on squared error and fades: weights come to rest where the error does.'),
    sorted: marked('Both signs of an update are made by one and the same reaction, then sorted onto rails by the sign of the error; small errors fall in a dead zone. Stands unequal constants.'),
    sorted_self_annealing: marked('sorted, with the learning rate of self_annealing in place of a dead zone. Stands unequal constants for long runs.'),
  },
  order: { shuffled: marked('In an order drawn anew for every epoch.'), cyclic: marked('In the order of the data.') },
  optimizer: { sgd: marked('Plain steps against the gradient.'), adam: marked('Steps scaled by running means of the gradient and of its square.') },
  header: { true: marked('The first row of the table holds names.'), false: marked('The first row of the table is data.') },
};

export interface StepHelp {
  readonly name: string;
  readonly help: Text;
  readonly snippet: string;
  /** Which settings of `data` it can stand in. */
  readonly for: readonly string[];
  /** Sources that have it; undefined: all. */
  readonly of?: readonly string[];
}

/** What `x = …` and `y = …` of data may be made of, and where held-out rows come from. */
export const DATA_STEPS: readonly StepHelp[] = [
  { name: 'columns', help: marked('Columns by their numbers or names: `columns(1..4)`, `columns("a", "b")`.'), snippet: 'columns(${1:1..4})', for: ['x', 'y'], of: ['csv'] },
  { name: 'column', help: marked('One column by its name or number: `column("species")`, `column(5)`.'), snippet: 'column("${1:name}")', for: ['x', 'y'], of: ['csv'] },
  { name: 'pixels', help: marked('The pixels of the images, 0 to 255.'), snippet: 'pixels', for: ['x'], of: ['idx'] },
  { name: 'labels', help: marked('The labels as whole numbers.'), snippet: 'labels', for: ['y'], of: ['idx'] },
  { name: 'inputs', help: marked('The inputs as they stand in the rows.'), snippet: 'inputs', for: ['x'], of: ['rows'] },
  { name: 'targets', help: marked('The targets as they stand in the rows.'), snippet: 'targets', for: ['y'], of: ['rows'] },
  { name: 'standardize', help: marked('Mean 0 and standard deviation 1, by the rows that are trained on: `standardize(columns(1..4))`. Gives values below 0, so inputs come on two rails.'), snippet: 'standardize($1)', for: ['x', 'y'] },
  { name: 'scale', help: marked('From the least and the largest value of the rows that are trained on to a range: `scale(columns(1..4), 0, 1)`, `scale(pixels, 0, 1)`. With `clip: true` held-out values outside the range move to its ends.'), snippet: 'scale(${1:columns(1..4)}, ${2:0}, ${3:1})', for: ['x', 'y'] },
  { name: 'onehot', help: marked('One column for every class, 1 in its own and 0 in the others: `onehot(column("species"))`, `onehot(labels)`.'), snippet: 'onehot($1)', for: ['x', 'y'] },
  { name: 'csv', help: marked('A table in a file beside this one: `csv("iris.csv")`. Cells are separated by commas, semicolons, tabs, bars or blanks.'), snippet: 'csv("${1:file.csv}")', for: ['test', ''] },
  { name: 'idx', help: marked('Images and labels as MNIST has them: `idx("train-images-idx3-ubyte", "train-labels-idx1-ubyte")`.'), snippet: 'idx("${1:images}", "${2:labels}")', for: ['test', ''] },
];
