/**
 * Rate laws of .net reactions as the language writes them. In BioNetGen every rate is a factor per reactant set: it is
 * multiplied by the concentrations of the reactants, each as often as it is listed, without factorials (its statistical
 * factors are in the file already). The legacy laws are those of BioNetGen's run_network (Network3/rateExpressions):
 *   Sat k K₁ … Kₘ   k · Π xᵢ / Π_{i≤m} (Kᵢ + xᵢ)
 *   Hill V K h      V · x₁ʰ/(Kʰ + x₁ʰ) · Π_{i>1} xᵢ
 *   MM k K          k · E · S/(K + S), S the free substrate: S = ½ (b + √(b² + 4 x₁ K)), b = x₁ − E − K, E = x₂
 */
import { t } from '../../l10n/index.ts';
import { binary, call, FormulaError, named, number, parseFormula, product, type Formula } from './expression.ts';
import type { Scope } from './scope.ts';
import { print } from './to-crn.ts';

/** The factor in front of a legacy law: it has no letters but those of a number or a parameter. */
const LEGACY = /^(?:([^*\s,]+)\*)?(Sat|MM|Hill)\b\s*\(?([^()]*)\)?$/;
const PRODUCT_OF_FUNCTIONS = /^(?:([^*\s,]+)\*)?FunctionProduct\s*\(\s*"([^"]*)"\s*,\s*"([^"]*)"\s*\)$/;

/** ` @ k` or ` rate …`, to stand behind the products. `reactants`: their names, each as often as it is listed. */
export function rateText(rate: string, reactants: readonly string[], scope: Scope): string {
  const legacy = LEGACY.exec(rate);
  if (legacy !== null && !scope.isFunction(legacy[2] ?? '')) return ` rate ${print(legacyLaw(legacy, reactants, scope))}`;
  const functions = PRODUCT_OF_FUNCTIONS.exec(rate);
  const written = functions === null
    ? parseFormula(rate)
    : product([parseFormula(functions[1] ?? '1'), parseFormula(functions[2] ?? ''), parseFormula(functions[3] ?? '')]);
  if (written.kind === 'call' && written.name === 'Arrhenius') {
    throw new FormulaError(t('an Arrhenius rate needs the energy patterns of the model; let BioNetGen write its value.'));
  }
  const { formula, species } = scope.expand(withoutOnes(written));
  if (!species) return ` @ ${print(formula)}`;
  return ` rate ${print(product([formula, ...reactants.map(named)]))}`;
}

/** `1*k` is what BioNetGen writes for a unit conversion that changes nothing. */
function withoutOnes(formula: Formula): Formula {
  return formula.kind === 'binary' && formula.operator === '*' ? product([withoutOnes(formula.left), formula.right]) : formula;
}

function legacyLaw(match: RegExpExecArray, reactants: readonly string[], scope: Scope): Formula {
  const [, factor = '1', law = '', list = ''] = match;
  const constants = list.split(/[\s,]+/).filter((text) => text !== '').map((text) => scope.expand(parseFormula(text)).formula);
  const multiplier = scope.expand(parseFormula(factor)).formula;
  const [k = number(1), K = number(1), h = number(1)] = constants;
  if (new Set(reactants).size !== reactants.length) throw new FormulaError(t('{0} with the same reactant twice has no continuous form.', law));
  const [first, second] = reactants;
  const needed = law === 'Hill' ? 3 : 2;
  if (law === 'Sat' ? constants.length < 2 : constants.length !== needed) throw new FormulaError(t('{0} takes {1} constants.', law, needed));
  if (first === undefined) throw new FormulaError(t('{0} needs a reactant.', law));
  const x = named(first);
  if (law === 'Hill') {
    const power = binary('^', x, h);
    return product([multiplier, binary('/', product([k, power]), binary('+', binary('^', K, h), power)), ...reactants.slice(1).map(named)]);
  }
  if (law === 'MM') {
    if (second === undefined || reactants.length !== 2) throw new FormulaError(t('MM needs a substrate and an enzyme.'));
    const b = binary('-', binary('-', x, named(second)), K);
    const root = call('sqrt', binary('+', binary('^', b, number(2)), product([number(4), x, K])));
    const free = binary('/', binary('+', b, root), number(2));
    return binary('/', product([multiplier, k, named(second), free]), binary('+', K, free));
  }
  const saturations = constants.slice(1);
  if (saturations.length > reactants.length) throw new FormulaError(t('Sat has more saturation constants than reactants.'));
  const denominator = product(saturations.map((saturation, i) => binary('+', saturation, named(reactants[i] ?? first))));
  return binary('/', product([multiplier, k, ...reactants.map(named)]), denominator);
}
