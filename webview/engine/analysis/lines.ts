/** A model's equations and reactions as lines: families stay families, sums stay sums. */
import { counted, t } from '../../../l10n/index.ts';
import {
  familyCount, familyText, latexScalar, loopsText, odeLatex, odeOfBlock, odeUnicode, unrolledCount, unrolledReactions, type Analysis, type Network, type ReactionFamily, type Term,
} from '../../../chemistry/index.ts';
import type { Line, LinesAnswer } from '../../analysis-protocol.ts';
import { MOST_REACTIONS } from '../../lines.ts';
import { familyPlace, visiblePlace } from './places.ts';
import type { Report } from './session.ts';

/** Terms of one equation that are written out; a species that takes part in more is rather found among the reactions. */
const MOST_TERMS = 400;

export function equationLines(analysis: Analysis, report: Report): LinesAnswer {
  const { network } = analysis, lines: Line[] = [];
  for (const [k, block] of network.blocks.entries()) {
    report(k, network.blocks.length);
    const ode = odeOfBlock(network, block), place = visiblePlace(analysis, block.origin);
    lines.push({
      text: odeUnicode(network, ode, { maxTerms: MOST_TERMS }), latex: odeLatex(network, ode, { maxTerms: MOST_TERMS }), name: block.name,
      note: [block.kind === 'fixed' ? t('held') : '', block.size > 1 ? counted(block.size, '1 component', '{0} components') : ''].filter((part) => part !== '').join(', '),
      ...(block.doc === undefined ? {} : { doc: block.doc }), ...(place === undefined ? {} : { place }),
    });
  }
  return { kind: 'equations', lines, stands: network.dimension };
}

function complexLatex(network: Network, terms: readonly Term[], family: ReactionFamily): string {
  if (terms.length === 0) return '\\varnothing';
  return terms.map((term) => `${term.stoichiometry === 1 ? '' : `${term.stoichiometry}\\,`}${latexScalar(network, { kind: 'species', operand: term }, { variables: family.variables })}`).join(' + ');
}

/** `A + B \xrightarrow{k} C`; a rate law stands over the arrow as it is. */
export function reactionLatex(network: Network, family: ReactionFamily): string {
  const { rate } = family, over = latexScalar(network, rate.kind === 'mass action' ? rate.constant : rate.law, { variables: family.variables });
  const loops = family.variables.map((v) => (v.kind === 'sign' ? `${v.name} \\in \\{+,-\\}` : `${v.name} = ${v.from},\\dots,${v.from + v.extent - 1}`)).join(',\\ ');
  return `${complexLatex(network, family.reactants, family)} \\xrightarrow{${over}} ${complexLatex(network, family.products, family)}${loops === '' ? '' : ` \\quad (${loops})`}`;
}

/** @param each one by one instead of by families, where they are not too many */
export function reactionLines(analysis: Analysis, each: boolean, report: Report): LinesAnswer {
  const { network } = analysis, stands = unrolledCount(network), lines: Line[] = [];
  const single = each && stands <= MOST_REACTIONS ? unrolledReactions(network) : undefined;
  let next = 0;
  for (const [k, family] of network.families.entries()) {
    report(k, network.families.length);
    const count = familyCount(family), place = familyPlace(analysis, family), latex = reactionLatex(network, family);
    const shared = { latex, name: family.label ?? '', groups: family.groups, ...(place === undefined ? {} : { place }) };
    if (single === undefined) {
      lines.push({ ...shared, text: `${family.label === undefined ? '' : `${family.label}: `}${familyText(network, family)}`, note: count === 1 ? '' : `${counted(count, '1 reaction', '{0} reactions')}, ${loopsText(family)}` });
      continue;
    }
    for (let r = 0; r < count; r++) lines.push({ ...shared, text: single[next++]!, note: '' });
  }
  return { kind: 'reactions', lines, stands };
}
