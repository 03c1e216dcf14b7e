/** Reports names that nothing declares and declarations that nothing uses. */
import { t } from '../../l10n/index.ts';
import type { Unit } from '../../grammar/index.ts';
import type { Diagnostic, Fix } from '../diagnostic.ts';
import { declareAllFix, undeclaredSpecies } from '../diagnostics/crn201-undeclared-species.ts';
import { undeclaredName, undeclaredOwn } from '../diagnostics/crn202-undeclared-name.ts';
import type { WantedKind } from '../diagnostics/crn202-undeclared-name.ts';
import { undeclaredModule } from '../diagnostics/crn203-undeclared-module.ts';
import { unused } from '../diagnostics/crn205-unused.ts';
import { undeclaredGroup } from '../diagnostics/crn215-undeclared-group.ts';
import { undeclaredExperiment } from '../diagnostics/crn220-undeclared-experiment.ts';
import { ownNameElsewhere } from '../diagnostics/crn224-own-name-elsewhere.ts';
import { unusedLocal } from '../diagnostics/crn221-unused-local.ts';
import { undeclaredActivation } from '../diagnostics/crn715-undeclared-activation.ts';
import { undeclaredNetwork } from '../diagnostics/crn810-undeclared-network.ts';
import { undeclaredData } from '../diagnostics/crn811-undeclared-data.ts';
import { neuralSettingValue } from '../diagnostics/crn814-neural-setting-value.ts';
import { libraryActivations, NEAR_ACTIVATIONS, SPECIAL_ACTIVATIONS } from '../neural/library.ts';
import { CONSTANTS } from './builtins.ts';
import { factsOf } from './facts.ts';
import type { NameUse, Namespace } from './facts.ts';
import type { Entity, SourceFile } from './files.ts';
import { checkLocals, kindWords } from './link.ts';
import { nearest } from './suggest.ts';
import { notableUnits, shared } from './units.ts';

/** Uses that nothing in the files declares, by unit. Names that broken text may declare are sorted out when they are reported. */
type Missing = Map<Unit, readonly NameUse[]>;

/** What the next analysis of an edited text starts from. */
export interface NameMemory {
  readonly units: readonly Unit[];
  /** How often each name is used as a value, outside the scopes of units. */
  readonly counts: ReadonlyMap<string, number>;
  readonly missing: ReadonlyMap<Unit, readonly NameUse[]>;
  /** All declared names, with their namespaces. */
  readonly declared: ReadonlySet<string>;
}

/** Beyond so many different unknown names the text is something else altogether: no more suggestions. */
const MOST_SUGGESTIONS = 100;

/** Reports on all files; `own`: names of what uses of modules own, such as `m1.tmp`; gives what the next analysis can start from. */
export function reportNames(main: SourceFile, files: readonly SourceFile[], own: ReadonlySet<string>, previous: NameMemory | undefined, report: (diagnostic: Diagnostic) => void): NameMemory {
  const memory = usesOf(main, files, previous);
  for (const file of files) {
    const missing = file === main ? memory.missing : usesOf(file, files, undefined).missing;
    reportMissing(missing, file, own, report);
    for (const unit of notableUnits(file.tree)) {
      const facts = factsOf(unit);
      if (facts.locals.length === 0 && facts.misplaced.length === 0 && facts.repeated.length === 0) continue;
      checkLocals(facts, unit, file, report);
      if (file === main && unit.problems.length === 0) reportUnusedLocals(unit, main, report);
    }
  }
  reportUnused(main, memory.counts, report);
  return memory;
}

/** Counts the uses of a file's names and finds those without a declaration; only in units that the previous text did not have. */
function usesOf(source: SourceFile, files: readonly SourceFile[], previous: NameMemory | undefined): NameMemory {
  const { units } = source.tree;
  const declared = new Set<string>();
  for (const file of files) {
    for (const [namespace, names] of Object.entries(file.names)) for (const name of names.keys()) declared.add(`${namespace} ${name}`);
  }
  const missing: Missing = new Map();
  const counts = new Map<string, number>();
  const look = (unit: Unit, { uses } = factsOf(unit)): void => {
    let list: NameUse[] | undefined;
    for (let n = 0; n < uses.length; n++) {
      const use = uses[n]!;
      if (use.local !== undefined || use.open === true || source.find(use.namespace, use.name.text) !== undefined) continue;
      (list ??= []).push(use);
    }
    if (list !== undefined) missing.set(unit, list);
  };
  const count = (unit: Unit, by: 1 | -1, { uses } = factsOf(unit)): void => {
    for (let n = 0; n < uses.length; n++) {
      const use = uses[n]!;
      if (use.local === undefined && use.namespace === 'value') counts.set(use.name.text, (counts.get(use.name.text) ?? 0) + by);
    }
  };
  const kept = previous === undefined ? { head: 0, tail: 0 } : shared(previous.units, units);
  if (previous === undefined || kept.head + kept.tail < units.length / 2) {
    for (const unit of units) {
      const facts = factsOf(unit);
      count(unit, 1, facts);
      look(unit, facts);
    }
    return { units, counts, missing, declared };
  }
  for (const [name, number] of previous.counts) counts.set(name, number);
  const end = units.length - kept.tail;
  for (let i = kept.head; i < previous.units.length - kept.tail; i++) count(previous.units[i] as Unit, -1);
  for (let i = kept.head; i < end; i++) count(units[i] as Unit, 1);
  // A name that is gone may be missed anywhere; a name that is new can only be found where one was missing.
  const gone = [...previous.declared].some((key) => !declared.has(key) && (!key.startsWith('value ') || (counts.get(key.slice(6)) ?? 0) > 0));
  if (gone) for (const unit of units) look(unit);
  else {
    const dropped = new Set(previous.units.slice(kept.head, previous.units.length - kept.tail));
    for (const unit of previous.missing.keys()) if (!dropped.has(unit)) look(unit);
    for (let i = kept.head; i < end; i++) look(units[i] as Unit);
  }
  return { units, counts, missing, declared };
}

function reportMissing(missing: ReadonlyMap<Unit, readonly NameUse[]>, source: SourceFile, own: ReadonlySet<string>, report: (diagnostic: Diagnostic) => void): void {
  const found: { use: NameUse; unit: Unit }[] = [];
  const species = new Set<string>();
  for (const [unit, uses] of missing) {
    for (const use of uses) {
      if (source.mayDeclare(use.name.text) || (use.namespace === 'activation' && builtInActivation(use.name.text)) || (use.namespace === 'value' && !isSpecies(use) && CONSTANTS.has(use.name.text))) continue;
      if (use.namespace === 'value' && use.name.text.includes('.')) reportOwn(use, unit, source, own, report);
      else found.push({ use, unit });
    }
  }
  found.sort((a, b) => a.unit.start + a.use.name.start - (b.unit.start + b.use.name.start));
  for (const { use } of found) if (isSpecies(use)) species.add(use.name.text);
  const suggestions = new Map<string, string | undefined>();
  const suggest = (use: NameUse, unit: Unit): string | undefined => {
    const key = `${use.namespace} ${isSpecies(use) ? 'species' : wantedKind(use, source).kind} ${use.name.text}`;
    if (!suggestions.has(key) && suggestions.size < MOST_SUGGESTIONS) suggestions.set(key, nearest(use.name.text, candidates(use, unit, source)));
    return suggestions.get(key);
  };
  const place = inserter(source);
  const all = declareAllFix([...species], (names) => place('species', names));
  for (const { use, unit } of found) {
    const name = use.name.text;
    const here = source.place(unit, use.name);
    const suggestion = suggest(use, unit);
    switch (use.namespace) {
      case 'module': {
        const other = source.find('value', name) ?? source.find('group', name);
        report(undeclaredModule(here, name, suggestion, other === undefined ? undefined : kindWords(other.declared.kind)));
        break;
      }
      case 'group':
        report(undeclaredGroup(here, name, suggestion));
        break;
      case 'experiment':
        report(undeclaredExperiment(here, name, suggestion));
        break;
      case 'label':
        break;
      case 'activation':
        report(undeclaredActivation(here, name, suggestion, NEAR_ACTIVATIONS.get(name), activationNames(source)));
        break;
      case 'network':
        if (unit.statement.kind === 'Expect') break; // it may be the name of a training
        report(undeclaredNetwork(here, name, suggestion));
        break;
      case 'data':
        report(undeclaredData(here, name, suggestion));
        break;
      case 'noise':
        report(neuralSettingValue(here, 'noise', name, t('the name of a noise statement'), suggestion));
        break;
      case 'value':
        if (isSpecies(use)) report(undeclaredSpecies(here, name, suggestion, place('species', [name]), all));
        else {
          const { kind, array } = wantedKind(use, source);
          report(undeclaredName(here, name, suggestion, kind, array, place(kind, [kind === 'param' ? `${name} = 1` : name])));
        }
        break;
    }
  }
}

/** A name with a dot: `plot` and `expect` can read what the use of a module owns, nothing else can. */
function reportOwn(use: NameUse, unit: Unit, source: SourceFile, own: ReadonlySet<string>, report: (diagnostic: Diagnostic) => void): void {
  const name = use.name.text;
  const place = source.place(unit, use.name);
  if (!own.has(name)) report(undeclaredOwn(place, name, own.size > MOST_OWN ? undefined : nearest(name, own)));
  else if (unit.statement.kind !== 'Expect' && unit.statement.kind !== 'Simulate') report(ownNameElsewhere(place, name));
}
/** Among more names than this none is suggested. */
const MOST_OWN = 1000;

function reportUnused(main: SourceFile, counts: ReadonlyMap<string, number>, report: (diagnostic: Diagnostic) => void): void {
  const unread = main.unread();
  for (const [name, entity] of main.names.value) {
    if ((counts.get(name) ?? 0) > 0 || main.badNames.has(name) || unread.has(name)) continue;
    if (entity.declared.node.kind === 'neuron') continue; // what it computes is looked at, not used
    const { kind } = entity.declared, what = kind === 'param' || kind === 'dual' ? kind : 'species';
    report(unused(main.place(entity.unit, entity.declared.name), name, what, removal(entity)));
  }
}

function reportUnusedLocals(unit: Unit, main: SourceFile, report: (diagnostic: Diagnostic) => void): void {
  const facts = factsOf(unit);
  const used = new Set(facts.uses.map((use) => use.local));
  const second = new Set(facts.repeated.map((pair) => pair.second));
  for (const local of facts.locals) {
    if (local.namespace !== 'value' || used.has(local) || second.has(local) || facts.badNames.includes(local.name.text) || main.unread().has(local.name.text)) continue;
    if ('kind' in local.node && local.node.kind === 'Reference') continue; // `x[n]`: n only says that any extent will do
    const kind = local.kind === 'index' || local.kind === 'sign' || local.kind === 'module parameter' || local.kind === 'module constant' ? local.kind : 'own';
    report(unusedLocal(main.place(unit, local.name), local.name.text, kind));
  }
}

function isSpecies(use: NameUse): boolean {
  return use.namespace === 'value' && (use.role === 'reactant' || use.role === 'product');
}

function candidates(use: NameUse, unit: Unit, source: SourceFile): string[] {
  const names: string[] = [];
  const take = (namespace: Namespace, fits: (entity: Entity) => boolean): void => {
    for (const file of [source, ...source.reachable()]) for (const [name, entity] of file.names[namespace]) if (fits(entity)) names.push(name);
  };
  if (use.namespace === 'value') {
    for (const local of factsOf(unit).locals) {
      if (local.namespace === 'value' && local.extent.start <= use.name.start && use.name.end <= local.extent.end) names.push(local.name.text);
    }
    const { kind, only } = isSpecies(use) ? { kind: 'species', only: true } : wantedKind(use, source);
    take('value', !only ? () => true : kind === 'species' ? (entity) => entity.declared.kind !== 'param' : (entity) => entity.declared.kind === kind);
    if (!only) names.push(...CONSTANTS.keys());
  } else if (use.namespace === 'activation') names.push(...activationNames(source));
  else take(use.namespace, () => true);
  return names;
}

function builtInActivation(name: string): boolean {
  return libraryActivations().has(name) || SPECIAL_ACTIVATIONS.has(name);
}

function activationNames(source: SourceFile): string[] {
  const declared = [source, ...source.reachable()].flatMap((file) => [...file.names.activation.keys()]);
  return [...new Set([...declared, ...libraryActivations().keys(), ...SPECIAL_ACTIVATIONS.keys()])];
}

/** What is meant where a name is used: what the module's parameter takes, a species, or else a parameter. `only`: nothing else can stand there. */
function wantedKind(use: NameUse, source: SourceFile): { readonly kind: WantedKind; readonly array: boolean; readonly only: boolean } {
  if (use.wants === undefined) return { kind: 'param', array: false, only: false };
  if (use.wants === 'species' || use.wants === 'compared') return { kind: 'species', array: false, only: use.wants === 'species' };
  const node = source.find('module', use.wants.module)?.declared.node;
  const parameter = node?.kind === 'module' ? node.module.parameters[use.wants.position] : undefined;
  const type = parameter?.type?.text ?? 'species';
  const kind = type === 'param' || type === 'fixed' || type === 'dual' ? type : 'species';
  return { kind, array: (parameter?.shape?.length ?? 0) > 0, only: kind !== 'param' };
}

/** Places a line of its own: before the first declaration of its kind, else before the first statement that is not units or import. */
function inserter(source: SourceFile): (keyword: WantedKind, names: readonly string[]) => Fix['edits'] {
  const places = new Map<WantedKind, ReturnType<SourceFile['place']> | undefined>();
  const { units } = source.tree;
  return (keyword, names) => {
    if (!places.has(keyword)) {
      const like = units.find(({ statement }) => statement.kind === 'Declaration' && statement.declares === keyword);
      const unit = like ?? units.find(({ statement }) => statement.kind !== 'Units' && statement.kind !== 'Import') ?? units[0];
      places.set(keyword, unit === undefined ? undefined : source.place(unit, { start: 0, end: 0 }));
    }
    const place = places.get(keyword);
    return place === undefined ? [] : [{ ...place, text: `${keyword} ${names.join(', ')}\n` }];
  };
}

/** Takes out one name of a declaration, with its comma, or the whole declaration. */
function removal(entity: Entity): Fix['edits'] {
  const { node } = entity.declared;
  if (node.kind !== 'item') return [];
  const { items } = node.declaration;
  const at = items.indexOf(node.item);
  const previous = items[at - 1];
  const next = items[at + 1];
  const span = previous !== undefined ? { start: previous.end, end: node.item.end } : next !== undefined ? { start: node.item.start, end: next.start } : node.declaration;
  return [{ ...entity.source.place(entity.unit, span), text: '' }];
}
