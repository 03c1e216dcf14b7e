/**
 * `neuron H = smooth_relu(2*X1 - 1.5*X2 + 0.3; h = 0.1)`: weights as rate constants. Each summand of the input becomes the
 * reactions of the activation's terms with y, the sign of the weight choosing between those of a positive and of a negative y.
 */
import { t } from '../../l10n/index.ts';
import type { NeuronStatement } from '../../grammar/index.ts';
import { activationConstantMissing } from '../diagnostics/crn716-activation-constant-missing.ts';
import { neuronInput } from '../diagnostics/crn719-neuron-input.ts';
import { noUniqueFixedPoint } from '../diagnostics/crn711-no-unique-fixed-point.ts';
import { bindBlock, BROKEN } from '../elaborate/binding.ts';
import type { Binding } from '../elaborate/binding.ts';
import { createSink, placeOf, report } from '../elaborate/context.ts';
import type { Context } from '../elaborate/context.ts';
import { elaborate } from '../elaborate/expression.ts';
import { binary, call, negated } from '../elaborate/fold.ts';
import { originOf } from '../elaborate/reaction.ts';
import { signOf } from '../massaction/bounds.ts';
import type { AxisIndex, Operand, Scalar, SpeciesBlock, Term } from '../network.ts';
import { monomial, sum, toScalar, tryPolynomial } from '../polynomial/index.ts';
import type { Polynomial } from '../polynomial/index.ts';
import type { SourceFile } from '../names/files.ts';
import { certify } from './certificate.ts';
import { kineticTerms } from './kinetics.ts';
import type { KineticTerm } from './kinetics.ts';
import type { KnownActivation } from './library.ts';
import { parameterValue } from './numbers.ts';
import { readConstants } from './read-network.ts';
import { findActivation } from './scope.ts';

/** The activation of a neuron with its constants; undefined after a report, or where one was made elsewhere. */
function activationOf(statement: NeuronStatement, context: Context, source: SourceFile, loud: boolean): { readonly known: KnownActivation; readonly constants: ReadonlyMap<string, number> } | undefined {
  const found = findActivation(source, statement.activation.text);
  if (found === undefined || found === 'broken') return undefined;
  if (typeof found === 'string') {
    if (loud) report(context, neuronInput(placeOf(context, statement.activation), t('A neuron cannot be {0}, which takes more than one species with rate constants: write a network with a layer of it', found)));
    return undefined;
  }
  let fine = true;
  const constants = readConstants({ name: statement.activation, constants: statement.constants }, found.model.parameters, source, (span) => placeOf(context, span), (diagnostic) => {
    fine = false;
    if (loud) report(context, diagnostic);
  });
  if (!fine) return undefined;
  const certificate = found.certificate.unique.method === 'proven' ? found.certificate : certify(found.model, constants);
  if (!certificate.holds) {
    if (loud) report(context, noUniqueFixedPoint(placeOf(context, statement.activation), statement.activation.text, certificate.unique.holds ? certificate.stable.reason : certificate.unique.reason));
    return undefined;
  }
  return { known: { ...found, certificate }, constants };
}

/** The neuron's species: one, two of a switch, or a dual where their difference is read. */
export function declareNeuron(statement: NeuronStatement, context: Context, source: SourceFile): Binding {
  const found = activationOf(statement, context, source, false);
  if (found === undefined) return BROKEN;
  const { model } = found.known;
  const total = model.total === undefined ? undefined : parameterValue(model.total, model, found.constants);
  const make = (name: string, kind: 'species' | 'dual', value: number): SpeciesBlock => {
    const axes = kind === 'dual' ? [2] : [];
    const block: SpeciesBlock = {
      id: context.builder.blocks.length, name, kind, shape: [], axes, size: kind === 'dual' ? 2 : 1, offset: context.builder.dimension,
      initial: { kind: 'expression', expression: { kind: 'number', value } }, origin: originOf(context, statement.name), ...(statement.doc === undefined ? {} : { doc: statement.doc }),
    };
    context.builder.blocks.push(block);
    context.builder.dimension += block.size;
    context.builder.elements += block.size;
    return block;
  };
  const name = statement.name.text;
  if (model.output === 'difference') return interned(bindBlock(make(name, 'dual', total ?? 1)), context);
  const first = make(name, 'species', total === undefined ? 1 : total / 2);
  if (total !== undefined) make(`${name}.off`, 'species', total / 2);
  return interned(bindBlock(first), context);
}

function interned(binding: ReturnType<typeof bindBlock>, context: Context): Binding {
  return context.builder.intern?.(binding, context) ?? binding;
}

interface Weight {
  /** undefined: the bias. */
  readonly species?: Operand;
  /** Positive. */
  readonly size: Scalar;
  readonly negative: boolean;
}

/** The families of a neuron. */
export function elaborateNeuron(statement: NeuronStatement, context: Context, source: SourceFile): void {
  const found = activationOf(statement, context, source, true);
  const binding = context.scope.lookup(statement.name.text);
  if (found === undefined || binding?.kind !== 'block') return;
  const { model, certificate } = found.known;
  const weights = weightsOf(statement, binding.block.id, context);
  if (weights === undefined) return;
  if (certificate.domain !== 'all' && weights.some(({ negative }) => negative)) {
    report(context, neuronInput(placeOf(context, statement.input), t('{0} is for y ≥ 0 only, and some weight here is negative', model.name)));
    return;
  }
  const constants = constantScalars(statement, model.parameters, context);
  if (constants === undefined) return;
  const species = ownOperands(binding.block.id, model.species.length, model.output === 'difference');
  const origin = originOf(context, statement);
  const push = (term: KineticTerm, weight: Weight | undefined): void => {
    const side = (powers: readonly [number, number]): Term[] => powers.flatMap((power, n) => {
      const operand = species[n];
      return power === 0 || operand === undefined ? [] : [{ ...operand, stoichiometry: power }];
    });
    const catalyst: Term[] = weight?.species === undefined ? [] : [{ ...weight.species, stoichiometry: 1 }];
    const coefficient = substitute(toScalar(term.coefficient), constants);
    const constant = weight === undefined ? coefficient : coefficient.kind === 'number' && coefficient.value === 1 ? weight.size : binary('*', coefficient, weight.size);
    context.sink.families.push({
      groups: context.groups, variables: context.variables, reactants: [...catalyst, ...side(term.powers)], products: [...catalyst, ...side(term.products)],
      rate: { kind: 'mass action', constant }, origin, from: 'ode',
    });
  };
  for (const term of kineticTerms(model).terms) {
    if (term.by === 'nothing') push(term, undefined);
    else for (const weight of weights) if (weight.negative === (term.by === 'mirror')) push(term, weight);
  }
}

function ownOperands(block: number, count: number, difference: boolean): Operand[] {
  const rail = (parity: 0 | 1): AxisIndex[] => [{ kind: 'rail', parity, variables: [] }];
  if (difference) return [{ block, index: rail(0) }, { block, index: rail(1) }];
  return count === 1 ? [{ block, index: [] }] : [{ block, index: [] }, { block: block + 1, index: [] }];
}

/** The summands of the input, sorted by their species; undefined after a report. */
function weightsOf(statement: NeuronStatement, own: number, context: Context): Weight[] | undefined {
  const refuse = (problem: string): undefined => {
    report(context, neuronInput(placeOf(context, statement.input), problem));
    return undefined;
  };
  // Weights are rate constants: the units of a sum of species do not apply.
  const sink = createSink();
  const value = elaborate(statement.input, 'law', { ...context, sink });
  for (const diagnostic of sink.diagnostics) report(context, diagnostic);
  if (value === undefined) return undefined;
  const polynomial = tryPolynomial(value.scalar);
  if (polynomial === undefined) return refuse(t('This is too large'));
  const bySpecies = new Map<string, { species?: Operand; terms: Polynomial[number][] }>();
  for (const { coefficient, monomial: { powers } } of polynomial) {
    const inputs = powers.filter(({ atom }) => atom.scalar.kind === 'species');
    const [input] = inputs;
    const rest = powers.filter(({ atom }) => atom.scalar.kind !== 'species');
    if (inputs.length > 1 || (input !== undefined && input.exponent !== 1)) return refuse(t('This multiplies species'));
    const operand = input?.atom.scalar.kind === 'species' ? input.atom.scalar.operand : undefined;
    if (operand?.block === own) return refuse(t('{0} cannot read itself', statement.name.text));
    const key = input?.atom.key ?? '';
    const entry = bySpecies.get(key) ?? { ...(operand === undefined ? {} : { species: operand }), terms: [] };
    bySpecies.set(key, entry);
    entry.terms.push({ coefficient, monomial: monomial(rest) });
  }
  const scope = { network: context.builder, variables: context.variables, known: new Map() };
  const weights: Weight[] = [];
  for (const { species, terms } of bySpecies.values()) {
    const whole = toScalar(sum(terms));
    if (hasSpeciesInside(whole)) return refuse(t('A species stands in a function or a quotient'));
    const sign = signOf(whole, scope);
    if (sign === 0) return refuse(t('The sign of a weight is not known, and it chooses the reaction: give its parameter a value'));
    weights.push({ ...(species === undefined ? {} : { species }), size: sign < 0 ? positive(whole) : whole, negative: sign < 0 });
  }
  return weights;
}

function positive(scalar: Scalar): Scalar {
  return scalar.kind === 'negate' ? scalar.of : negated(scalar);
}

function hasSpeciesInside(scalar: Scalar): boolean {
  const stack: Scalar[] = [scalar];
  for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
    if (node.kind === 'species') return true;
    if (node.kind === 'negate') stack.push(node.of);
    else if (node.kind === 'binary') stack.push(node.left, node.right);
    else if (node.kind === 'call') stack.push(...node.arguments);
  }
  return false;
}

/** The activation's constants as expressions over the file's parameters, so that they keep their sliders. */
function constantScalars(statement: NeuronStatement, parameters: readonly { readonly name: string; readonly default?: number }[], context: Context): Scalar[] | undefined {
  const sink = createSink();
  const scalars = parameters.map(({ name, default: usual }): Scalar | undefined => {
    const given = statement.constants.find((other) => other.name.text === name);
    if (given === undefined) return usual === undefined ? undefined : { kind: 'number', value: usual };
    return elaborate(given.value, 'constant', { ...context, sink })?.scalar;
  });
  if (scalars.every((scalar) => scalar !== undefined)) return scalars;
  const missing = parameters.find((_, k) => scalars[k] === undefined);
  if (missing !== undefined && sink.diagnostics.length === 0) report(context, activationConstantMissing(placeOf(context, statement.activation), statement.activation.text, missing.name));
  return undefined;
}

/** Parameter k + 1 of the activation becomes the k-th constant. */
function substitute(scalar: Scalar, constants: readonly Scalar[]): Scalar {
  switch (scalar.kind) {
    case 'parameter':
      return constants[scalar.parameter - 1] ?? scalar;
    case 'negate':
      return negated(substitute(scalar.of, constants));
    case 'binary':
      return binary(scalar.operator, substitute(scalar.left, constants), substitute(scalar.right, constants));
    case 'call':
      return call(scalar.function, scalar.arguments.map((argument) => substitute(argument, constants)));
    case 'number':
    case 'species':
    case 'counter':
    case 'time':
      return scalar;
  }
}
