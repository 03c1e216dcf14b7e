/** The page of case studies, put together from its sections. */
import { activationsSection } from './activations.ts';
import { deviationSection } from './deviation.ts';
import { irisSection } from './iris.ts';
import { mnistSection } from './mnist.ts';
import { regressionSection } from './regression.ts';
import type { Results } from './results.ts';
import { robustSection } from './robust.ts';
import { rulesSection } from './rules.ts';
import type { Extent, Section } from './section.ts';
import { speedSection } from './speed.ts';
import { xorSection } from './xor.ts';

/** By the name that --only knows, in the order of the page. */
export const SECTIONS: ReadonlyMap<string, (results: Results, extent: Extent) => Section> = new Map([
  ['xor', xorSection], ['robust', robustSection], ['rules', rulesSection], ['iris', irisSection], ['regression', regressionSection], ['mnist', mnistSection],
  ['activations', activationsSection], ['deviation', deviationSection], ['speed', speedSection],
]);

const HEAD = `# Case studies

What networks of neurons do as reactions, measured: the four tasks of Kang and Kim, “Noise-robust chemical reaction networks training artificial neural networks”
([arXiv 2410.11919](https://arxiv.org/abs/2410.11919)), learnt in one pot by its own reactions. The paper's architectures and figures were not at hand; architectures, settings and numbers here are this project's own, and
where a claim does not reproduce, the page says so. \`npm run case-studies\` computes everything anew and writes this page; the results of all runs are in [case-studies.json](case-studies.json). A loss or an accuracy
is always measured with the update reactions switched off: while they run, the output merely follows the sample that is there.`;

export function pageText(sections: readonly Section[]): string {
  return `${[HEAD, ...sections.map(({ text }) => text)].join('\n\n')}\n`;
}
