/** The modules that an activation stands for, as text: its units, the slope of its units, and its units with weights as rate constants. */
import { scalarText } from '../equations/index.ts';
import { toScalar } from '../polynomial/index.ts';
import type { Polynomial } from '../polynomial/index.ts';
import { kineticTerms } from './kinetics.ts';
import type { KineticTerm } from './kinetics.ts';
import type { ActivationModel } from './model.ts';
import { slopeBlock } from './slope.ts';
import type { Factor } from './slope.ts';

/** Names of the modules made from an activation. */
export const slopeModule = (activation: string): string => `${activation}_slope`;
export const constantsModule = (activation: string, signed: boolean): string => `${activation}_constants${signed ? '_signed' : ''}`;
export const termolecularModule = (activation: string, signed: boolean): string => `${activation}_termolecular${signed ? '_signed' : ''}`;

/** A name that nothing else in the module has. */
function fresh(name: string, taken: Set<string>): string {
  let result = name;
  while (taken.has(result)) result += '_';
  taken.add(result);
  return result;
}

/** As the formatter counts columns. */
const columns = (text: string): number => [...text].length;

/** Reactions one below the other, their constants too. */
export function aligned(lines: readonly (readonly [complexes: string, constant: string])[], indent: string): string {
  const width = lines.reduce((most, [left]) => Math.max(most, columns(left)), 0);
  return lines.map(([left, constant]) => `${indent}${left}${' '.repeat(width - columns(left))} @ ${constant}\n`).join('');
}

interface Words {
  /** A species of unit i. */
  readonly of: (species: 0 | 1) => string;
  /** Head parameters for the species. */
  readonly heads: readonly string[];
  readonly constants: readonly string[];
  readonly taken: Set<string>;
}

/** What the module calls the species: as the activation does, unless that is taken. Two rails of one dual when their difference is read. */
function words(model: ActivationModel): Words {
  const taken = new Set(['y', 'i', 'j', 's', 'n', 'm', 'W', 'b', 'u', 'D', ...model.parameters.map(({ name }) => name)]);
  const constants = model.parameters.map(({ name, default: usual }) => (usual === undefined ? name : `${name} = ${usual}`));
  if (model.output === 'difference') {
    const z = fresh('z', taken);
    return { of: (n) => `${z}^${n === 0 ? '+' : '-'}[i]`, heads: [`${z}[n]: dual`], constants, taken };
  }
  const names = model.species.map((name) => fresh(name, taken));
  return { of: (n) => `${names[n] ?? ''}[i]`, heads: names.map((name) => `${name}[n]`), constants, taken };
}

function head(name: string, parameters: readonly string[], constants: readonly string[]): string {
  return `module ${name}(${parameters.join(', ')}${constants.length === 0 ? '' : `; ${constants.join(', ')}`}) {\n`;
}

function side(parts: readonly string[]): string {
  return parts.length === 0 ? '0' : parts.join(' + ');
}

function complex(powers: readonly [number, number], { of }: Words): string[] {
  return ([0, 1] as const).flatMap((n) => (powers[n] === 0 ? [] : [`${powers[n] === 1 ? '' : `${powers[n]} `}${of(n)}`]));
}

function coefficientText(coefficient: Polynomial, model: ActivationModel): string {
  return scalarText(model.names, toScalar(coefficient));
}

function reaction(term: KineticTerm, catalyst: readonly string[], w: Words): string {
  return `${side([...catalyst, ...complex(term.powers, w)])} -> ${side([...catalyst, ...complex(term.products, w)])}`;
}

/** `module smooth_relu(y[n]: dual, x[n]; h) { … }`: units that read their pre-activation from its two rails. */
export function unitsText(model: ActivationModel): string {
  const w = words(model);
  const lines = kineticTerms(model).terms.map((term) => {
    const catalyst = term.by === 'nothing' ? [] : [term.by === 'direct' ? 'y^+[i]' : 'y^-[i]'];
    return [reaction(term, catalyst, w), coefficientText(term.coefficient, model)] as const;
  });
  return `${head(model.name, ['y[n]: dual', ...w.heads], w.constants)}  for i in 1..n {\n${aligned(lines, '    ')}  }\n}\n`;
}

/** Constants times max(w, 0): `max(W[i, j], 0)`, `h*max(-b[i], 0)`. */
function weighted(coefficient: Polynomial, weight: string, negative: boolean, model: ActivationModel): string {
  const factor = coefficientText(coefficient, model);
  const size = `max(${negative ? '-' : ''}${weight}, 0)`;
  return factor === '1' ? size : `${coefficient.length > 1 ? `(${factor})` : factor}*${size}`;
}

/** `module smooth_relu_constants(W[n, m]: param, b[n]: param, u[m], x[n]; h) { … }`: weights are rate constants, inputs u. */
export function constantsText(model: ActivationModel, signed: boolean): string {
  const w = words(model);
  const { terms } = kineticTerms(model);
  const free = terms.filter(({ by }) => by === 'nothing').map((term) => [reaction(term, [], w), coefficientText(term.coefficient, model)] as const);
  const driven = terms.filter(({ by }) => by !== 'nothing');
  const bias = driven.map((term) => [reaction(term, [], w), weighted(term.coefficient, 'b[i]', term.by === 'mirror', model)] as const);
  const inputs = driven.flatMap((term) => (signed ? ['+', '-'] : ['']).map((rail) => {
    const negative = (term.by === 'mirror') !== (rail === '-');
    return [reaction(term, [rail === '' ? 'u[j]' : `u^${rail}[j]`], w), weighted(term.coefficient, 'W[i, j]', negative, model)] as const;
  }));
  const parameters = ['W[n, m]: param', 'b[n]: param', `u[m]${signed ? ': dual' : ''}`, ...w.heads];
  return `${head(constantsModule(model.name, signed), parameters, w.constants)}  for i in 1..n {\n${aligned([...free, ...bias], '    ')}    for j in 1..m {\n${aligned(inputs, '      ')}    }\n  }\n}\n`;
}

/**
 * `module smooth_relu_termolecular(W[n, m]: dual, b[n]: dual, u[m], x[n]; h) { … }`: weights on rails act on the units at once,
 * W + u + x -> W + u + 2 x, without a species for the weighted input. undefined where y stands with more than one molecule, for
 * then more than three would have to meet, or only y ≥ 0 has reactions.
 */
export function termolecularText(model: ActivationModel, signed: boolean): string | undefined {
  const { terms, domain } = kineticTerms(model);
  const driven = terms.filter(({ by }) => by !== 'nothing');
  if (domain !== 'all' || driven.some(({ powers: [p, q] }) => p + q > 1)) return undefined;
  const w = words(model);
  const line = (term: KineticTerm, catalyst: readonly string[]): readonly [string, string] => [reaction(term, catalyst, w), coefficientText(term.coefficient, model)];
  const free = terms.filter(({ by }) => by === 'nothing').map((term) => line(term, []));
  const bias = driven.map((term) => line(term, [term.by === 'direct' ? 'b^+[i]' : 'b^-[i]']));
  const inputs = driven.flatMap((term) => (signed ? (['+', '-'] as const) : [undefined]).map((rail) => {
    // The rail of a product is the product of the rails.
    const positive = (term.by === 'direct') === (rail !== '-');
    return line(term, [`W^${positive ? '+' : '-'}[i, j]`, rail === undefined ? 'u[j]' : `u^${rail}[j]`]);
  }));
  const parameters = ['W[n, m]: dual', 'b[n]: dual', `u[m]${signed ? ': dual' : ''}`, ...w.heads];
  return `${head(termolecularModule(model.name, signed), parameters, w.constants)}  for i in 1..n {\n${aligned([...free, ...bias], '    ')}    for j in 1..m {\n${aligned(inputs, '      ')}    }\n  }\n}\n`;
}

/** How many species besides D the slope of an activation takes; undefined where it has no block. */
export function slopeProducts(model: ActivationModel): number | undefined {
  return slopeBlock(model)?.products.length;
}

/** Constants of an activation that its slope uses too. */
export function slopeConstants(model: ActivationModel): readonly string[] {
  const block = slopeBlock(model);
  if (block === undefined) return [];
  const keys = new Set([...block.gains, ...block.losses].flatMap(({ coefficient }) => coefficient.flatMap(({ monomial }) => monomial.powers.map(({ atom }) => atom.key))));
  return model.parameters.filter((_, k) => [...keys].some((key) => key === `p${k + 1}` || (!/^p\d+$/.test(key) && key.includes(`p${k + 1}`)))).map(({ name }) => name);
}

/** `module smooth_relu_slope(x[n], S[n], D[n]; h) { … }`: D settles at φ′(y). undefined where no reactions do that. */
export function slopeText(model: ActivationModel): string | undefined {
  const block = slopeBlock(model);
  if (block === undefined) return undefined;
  const w = words(model);
  const products = block.products.map((_, k) => fresh(block.products.length === 1 ? 'S' : `S${k + 1}`, w.taken));
  const text = (factor: Factor): string => (factor.kind === 'species' ? w.of(factor.species) : `${products[factor.product] ?? ''}[i]`);
  const all = (factors: readonly Factor[]): string[] => {
    const [left, right] = factors.map(text);
    return left === undefined ? [] : left === right ? [`2 ${left}`] : right === undefined ? [left] : [left, right];
  };
  const lines: (readonly [string, string])[] = [];
  for (const [k, pair] of block.products.entries()) {
    const made = `${products[k] ?? ''}[i]`;
    const from = all(pair);
    lines.push([`${side(from)} -> ${side([...from, made])}`, '1'], [`${made} -> 0`, '1']);
  }
  for (const { coefficient, factors } of block.gains) lines.push([`${side(all(factors))} -> ${side([...all(factors), 'D[i]'])}`, coefficientText(coefficient, model)]);
  for (const { coefficient, factors, grows } of block.losses) {
    lines.push([`${side([...all(factors), 'D[i]'])} -> ${side([...all(factors), ...(grows ? ['2 D[i]'] : [])])}`, coefficientText(coefficient, model)]);
  }
  const used = new Set(slopeConstants(model));
  const constants = w.constants.filter((_, k) => used.has(model.parameters[k]?.name ?? ''));
  const body = aligned(lines, '    ');
  return `${head(slopeModule(model.name), [...w.heads, ...products.map((name) => `${name}[n]`), 'D[n]'], constants)}  for i in 1..n {\n${body}  }\n}\n`;
}
