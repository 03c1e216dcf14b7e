/**
 * `npm run case-studies [-- --only xor,iris] [--published] [--quick] [--minutes N]`: runs the case studies and writes docs/case-studies.md with
 * its figures and docs/case-studies.json with the numbers behind them. Every result is kept in .cache/case-studies, so an interrupted run
 * goes on where it was. With --only the other sections come from there; the page is written when none is missing. --published takes from
 * docs/case-studies.json what the cache does not have: for a change of the page's words, or of one section. --quick is a
 * trial of everything in miniature, which leaves the page alone. All of it takes about three hours on one core.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { pageText, SECTIONS } from './case-studies/page.ts';
import { Missing, publishedText, readPublished, Results } from './case-studies/results.ts';
import type { Section } from './case-studies/section.ts';
import { runMain, say, StepError } from './lib/console.ts';
import { root } from './lib/paths.ts';

await runMain(async () => {
  const { values } = parseArgs({ options: { only: { type: 'string' }, published: { type: 'boolean', default: false }, quick: { type: 'boolean', default: false }, minutes: { type: 'string' } } });
  const only = values.only?.split(',').map((name) => name.trim());
  const unknown = only?.find((name) => !SECTIONS.has(name));
  if (unknown !== undefined) throw new StepError(`There is no case study “${unknown}”; there are ${[...SECTIONS.keys()].join(', ')}.`);
  const minutes = values.minutes === undefined ? Infinity : Number(values.minutes);
  if (!(minutes > 0)) throw new StepError('--minutes takes a number above 0.');
  const cache = join(root, '.cache/case-studies', values.quick ? 'quick' : 'full');
  const data = join(root, 'docs/case-studies.json'), published = values.published ? readPublished(data) : new Map<string, never>();
  const computing = new Results(cache, minutes, published), reading = new Results(cache, 'kept only', published);
  const sections: Section[] = [];
  const missing: string[] = [];
  for (const [name, make] of SECTIONS) {
    try {
      sections.push(make(only === undefined || only.includes(name) ? computing : reading, { quick: values.quick }));
    } catch (error) {
      if (!(error instanceof Missing)) throw error;
      missing.push(name);
    }
  }
  if (missing.length > 0) {
    say(`Not computed yet: ${missing.join(', ')}. The page is written when nothing is missing.`);
    return Promise.resolve();
  }
  const docs = values.quick ? join(cache, 'page') : join(root, 'docs');
  mkdirSync(join(docs, 'pictures'), { recursive: true });
  for (const { figures } of sections) for (const [name, svg] of figures) writeFileSync(join(docs, 'pictures', `case-${name}.svg`), svg);
  writeFileSync(join(docs, 'case-studies.md'), pageText(sections));
  writeFileSync(join(docs, 'case-studies.json'), publishedText(new Map([...reading.given, ...computing.given])));
  say(`written: ${values.quick ? '.cache/case-studies/quick/page' : 'docs'}/case-studies.md`);
  return Promise.resolve();
});
