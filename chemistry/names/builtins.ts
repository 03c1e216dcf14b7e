/** Names that the language brings along. A declaration in the text hides a constant of the same name. */
import { marked, type Text } from '../../l10n/index.ts';
import type { FunctionName } from '../network.ts';

export interface FunctionSpec {
  readonly name: FunctionName;
  readonly least: number;
  readonly most: number;
  /**
   * What units the arguments and the result have: `plain`: numbers in, number out; `same`: all alike and so is the result;
   * `root`: half the exponents; `compare`: arguments alike, result a number; `choose`: if(condition, a, b) with a and b alike.
   */
  readonly units: 'plain' | 'same' | 'root' | 'compare' | 'choose';
  readonly about: Text;
}

const list: readonly FunctionSpec[] = [
  { name: 'exp', least: 1, most: 1, units: 'plain', about: marked('Exponential function.') },
  { name: 'ln', least: 1, most: 1, units: 'plain', about: marked('Natural logarithm.') },
  { name: 'log10', least: 1, most: 1, units: 'plain', about: marked('Logarithm to base 10.') },
  { name: 'sqrt', least: 1, most: 1, units: 'root', about: marked('Square root.') },
  { name: 'abs', least: 1, most: 1, units: 'same', about: marked('Absolute value.') },
  { name: 'min', least: 1, most: Infinity, units: 'same', about: marked('The smallest of its arguments.') },
  { name: 'max', least: 1, most: Infinity, units: 'same', about: marked('The largest of its arguments.') },
  { name: 'sin', least: 1, most: 1, units: 'plain', about: marked('Sine, argument in radians.') },
  { name: 'cos', least: 1, most: 1, units: 'plain', about: marked('Cosine, argument in radians.') },
  { name: 'tan', least: 1, most: 1, units: 'plain', about: marked('Tangent, argument in radians.') },
  { name: 'tanh', least: 1, most: 1, units: 'plain', about: marked('Hyperbolic tangent.') },
  { name: 'floor', least: 1, most: 1, units: 'same', about: marked('The largest integer that is not above.') },
  { name: 'ceil', least: 1, most: 1, units: 'same', about: marked('The smallest integer that is not below.') },
  { name: 'if', least: 3, most: 3, units: 'choose', about: marked('if(condition, a, b): a where the condition is not 0, else b.') },
  { name: 'less', least: 2, most: 2, units: 'compare', about: marked('1 if the first is below the second, else 0.') },
  { name: 'lessEqual', least: 2, most: 2, units: 'compare', about: marked('1 if the first is not above the second, else 0.') },
  { name: 'equal', least: 2, most: 2, units: 'compare', about: marked('1 if both are the same number, else 0.') },
  { name: 'and', least: 1, most: Infinity, units: 'plain', about: marked('1 if no argument is 0, else 0.') },
  { name: 'or', least: 1, most: Infinity, units: 'plain', about: marked('1 if some argument is not 0, else 0.') },
  { name: 'not', least: 1, most: 1, units: 'plain', about: marked('1 if the argument is 0, else 0.') },
];

/** The functions that expressions may call. */
export const FUNCTIONS: ReadonlyMap<string, FunctionSpec> = new Map(list.map((spec) => [spec.name, spec]));

/** Functions that fill an initial value and can stand nowhere else. */
export const DISTRIBUTIONS: ReadonlyMap<string, { readonly about: Text; readonly arguments: readonly [Text, Text] }> = new Map([
  ['uniform', { about: marked('uniform(a, b, seed: n): evenly between a and b, one draw an element.'), arguments: [marked('the lower end'), marked('the upper end')] }],
  ['normal', { about: marked('normal(mean, sd, seed: n): normally distributed, one draw an element.'), arguments: [marked('the mean'), marked('the standard deviation')] }],
]);

/** Constants: the ratio π, and the time of the simulation. */
export const CONSTANTS: ReadonlyMap<string, { readonly value?: number; readonly about: Text }> = new Map([
  ['pi', { value: Math.PI, about: marked('Ratio of a circle’s circumference to its diameter.') }],
  ['π', { value: Math.PI, about: marked('Ratio of a circle’s circumference to its diameter.') }],
  ['time', { about: marked('Time since the start of the simulation.') }],
]);
