/** Activations: certificates, and what is computed against closed forms written out here. */
import { describe, expect, it } from 'vitest';
import { parse } from '../../grammar/index.ts';
import { fixedPoint } from '../../simulation/index.ts';
import { activationFunction, analyse, certify, closedForm, libraryActivations, libraryTree, odeTexts } from '../index.ts';
import type { ActivationModel, Certificate } from '../index.ts';
import { readActivation } from '../neural/declaration.ts';
import { constantsText, slopeText, termolecularText, unitsText } from '../neural/module-text.ts';
import { slopeBlock } from '../neural/slope.ts';
import { countRoots, positiveRoots } from '../neural/univariate.ts';
import { numbers } from './build.ts';

const read = (text: string): ActivationModel => {
  const statement = parse(text).units[0]?.statement;
  if (statement?.kind !== 'Activation') throw new Error(`no activation: ${text}`);
  const result = readActivation(statement);
  if (!('model' in result)) throw new Error(result.problem.kind);
  return result.model;
};
const certificateOf = (text: string): Certificate => certify(read(text));
const built = (name: string): ActivationModel => {
  const known = libraryActivations().get(name);
  if (known === undefined) throw new Error(name);
  return known.model;
};

/** φ of the built-in activations, and its derivative, as the literature writes them. */
const forms: Readonly<Record<string, { phi: (y: number, h: number) => number; slope: (y: number, h: number) => number; constant: string }>> = {
  smooth_relu: { constant: 'h', phi: (y, h) => (y + Math.sqrt(y * y + 4 * h)) / 2, slope: (y, h) => (1 + y / Math.sqrt(y * y + 4 * h)) / 2 },
  algebraic_sigmoid: { constant: 'h', phi: (y, h) => (y - 2 * h + Math.sqrt(y * y + 4 * h * h)) / (2 * y), slope: (y, h) => h / (Math.sqrt(y * y + 4 * h * h) * (2 * h + Math.sqrt(y * y + 4 * h * h))) },
  algebraic_tanh: { constant: 'h', phi: (y, h) => y / (2 * h + Math.sqrt(4 * h * h + y * y)), slope: (y, h) => (2 * h) / (Math.sqrt(y * y + 4 * h * h) * (2 * h + Math.sqrt(y * y + 4 * h * h))) },
};

describe('built-in activations', () => {
  it('are those that the manual names, each proven for all positive parameters', () => {
    expect([...libraryActivations().keys()]).toEqual(['smooth_relu', 'algebraic_sigmoid', 'algebraic_tanh', 'hill']);
    for (const { certificate } of libraryActivations().values()) {
      expect(certificate.holds).toBe(true);
      expect(certificate.unique.method).toBe('proven');
    }
    expect([...libraryActivations()].filter(([, { certificate }]) => certificate.domain !== 'all').map(([name]) => name)).toEqual(['hill']);
  });
  it.each(Object.keys(forms))('%s settles at its closed form, with its slope', (name) => {
    const form = forms[name];
    if (form === undefined) throw new Error(name);
    for (const h of [0.01, 0.1, 0.5, 2]) {
      const at = activationFunction(built(name), new Map([[form.constant, h]]));
      for (const y of [-30, -3, -0.7, -1e-3, 1e-3, 0.4, 1, 5, 40]) {
        const point = at(y);
        expect(point.output).toBeCloseTo(form.phi(y, h), 10);
        expect(point.slope / form.slope(y, h)).toBeCloseTo(1, 7);
        expect(point.rate).toBeGreaterThan(0);
      }
    }
  });
  it('the smoothed ReLU settles at √(y² + 4h), keeps φ(y)·φ(−y) = h, and stays within √h of ReLU', () => {
    const at = activationFunction(built('smooth_relu'), new Map([['h', 0.3]]));
    for (const y of [-20, -1, 0, 0.5, 7]) {
      expect(at(y).rate).toBeCloseTo(Math.sqrt(y * y + 1.2), 10);
      expect(at(y).output * at(-y).output).toBeCloseTo(0.3, 12);
      expect(at(y).output - Math.max(0, y)).toBeLessThanOrEqual(Math.sqrt(0.3) + 1e-12);
    }
    expect(closedForm(built('smooth_relu'))).toEqual({ fixedPoint: 'x = (y + √(y² + 4h))/2', rate: '√(y² + 4h)', slowest: '2√h' });
  });
  it('hill is y/(K + y) for y ≥ 0', () => {
    const at = activationFunction(built('hill'), new Map([['K', 0.7]]), 'y ≥ 0');
    for (const y of [0, 0.1, 0.7, 3, 50]) {
      expect(at(y).output).toBeCloseTo(y / (0.7 + y), 12);
      expect(at(y).slope).toBeCloseTo(0.7 / (0.7 + y) ** 2, 12);
    }
  });
  it('have the modules of the library, word for word', () => {
    const tree = libraryTree('onepot:units');
    const modules = new Map(tree?.units.map(({ text, statement }) => [statement.kind === 'Module' ? statement.name.text : '', text.slice(statement.start, statement.end)]));
    for (const { model } of libraryActivations().values()) {
      for (const [name, text] of [[model.name, unitsText(model)], [`${model.name}_slope`, slopeText(model)], [`${model.name}_constants`, constantsText(model, false)], [`${model.name}_constants_signed`, constantsText(model, true)]]) {
        expect(modules.get(name ?? ''), name).toBe(text?.trimEnd());
      }
      // Only where y stands with one molecule.
      for (const signed of [false, true]) expect(modules.get(`${model.name}_termolecular${signed ? '_signed' : ''}`)).toBe(termolecularText(model, signed)?.trimEnd());
    }
  });
});

describe('certificates', () => {
  it('name the pre-activation with several fixed points, or with none', () => {
    const several = certificateOf("activation f() { x' = 0.1 + y*x + 3*x^2 - x^3 }");
    expect(several.holds).toBe(false);
    const { y, roots } = several.unique.counterexample ?? { y: NaN, roots: [] };
    expect(roots.length).toBeGreaterThan(1);
    for (const x of roots) expect(0.1 + y * x + 3 * x ** 2 - x ** 3).toBeCloseTo(0, 9);
    const none = certificateOf("activation f() { x' = y*x - x^2 }");
    expect(none.unique.holds).toBe(false);
    expect(none.unique.counterexample?.roots).toEqual([]);
  });
  it('point at a negative cross effect', () => {
    const { kinetic, holds } = certificateOf("activation f(h) { x' = h*x - 2*h + y*x - x^2 }");
    expect(holds).toBe(false);
    expect(kinetic.offending).toMatchObject({ text: '-2*h', species: 'x' });
  });
  const marked = (text: string): string[] => analyse(parse(text)).diagnostics.filter(({ severity }) => severity === 'error').map(({ code, unit, span }) => `${code} ${unit.text.slice(span.start, span.end)}`);
  it.each([
    // Negative cross effects, wherever the term is written.
    ["x' = h + y*x - 2 - x^2", 'CRN710 2'],
    ["x' = h*x - (1 - y*x) - x^2", 'CRN710 1'],
    ["x' = x^2 + y*x - h", 'CRN710 h'],
    ["x' = h - y - x^2", 'CRN710 y'],
    ["x' = h + y*x - x^2 - 3*(2*h + x)", 'CRN710 3*(2*h + x)'],
    ["x' = h*(x̄ - x) + y*x\n  x + x̄ = 1", 'CRN710 y*x'],
    ["x' = h*(x̄ - x) - y*x̄ - y*x\n  x + x̄ = 1", 'CRN710 y*x̄'],
    // No fixed point, several, one that repels.
    ["x' = y*x - h*x^2", 'CRN711 f'],
    ["x' = h + y*x + x", 'CRN711 f'],
    ["x' = 0.1*h + y*x + 3*x^2 - x^3", 'CRN711 f'],
    // Not affine in y, no y, not algebraic.
    ["x' = h + y^2*x - x^2", 'CRN712 h + y^2*x - x^2'],
    ["x' = h + tanh(y)*x - x^2", 'CRN713 tanh(y)'],
    ["x' = h*exp(y) - x", 'CRN713 exp(y)'],
    ["x' = h - x^2", 'CRN714 h - x^2'],
    ["x' = h + y*z - x^2", 'CRN714 z'],
  ])('%s is refused where it fails', (equation, expected) => {
    expect(marked(`activation f(h) {\n  ${equation}\n}`)).toEqual([expected]);
  });
  it.each([['tanh', 'algebraic_tanh'], ['logistic', 'algebraic_logistic'], ['sigmoid', 'algebraic_sigmoid'], ['exp', 'smooth_relu'], ['softmax', 'loss = normalised']])('a layer of %s is told that it is not algebraic, and of %s', (name, near) => {
    const [finding] = analyse(parse(`network n {\n  input x[2]\n  layer y[2] = ${name}\n}`)).diagnostics;
    expect(finding).toMatchObject({ code: 'CRN715', message: expect.stringContaining('algebraic functions only') });
    expect(finding?.message).toContain(near);
  });
  it('name the counterexample where the count of fixed points is wrong', () => {
    const [finding] = analyse(parse("activation f() { x' = 0.1 + y*x + 3*x^2 - x^3 }")).diagnostics;
    const roots = /at y = (-?[\d.]+) there are 3 positive fixed points, ([\d., ]+\d)/.exec(finding?.message ?? '');
    const y = Number(roots?.[1]);
    // Four digits are told.
    for (const x of roots?.[2]?.split(', ').map(Number) ?? [NaN]) expect(Math.abs(0.1 + y * x + 3 * x ** 2 - x ** 3)).toBeLessThan(2e-3);
  });
  it('prove what Descartes decides, and check on a grid what it does not', () => {
    expect(certificateOf("activation f(h, k) { x' = h + k*x + y*x - x^4 }").unique.method).toBe('proven');
    const grid = certificateOf("activation f(h) { x' = h + y*x - y*x^2 + y*x^3 - x^4 }");
    expect(grid.holds).toBe(true);
    expect(grid.unique.method).toBe('checked on a grid');
  });
  it('tell a fixed point that repels', () => {
    const rising = certificateOf("activation f(h) { x' = x^2 + y*x - h*x - 1 + 1 - h*x }");
    expect(rising.holds).toBe(false);
  });
  it('take y ≥ 0 for the domain where a negative y has no reaction', () => {
    expect(certificateOf("activation f(K) { x' = y - K*x }")).toMatchObject({ domain: 'y ≥ 0', holds: true });
  });
});

describe('slopes of activations of the user’s own', () => {
  it.each(["activation f(h) { x' = h + y*x - x^3 }", "activation f(h, k) { x' = h - k*x + y*x - 2*x^2 }", "activation f(h) { x' = 2*h*(x̄ - x) + 3*y*x*x̄\n x + x̄ = 2 }"])('%s', (text) => {
    const model = read(text);
    expect(slopeBlock(model)).toBeDefined();
    const at = activationFunction(model, new Map(model.parameters.map(({ name }) => [name, 0.3])));
    for (const y of [-2, -0.3, 0.2, 1.7]) {
      const e = 1e-5;
      expect(at(y).slope).toBeCloseTo((at(y + e).output - at(y - e).output) / (2 * e), 6);
    }
  });
});

describe('roots', () => {
  it('are counted and found for random products of factors', () => {
    const draw = numbers(11);
    for (let round = 0; round < 200; round++) {
      const roots = Array.from({ length: 1 + Math.floor(draw() * 5) }, () => 4 * draw() - 2).sort((a, b) => a - b);
      if (roots.some((root, i) => root - (roots[i - 1] ?? -9) < 1e-2) || roots.some((root) => Math.abs(root) < 1e-2)) continue;
      let p = [1 + draw()];
      for (const root of roots) p = [...p, 0].map((_, k) => (p[k - 1] ?? 0) - root * (p[k] ?? 0));
      const positive = roots.filter((root) => root > 0);
      expect(countRoots(p, 0, Infinity)).toBe(positive.length);
      positiveRoots(p).forEach((root, i) => { expect(root).toBeCloseTo(positive[i] ?? NaN, 8); });
      expect(positiveRoots(p)).toHaveLength(positive.length);
    }
  });
});

describe('neurons', () => {
  const of = (text: string): ReturnType<typeof analyse> => analyse(parse(text));
  it('have the reactions of the table: the sign of a weight chooses', () => {
    const analysis = of('param h = 0.1\nfixed X1 = 1, X2 = 2\nneuron H = smooth_relu(2*X1 - 1.5*X2 + 0.3; h = h)');
    expect(analysis.diagnostics).toEqual([]);
    expect(analysis.network.families).toHaveLength(5);
    expect(odeTexts(analysis.network)['H']).toBe('h + 0.3*H + 2*X1*H - H^2 - 1.5*X2*H');
    const y = 2 - 3 + 0.3;
    expect(fixedPoint(analysis.network).fixedPoint.get('H')).toBeCloseTo((y + Math.sqrt(y * y + 0.4)) / 2, 9);
  });
  it('compose into cascades, through signed neurons and switches too', () => {
    const analysis = of(`fixed X = 0.8
neuron A = smooth_relu(1.5*X - 0.4; h = 0.1)
neuron Z = algebraic_tanh(A - 1; h = 0.2)
neuron S = algebraic_sigmoid(0.5*A - 2*Z; h = 0.3)`);
    expect(analysis.hasErrors).toBe(false);
    const found = fixedPoint(analysis.network).fixedPoint;
    const { smooth_relu: relu, algebraic_tanh: tanh, algebraic_sigmoid: sigmoid } = forms;
    const a = relu?.phi(1.5 * 0.8 - 0.4, 0.1) ?? NaN;
    const z = tanh?.phi(a - 1, 0.2) ?? NaN;
    expect(found.get('A')).toBeCloseTo(a, 9);
    expect((found.get('Z^+') ?? NaN) - (found.get('Z^-') ?? NaN)).toBeCloseTo(z, 9);
    expect(found.get('S')).toBeCloseTo(sigmoid?.phi(0.5 * a - 2 * z, 0.3) ?? NaN, 9);
  });
  it.each([0, 0.4, 3])('saturate as hill: y/(K + y) at y = %d', (x) => {
    const analysis = of(`fixed X = ${x}\nneuron S = hill(2*X + 0.1; K = 0.7)`);
    expect(analysis.hasErrors).toBe(false);
    const y = 2 * x + 0.1;
    expect(fixedPoint(analysis.network).fixedPoint.get('S')).toBeCloseTo(y / (0.7 + y), 9);
    expect(of('fixed X = 1\nneuron S = hill(-2*X; K = 0.7)').diagnostics.map(({ code }) => code)).toEqual(['CRN719']);
  });
  it('follow an activation that is edited elsewhere', () => {
    const text = "activation f(h) { x' = h + y*x - x^2 }\nfixed X = 1\nneuron H = f(2*X; h = 0.1)\n";
    const before = of(text);
    const after = analyse(parse(text.replace('x^2', '2*x^2')), { previous: before });
    expect(odeTexts(after.network)['H']).toBe('0.1 + 2*X*H - 2*H^2');
  });
});
