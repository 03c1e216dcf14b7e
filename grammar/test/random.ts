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
const statement: fc.Arbitrary<string> = fc.oneof(
  { weight: 6, arbitrary: simple },
  { weight: 1, arbitrary: fc.tuple(head, fc.array(reaction, { maxLength: 3 }), fc.constantFrom('\n', '\n  ', '; ')).map(([h, body, glue]) => (glue === '; ' ? `${h} { ${body.join(glue)} }` : `${h} {${body.map((line) => glue + line).join('')}\n}`)) },
  { weight: 1, arbitrary: fc.tuple(fc.array(setting, { maxLength: 3 }), fc.constantFrom('\n', '; ')).map(([body, glue]) => `simulate fast {${glue === '\n' ? '\n' : ' '}${body.join(glue)}${glue === '\n' ? '\n' : ' '}}`) },
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
