/** Random texts for property tests: grammar-aware statements, and damage to them. */
import fc from 'fast-check';
import { GOOD } from './texts.ts';

const name = fc.constantFrom('A', 'B', 'X₁', 'α', 'kon', 'm1.tmp', 'E', 'z', 's', 'species_', 'x2');
const number = fc.constantFrom('0', '1', '2', '0.5', '.5', '1.5e-3', '10', '1e6');

const expression: fc.Arbitrary<string> = fc.letrec<{ any: string; atom: string }>((tie) => ({
  atom: fc.oneof(
    { maxDepth: 3 },
    name, number,
    fc.tuple(name, tie('any')).map(([a, b]) => `${a}[${b}, 1]`),
    fc.tuple(name, tie('any'), tie('any')).map(([a, b, c]) => `${a}(${b}, ${c})`),
    fc.tuple(name, tie('any')).map(([a, b]) => `${a}(${b}, seed: 3)`),
    tie('any').map((inner) => `(${inner})`),
    name.map((a) => `${a}^+`),
    name.map((a) => `${a}^s[1]`),
    tie('any').map((inner) => `[${inner}, 2]`),
  ),
  any: fc.oneof(
    { maxDepth: 4 },
    tie('atom'),
    fc.tuple(tie('any'), fc.constantFrom(' + ', '-', '*', ' / ', '^', ' - '), tie('atom')).map(([a, op, b]) => a + op + b),
    tie('atom').map((inner) => `-${inner}`),
  ),
})).any;

const reference = fc.tuple(name, fc.constantFrom('', '^+', '^-', '^s', '^(r*s)', '^(-s)'), fc.constantFrom('', '[i]', '[i,j+1]')).map((parts) => parts.join(''));
const complex = fc.oneof(fc.constant('0'), fc.array(fc.tuple(fc.constantFrom('', '2 ', '3'), reference).map((parts) => parts.join('')), { minLength: 1, maxLength: 3 }).map((terms) => terms.join(' + ')));
const reaction = fc.tuple(fc.constantFrom('', 'r1: '), complex, complex, expression, expression, fc.constantFrom(0, 1, 2)).map(([label, left, right, k1, k2, form]) =>
  form === 0 ? `${label}${left} -> ${right} @ ${k1}` : form === 1 ? `${label}${left} <-> ${right} @${k1},${k2}` : `${label}${left}->${right}   rate ${k1}`);
const unit = fc.constantFrom('uM', '1/s', '1/(uM*s)', 'uM^-1 s^-1', 'mol/L', '1');
const declaration = fc
  .tuple(fc.constantFrom('param', 'species', 'fixed', 'dual'), fc.array(fc.tuple(name, fc.constantFrom('', '[3]', '[3, 4]'), fc.option(unit), fc.option(expression)), { minLength: 1, maxLength: 3 }), fc.constantFrom(', ', ',', ',\n   ', ', // c\n  /// doc\n  '))
  .map(([word, items, comma]) => `${word} ${items.map(([n, shape, u, value]) => n + shape + (u === null ? '' : `: ${u}`) + (value === null ? '' : ` = ${value}`)).join(comma)}`);
const setting = fc.tuple(fc.constantFrom('t', 'method', 'plot', 'rate'), expression).map(([key, value]) => `${key} = ${value}`);
const simulateSetting = fc.oneof(setting, fc.tuple(expression, fc.constantFrom('>', ' < ', ' >= ', '<='), expression).map(([left, operator, right]) => `until = ${left}${operator}${right}`));
const simple = fc.oneof(
  reaction, declaration, reaction,
  fc.tuple(reference, expression).map(([x, right]) => `ode ${x}' = ${right}`),
  fc.tuple(fc.array(expression, { maxLength: 3 }), fc.option(expression)).map(([args, k]) => `use m(${args.join(', ')}${k === null ? '' : `; k = ${k}`})`),
  fc.constant('import "a b.crn"'),
  fc.tuple(expression, expression, fc.constantFrom('', ' within 1e-3', ' within 1 %'), fc.constantFrom('', ' in fast')).map(([a, b, w, i]) => `expect ${a} ~ ${b}${w}${i}`),
  fc.tuple(expression, fc.constantFrom('>=', '<', '='), expression).map(([a, op, b]) => `expect ${a} ${op} ${b}`),
  expression.map((quantity) => `expect conserved A + ${quantity}`),
  fc.constant('units time s, concentration uM'),
);
const head = fc.constantFrom('for i in 1..3, s in signs', 'group g', 'module m(a: dual, b[2]; k = 1)', 'for j in 1..n*2');
const size = fc.constantFrom('[2]', '[n + 1]', '[10]');
const item = fc.oneof(
  fc.tuple(name, size).map(([x, n]) => `input ${x}${n}`),
  fc.tuple(name, size, fc.constantFrom('linear', 'relu(h = 0.1)', 'f(a=1,b = -2)', 'f()')).map(([x, n, f]) => `layer   ${x}${n} =${f}`),
  expression.map((value) => `weights ${value}`),
  setting,
);
const cell = fc.constantFrom('0', '1', '-1', '+2', '0.50', '.5', '-1.5e-3', '10', '1.');
const cells = (count: number): fc.Arbitrary<string> => fc.array(fc.tuple(cell, fc.constantFrom(' ', '  ', ', ', ',', ' , ')), { minLength: count, maxLength: count }).map((parts) => parts.map(([c, glue], index) => (index < count - 1 ? c + glue : c)).join(''));
const row = fc.tuple(cells(3), fc.constantFrom(' -> ', '->', '  ->'), cells(2)).map((parts) => parts.join(''));
const range = fc.oneof(fc.tuple(number, number).map(([a, b]) => `${a}..${b}`), fc.tuple(number, number).map(([a, b]) => `0 .. ${a} steps ${b}`), fc.constant('[0.1, 2]'));
const dataSetting = fc.oneof(setting, fc.constant('x = scale(columns(1..4, 7), 0, 1, clip)'), fc.constant('delimiter = ","'));
const split = fc.constantFrom([], ['split 0.8'], ['split 0.8 seed 1']);
const lines = fc.oneof(
  fc.tuple(fc.constantFrom('activation f(h)', 'activation f(h = 1, k: 1/s = 2)', 'activation f'), fc.array(fc.oneof(fc.tuple(name, expression).map(([x, right]) => `${x}' = ${right}`), expression.map((sum) => `x + ${sum} = 1`)), { maxLength: 3 }), fc.constantFrom([], ['output = x - z'])).map(([h, body, output]) => [h, ...body, ...output]),
  fc.array(item, { maxLength: 4 }).map((items) => ['network n', ...items]),
  fc.tuple(fc.array(row, { maxLength: 4 }), fc.array(dataSetting, { maxLength: 1 }), split).map(([rows, settings, end]) => ['data d', 'x[3] -> y[2]', ...rows, ...settings, ...end]),
  fc.tuple(fc.array(dataSetting, { maxLength: 3 }), split).map(([settings, end]) => ['data d = csv("a.csv", 2)', ...settings, ...end]),
  fc.tuple(fc.constantFrom('train n on d', 'train first : n on d', 'noise w'), fc.array(setting, { maxLength: 3 })).map(([h, settings]) => [h, ...settings]),
  fc.tuple(fc.constantFrom([], ['train n on d'], ['simulate n']), fc.array(fc.tuple(fc.constantFrom('h', 'noise', 'n.rate'), range).map(([x, r]) => `vary ${x} in ${r}`), { maxLength: 2 }), fc.array(setting, { maxLength: 2 })).map(([train, vary, settings]) => ['sweep all', ...train, ...vary, ...settings]),
);
/** Blocks of "Neurons and networks" and of experiments. */
const neural = fc.tuple(lines, fc.constantFrom('\n', '\n   ', '; ')).map(([[h, ...body], glue]) =>
  glue === '; ' ? `${h!} { ${body.join(glue)} }` : `${h!} {${body.map((line) => glue + line).join('')}\n}`);
const statement: fc.Arbitrary<string> = fc.oneof(
  { weight: 6, arbitrary: simple },
  { weight: 2, arbitrary: neural },
  { weight: 1, arbitrary: fc.tuple(expression, fc.constantFrom('', '; h = 0.1', '; h = 0.1, k=a*2')).map(([input, constants]) => `neuron  H = relu(${input}${constants})`) },
  { weight: 1, arbitrary: fc.tuple(head, fc.array(reaction, { maxLength: 3 }), fc.constantFrom('\n', '\n  ', '; ')).map(([h, body, glue]) => (glue === '; ' ? `${h} { ${body.join(glue)} }` : `${h} {${body.map((line) => glue + line).join('')}\n}`)) },
  { weight: 1, arbitrary: fc.tuple(fc.array(simulateSetting, { maxLength: 3 }), fc.constantFrom('\n', '; ')).map(([body, glue]) => `simulate fast {${glue === '\n' ? '\n' : ' '}${body.join(glue)}${glue === '\n' ? '\n' : ' '}}`) },
  { weight: 1, arbitrary: fc.array(fc.tuple(name, expression).map(([x, right]) => `\n ${x}' = ${right}`), { maxLength: 3 }).map((body) => `ode {${body.join('')}\n}`) },
);
const between = fc.constantFrom('\n', '\n', '\n', '\n\n', '\n\n\n\n', ' // trailing\n', '\n// own\n', '\n/* two\n   lines */\n', '\n/// doc\n', ' /* x */\n', '\n  ', '\n/* y */ ');

/** A text that parses without problems, most of the time. */
export const program = fc.array(fc.tuple(statement, between), { maxLength: 8 }).map((parts) => parts.map(([s, b]) => s + b).join(''));

const fragment = fc.constantFrom('{', '}', '(', ')', '[', ']', '"', '/*', '*/', '//', '///', ';', ',', '+', '-', '->', '<->', '@', '=', ':', '..', '^', "'", '~', '\n', '\r\n', '\t', 'for ', 'in ', 'signs', 'rate ', 'module ', 'ode ', 'species ', '1e', '1.2.3', '0x1', '§', '→', '\u0000', '\ud835', '𝛼', '∅', '#', '|', '%', 'A', '2');

/** A text with pieces inserted, removed and repeated. */
export const damaged = fc
  .tuple(fc.oneof(program, fc.constantFrom(...Object.values(GOOD))), fc.array(fc.tuple(fc.nat(), fc.nat(12), fragment), { minLength: 1, maxLength: 4 }))
  .map(([text, edits]) => edits.reduce((now, [at, remove, insert]) => {
    const from = at % (now.length + 1);
    return now.slice(0, from) + insert + now.slice(from + remove);
  }, text));

/** Soup of words, and of characters. */
export const soup = fc.oneof(
  fc.array(fc.oneof(fragment, name, number), { maxLength: 60 }).map((parts) => parts.join(' ')),
  fc.array(fc.oneof(fragment, name, number), { maxLength: 60 }).map((parts) => parts.join('')),
  fc.string({ unit: 'binary', maxLength: 200 }),
  fc.string({ maxLength: 200 }),
);
