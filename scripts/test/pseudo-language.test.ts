/**
 * A language in which every letter of every text of the bundle is a dot: what still has letters is a name, code of the language, or was
 * said past the bundle. Run through every example of every finding, and the sentences of the lab.
 */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { analyse, catalog, type Diagnostic } from '../../chemistry/index.ts';
import { markedText } from '../../chemistry/test/marked-text.ts';
import { parse, type DiagnosticSpec } from '../../grammar/index.ts';
import { speak, t } from '../../l10n/index.ts';
import { errorCount } from '../../webview/format.ts';
import { startsSentence, stabilitySentence } from '../../webview/stability.ts';
import { dottedTexts } from '../lib/dots.ts';

beforeAll(() => speak({ tag: 'en-GB', texts: dottedTexts() }));
afterAll(() => speak(undefined));

/** Words of a message that stand neither in the texts checked nor among the words of the language that messages name as code. */
function english(message: string, material: string): readonly string[] {
  const words = message.match(/\p{L}{2,}/gu) ?? [];
  return words.filter((word) => !material.includes(word) && !CODE.has(word));
}

/** Words of the language and names of programs that messages put in; `and` and `or` come with lists, from `Intl.ListFormat`. */
const CODE: ReadonlySet<string> = new Set((
  'and or in for rate signs onehot species auto tsit rkc bdf ssa tau langevin method self annealing sorted gradient vary noise steps algebraic lognormal frozen per reaction '
  + 'Antimony crnsimulator Microsoft CRN engine'
).split(' '));

function findings(text: string, files: Readonly<Record<string, string>> = {}): readonly Diagnostic[] {
  const trees = new Map(Object.entries({ ...files, 'main.crn': text }).map(([path, content]) => [path, parse(content)]));
  return analyse(trees.get('main.crn')!, {
    uri: 'main.crn',
    resolveImport: (path) => {
      const tree = trees.get(path);
      return tree === undefined ? { error: t('something else') } : { uri: path, tree };
    },
  }).diagnostics;
}

const cases = catalog.flatMap((spec: DiagnosticSpec) => spec.examples.map((example, i) => ({ name: `${spec.code} (${i + 1})`, spec, example })));

describe('what is said of the examples of findings', () => {
  test.each(cases)('$name', ({ spec, example }) => {
    const { text } = markedText(example.text), found = findings(text, example.files).filter(({ code }) => code === spec.code);
    expect(found.length).toBeGreaterThan(0);
    const material = [text, example.fixed ?? '', ...Object.entries(example.files ?? {}).flat()].join('\n');
    for (const { message, related, fixes } of found) {
      expect(message, 'is in the bundle').toContain('·');
      for (const said of [message, ...(related ?? []).map((one) => one.message), ...(fixes ?? []).map(({ title }) => title)]) expect(english(said, material), said).toEqual([]);
    }
  });
});

describe('the lab', () => {
  test('tells errors, fixed points and stability without a word of English', () => {
    const none = { points: [], found: 0, reached: false, starts: 4, astray: { diverged: 1, moving: 2 } } as unknown as Parameters<typeof startsSentence>[0];
    const point = { stability: 'stable', rate: 0.5, real: new Float64Array([-0.5, -2]), imaginary: new Float64Array([0.1, -0.1]), complete: true } as unknown as Parameters<typeof stabilitySentence>[0];
    const said = [errorCount(2, 1), startsSentence(none), stabilitySentence(point, 0.4, undefined), stabilitySentence({ ...point, stability: 'unstable' }, undefined, undefined)];
    for (const one of said) {
      expect(one).toContain('·');
      expect(one.match(/\p{L}{2,}/gu) ?? [], one).toEqual([]);
    }
  });
});
