/** What a model consists of, for a tree beside the text: headings, and under each what there is with its place. */
import { counted } from '../../l10n/index.ts';
import { conservationText, familyCount, familyText, loopsText } from '../../chemistry/index.ts';
import type { ReactionFamily } from '../../chemistry/index.ts';
import type { Span, Unit } from '../../grammar/index.ts';
import type { ContentsAnswer, ContentsEntry, ContentsSection, PlaceAnswer } from '../protocol.ts';
import { initialText, lawsOf, parameterValue, shortNumber } from './hover/values.ts';
import { runnable } from './runnable.ts';
import { locationOf } from './snapshot.ts';
import type { Snapshot } from './snapshot.ts';

/** Entries a section; a tree of tens of thousands is slow in every client and read by nobody. */
const MOST = 1000;

export function contents(snapshot: Snapshot): ContentsAnswer {
  const sections: ContentsSection[] = [
    section('species', species(snapshot)),
    section('parameters', parameters(snapshot)),
    section('reactions', snapshot.analysis.network.families.map((family) => reaction(snapshot, family))),
    section('groups', groups(snapshot)),
    section('conserved', lawsOf(snapshot.analysis.network).filter((law) => law.length > 1).map((law) => ({ label: conservationText(snapshot.analysis.network, law).replace(/ = const$/, '') }))),
    section('networks', networks(snapshot)),
    section('data', snapshot.analysis.data.map(({ name, place }) => ({ label: name, place: placeOf(snapshot, place.unit, place.span, place.file) }))),
    section('experiments', experiments(snapshot)),
  ];
  return { version: snapshot.version, hasErrors: snapshot.analysis.hasErrors, sections: sections.filter(({ count }) => count > 0) };
}

function section(kind: ContentsSection['kind'], entries: readonly ContentsEntry[]): ContentsSection {
  return { kind, count: entries.length, entries: entries.slice(0, MOST) };
}

function placeOf(snapshot: Snapshot, unit: Unit, span: Span, file?: string): PlaceAnswer {
  const location = locationOf(snapshot, { unit, span, ...(file === undefined ? {} : { file }) });
  return { uri: location?.uri ?? snapshot.uri, line: location?.range.start.line ?? 0, character: location?.range.start.character ?? 0 };
}

function species(snapshot: Snapshot): ContentsEntry[] {
  const { network } = snapshot.analysis;
  return network.blocks.map((block) => ({
    label: block.shape.length === 0 ? block.name : `${block.name}[${block.shape.join(', ')}]`,
    detail: `${block.kind === 'species' ? '' : `${block.kind} `}= ${initialText(network, block.initial)}`,
    place: placeOf(snapshot, block.origin.unit, block.origin, block.origin.file),
    ...(block.doc === undefined ? {} : { doc: block.doc }),
  }));
}

function parameters(snapshot: Snapshot): ContentsEntry[] {
  const { network } = snapshot.analysis;
  return network.parameters.map((parameter) => {
    const value = parameterValue(network, parameter.id);
    const unit = parameter.unit === undefined ? '' : ` ${parameter.unit}`;
    return {
      label: parameter.shape.length === 0 ? parameter.name : `${parameter.name}[${parameter.shape.join(', ')}]`,
      ...(value === null ? {} : { detail: `= ${shortNumber(value)}${unit}` }),
      place: placeOf(snapshot, parameter.origin.unit, parameter.origin, parameter.origin.file),
      ...(parameter.doc === undefined ? {} : { doc: parameter.doc }),
    };
  });
}

function reaction(snapshot: Snapshot, family: ReactionFamily): ContentsEntry {
  const { network } = snapshot.analysis;
  const size = familyCount(family);
  const text = familyText(network, family);
  const many = size === 1 ? undefined : `${counted(size, '1 reaction', '{0} reactions')}, ${loopsText(family)}`;
  return {
    label: family.label ?? text,
    ...(family.label === undefined ? (many === undefined ? {} : { detail: many }) : { detail: text }),
    place: placeOf(snapshot, family.origin.unit, family.origin, family.origin.file),
    ...(many === undefined ? {} : { doc: many }),
  };
}

function groups(snapshot: Snapshot): ContentsEntry[] {
  const { network } = snapshot.analysis;
  return network.groups.map((name) => {
    const members = network.families.filter((family) => family.groups.includes(name));
    return {
      label: name,
      detail: counted(members.reduce((sum, family) => sum + familyCount(family), 0), '1 reaction', '{0} reactions'),
      entries: members.slice(0, MOST).map((family) => reaction(snapshot, family)),
    };
  });
}

function networks(snapshot: Snapshot): ContentsEntry[] {
  return snapshot.analysis.networks.map(({ name, place, spec }) => ({
    label: name,
    detail: [spec.input.size, ...spec.layers.map(({ units }) => units)].join('-'),
    place: placeOf(snapshot, place.unit, place.span, place.file),
    entries: spec.layers.map((layer) => ({ label: layer.name, detail: counted(layer.units, '1 unit', '{0} units') })),
  }));
}

/** What can be run, in the order of the text. */
function experiments(snapshot: Snapshot): ContentsEntry[] {
  return runnable(snapshot.tree).map(({ unit, label, detail, run }) => ({
    label, place: placeOf(snapshot, unit, unit.statement), ...(detail === undefined ? {} : { detail }), ...(run === undefined ? {} : { run }),
  }));
}
