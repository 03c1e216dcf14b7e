/** Rules about duals: their rails are bounded, and what happens to one happens to the other. */
import { t } from '../../l10n/index.ts';
import { railsNotBounded } from '../diagnostics/crn701-rails-not-bounded.ts';
import { railsUnequal } from '../diagnostics/crn702-rails-unequal.ts';
import type { Diagnostic, Fix } from '../diagnostic.ts';
import type { MassActionInput } from '../elaborated.ts';
import { changesOf, railText } from '../equations/index.ts';
import type { ReactionFamily, SpeciesBlock, Term } from '../network.ts';
import { familyKey, rateKey } from './check-duplicates.ts';
import { placeIn, rateExpression, sliceOf, textOf } from './text.ts';

export function checkRails(input: MassActionInput): Diagnostic[] {
  const { network } = input;
  if (!network.blocks.some((block) => block.kind === 'dual')) return [];
  return [...checkBounded(input), ...checkEqual(input)];
}

/** Duals that some reaction produces and none consumes. */
function checkBounded(input: MassActionInput): Diagnostic[] {
  const { network } = input;
  const found: Diagnostic[] = [];
  const changes = changesOf(network);
  const seen = new Set<string>();
  for (const block of network.blocks) {
    if (block.kind !== 'dual') continue;
    const own = changes[block.id] ?? [];
    // One rail alone can be a non-negative quantity in the clothes of a dual: both have to be produced.
    const produced = new Set(own.filter(({ net }) => net > 0).flatMap(({ operand }) => rails(operand.index[0])));
    if (produced.size < 2 || own.some(({ net }) => net < 0)) continue;
    const name = ownName(block);
    if (input.isUnread(name)) continue;
    const place = placeIn(block.origin, { start: block.origin.start, end: block.origin.start + name.length });
    const key = `${block.origin.file ?? ''}:${block.origin.unit.start}:${place.span.start}`;
    if (seen.has(key)) continue;
    seen.add(key);
    found.push(railsNotBounded(place, name, annihilation(block, name)));
  }
  return found;
}

/** A module's own species is called `m1.W` outside and `W` in its text. */
function ownName(block: SpeciesBlock): string {
  return block.name.slice(block.name.lastIndexOf('.') + 1);
}

function rails(index: Term['index'][number] | undefined): ('+' | '-')[] {
  if (index === undefined) return [];
  const text = railText(index, { variables: [] });
  return text === '+' || text === '-' ? [text] : ['+', '-'];
}

/** Puts the annihilation below the declaration, where that is a statement of its own. */
function annihilation(block: SpeciesBlock, name: string): Fix[] {
  const { unit } = block.origin;
  if (unit.statement.kind !== 'Declaration') return [];
  const loops = block.shape.map((extent, axis) => `${['i', 'j', 'k', 'l'][axis] ?? `i${axis}`} in 1..${extent}`);
  const indices = loops.length === 0 ? '' : `[${loops.map((loop) => loop.split(' ')[0] ?? '').join(',')}]`;
  const reaction = `${name}^+${indices} + ${name}^-${indices} -> 0 @ 10`;
  const line = loops.length === 0 ? reaction : `for ${loops.join(', ')} { ${reaction} }`;
  const end = unit.statement.end;
  return [{ title: t('Let the rails of {0} annihilate', name), edits: [{ ...placeIn(block.origin, { start: end, end }), text: `\n${line}` }] }];
}

/** Reactions that are each other's mirror image (all rails swapped) and consume or need a rail. */
function checkEqual(input: MassActionInput): Diagnostic[] {
  const { network } = input;
  const isDual = (term: Term): boolean => network.blocks[term.block]?.kind === 'dual';
  const first = new Map<string, ReactionFamily>();
  const found: Diagnostic[] = [];
  for (const family of network.families) {
    if (family.from === 'ode' || family.rate.kind !== 'mass action' || !family.reactants.some(isDual)) continue;
    const swap = (term: Term): Term => (isDual(term) ? { ...term, index: term.index.map((index, axis) => (axis === 0 ? swapped(index) : index)) } : term);
    const key = familyKey(family);
    const mirror = first.get(familyKey({ ...family, reactants: family.reactants.map(swap), products: family.products.map(swap) }));
    if (!first.has(key)) first.set(key, family);
    if (mirror === undefined || mirror === family || rateKey(network, mirror) === rateKey(network, family)) continue;
    const diagnostic = unequal(input, family, mirror);
    if (diagnostic !== undefined) found.push(diagnostic);
  }
  return found;
}

function swapped(index: Term['index'][number]): Term['index'][number] {
  return index.kind === 'rail' ? { ...index, parity: index.parity === 0 ? 1 : 0 } : { ...index, constant: 1 - index.constant };
}

function unequal(input: MassActionInput, family: ReactionFamily, mirror: ReactionFamily): Diagnostic | undefined {
  const [here, there] = [textOf(input, family), textOf(input, mirror)];
  const [mine, other] = [rateExpression(here), rateExpression(there)];
  if (mine === undefined || other === undefined || here.source.reaction === there.source.reaction) return undefined;
  const otherText = sliceOf(there.source.unit, other);
  const fixes: Fix[] = [{ title: t('Use {0} for both rails', otherText), edits: [{ ...placeIn(here.source, mine), text: otherText }] }];
  return railsUnequal(placeIn(here.source, mine), placeIn(there.source, other), sliceOf(here.source.unit, mine), otherText, fixes);
}
