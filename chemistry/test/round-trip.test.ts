import { describe, expect, it } from 'vitest';
import { parse } from '../../grammar/index.ts';
import { analyse, componentName, evaluateOde, initialState, odeOfComponent, odeTexts, parameterValues, rateConstants, unroll, unrolledReactions } from '../index.ts';
import type { Network } from '../index.ts';

const HEAD = `param k = 2, h = 0.1, v[3] = [1, 2, 3]
species X[3] = 1, Y = 1, x₁ = 0.5
fixed E = 0.2
dual W = -0.5, M[2, 3] = uniform(-1, 1, seed: 7)
`;
const BODY = `bind: X[1] + E -> Y @ k/(1 + h)
for i in 1..2, j in 1..3, s in signs { M^s[i,j] + X[j] -> M^s[i,j] + X[j] + W^(-s) @ k*v[j] }
for i in 1..2 { X[i] + X[i+1] -> X[i] + Y @ 1e-7*i }
for s in signs { W^s -> 0 @ 1 }
W^+ + W^- -> 0 @ 10
Y -> x₁ rate k*Y^2/(h + Y + W^+*2) + h*Y*(Y + x₁)^2
2 W^+ -> 0 rate k*(W^+)^2 + h*exp(-time)*(W^+)^3
ode x₁' = h + k*Y*x₁ - (k + h)*x₁^2
`;

const networkOf = (text: string): Network => {
  const { network, diagnostics } = analyse(parse(text));
  expect(diagnostics.filter((d) => d.severity === 'error').map((d) => d.message)).toEqual([]);
  return network;
};

describe('what is printed is read again', () => {
  const network = networkOf(HEAD + BODY);
  const state = initialState(network).map((_, n) => 0.3 + ((n * 0.618) % 1));
  const derivatives = (net: Network): number[] => {
    const parameters = parameterValues(net);
    return Array.from({ length: net.dimension }, (_, component) => evaluateOde(net, odeOfComponent(net, component), [], parameters, state, 0.4));
  };

  it('reactions listed one by one are the same network', () => {
    const listed = networkOf(HEAD + unrolledReactions(network).join('\n'));
    expect(unroll(listed).count).toBe(unroll(network).count);
    const sorted = (net: Network): number[] => [...rateConstants(net, unroll(net), parameterValues(net), 0.4)].filter((k) => !Number.isNaN(k)).sort((a, b) => a - b);
    sorted(listed).forEach((constant, n) => { expect(constant).toBeCloseTo(sorted(network)[n] ?? NaN, 12); });
    derivatives(listed).forEach((value, n) => { expect(value, componentName(network, n)).toBeCloseTo(derivatives(network)[n] ?? NaN, 10); });
  });
  it('ODEs written out are expressions with the same values and identities', () => {
    const texts = odeTexts(network);
    const names = Object.keys(texts).filter((name) => !name.startsWith('E'));
    const expectations = names.map((name) => `expect ode ${name}' = ${texts[name] ?? ''}`).join('\n');
    const analysis = analyse(parse(`${HEAD}${BODY}${expectations}`));
    expect(analysis.diagnostics.filter((d) => d.severity === 'error').map((d) => d.message)).toEqual([]);
    expect(analysis.expectations.map(({ text, check }) => [text, check.kind === 'decided' && check.holds])).toEqual(analysis.expectations.map(({ text }) => [text, true]));
    expect(analysis.expectations).toHaveLength(names.length);
  });
});
