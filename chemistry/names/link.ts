/** Gives every file its names; reports names declared twice, in one file or in two. */
import { t } from '../../l10n/index.ts';
import type { Unit } from '../../grammar/index.ts';
import type { Diagnostic } from '../diagnostic.ts';
import { declaredTwice } from '../diagnostics/crn204-declared-twice.ts';
import { shadowed } from '../diagnostics/crn206-shadowed.ts';
import { importClash } from '../diagnostics/crn209-import-clash.ts';
import { experimentTwice } from '../diagnostics/crn213-experiment-twice.ts';
import { labelTwice } from '../diagnostics/crn214-label-twice.ts';
import { misplaced } from '../diagnostics/crn217-misplaced.ts';
import { hidesBuiltin } from '../diagnostics/crn219-hides-builtin.ts';
import { dotInName } from '../diagnostics/crn223-dot-in-name.ts';
import { CONSTANTS } from './builtins.ts';
import { factsOf } from './facts.ts';
import type { FileName, LocalName, UnitFacts } from './facts.ts';
import type { Entity, SourceFile } from './files.ts';
import { notableUnits } from './units.ts';

type Report = (diagnostic: Diagnostic) => void;

/** `a species`, `a module` … for messages. */
export function kindWords(kind: FileName['kind']): string {
  switch (kind) {
    case 'param':
      return t('a parameter');
    case 'species':
      return t('a species');
    case 'fixed':
      return t('a fixed species');
    case 'dual':
      return t('a dual');
    case 'index':
      return t('a loop variable');
    case 'sign':
      return t('a loop variable over signs');
    case 'module':
      return t('a module');
    case 'module parameter':
      return t('a parameter of the module');
    case 'module constant':
      return t('a constant of the module');
    case 'group':
      return t('a group');
    case 'reaction':
      return t('a label');
    case 'experiment':
      return t('an experiment');
    case 'activation':
      return t('an activation');
    case 'network':
      return t('a network');
    case 'data':
      return t('data');
    case 'noise':
      return t('a noise');
  }
}

/** Enters all declarations of a file. The first of two equal names counts, and one with an error of the text gives way. */
export function declareNames(source: SourceFile, report: Report): void {
  for (const unit of notableUnits(source.tree)) {
    const facts = factsOf(unit);
    for (const name of facts.badNames) source.badNames.add(name);
    for (const declared of facts.declared) declare(declared, unit, source, report);
  }
  // `xor.hidden` is a name like any other, unless a use xor: use … owns such names. Only a labelled text asks.
  if (source.names.label.size === 0) return;
  for (const names of Object.values(source.names)) {
    for (const [name, { unit, declared }] of names) {
      const dot = name.lastIndexOf('.');
      if (dot > 0 && source.names.label.has(name.slice(0, dot))) report(dotInName(source.place(unit, declared.name), name));
    }
  }
}

function declare(declared: FileName, unit: Unit, source: SourceFile, report: Report): void {
  const { namespace, name, kind } = declared;
  const map = source.names[namespace];
  const first = map.get(name.text);
  if (declared.weak === true && first !== undefined) return;
  if (first === undefined || first.declared.weak === true) {
    map.set(name.text, { declared, unit, source });
    if (namespace === 'value' && CONSTANTS.has(name.text)) report(hidesBuiltin(source.place(unit, name), name.text));
    return;
  }
  if (namespace === 'group') return; // a group may be continued
  const here = source.place(unit, name);
  const there = source.place(first.unit, first.declared.name);
  if (namespace === 'label') report(labelTwice(here, there, name.text));
  else if (namespace === 'experiment') report(experimentTwice(here, there, name.text));
  else report(declaredTwice(here, there, name.text, kindWords(kind), kindWords(first.declared.kind)));
}

/** Names that two of the files declare: reported at the import that brings the second into the text being checked. */
export function reportClashes(main: SourceFile, report: Report): void {
  const taken = new Map<string, Entity>();
  const key = (entity: Entity): string => `${entity.declared.namespace}:${entity.declared.name.text}`;
  const own = (source: SourceFile): Entity[] => [...source.names.value.values(), ...source.names.module.values(), ...source.names.label.values()];
  for (const entity of own(main)) taken.set(key(entity), entity);
  const seen = new Set<SourceFile>([main]);
  for (const { target, unit, statement } of main.imports) {
    if (target === undefined) continue;
    const clashes: { name: string; here: ReturnType<SourceFile['place']>; there: ReturnType<SourceFile['place']> }[] = [];
    for (const file of [target, ...target.reachable()]) {
      if (seen.has(file)) continue;
      seen.add(file);
      for (const entity of own(file)) {
        const other = taken.get(key(entity));
        if (other === undefined) taken.set(key(entity), entity);
        else clashes.push({ name: entity.declared.name.text, here: other.source.place(other.unit, other.declared.name), there: file.place(entity.unit, entity.declared.name) });
      }
    }
    if (clashes.length > 0) report(importClash(main.place(unit, statement.path), clashes, statement.path.value));
  }
}

/** What a unit's own names do wrong, whatever the rest says: repeated, hiding others, in the wrong place. */
export function checkLocals(facts: UnitFacts, unit: Unit, source: SourceFile, report: Report): void {
  for (const { first, second } of facts.repeated) {
    const here = source.place(unit, second.name);
    const there = source.place(unit, first.name);
    if (second.namespace === 'label') report(labelTwice(here, there, second.name.text));
    else report(declaredTwice(here, there, second.name.text, kindWords(second.kind), kindWords(first.kind)));
  }
  for (const { statement, inside } of facts.misplaced) {
    const what: Readonly<Partial<Record<typeof statement.kind, string>>> = {
      Declaration: t('A declaration'), Module: t('A module'), Import: t('An import'), Units: t('A units statement'), Simulate: t('A simulation'), Expect: t('An expectation'),
      Activation: t('An activation'), Neuron: t('A neuron'), Network: t('A network'), Data: t('A data statement'), Train: t('A training'), Noise: t('A noise'), Sweep: t('A sweep'),
    };
    const end = statement.kind === 'Module' ? statement.name.end : statement.end;
    report(misplaced(source.place(unit, { start: statement.start, end }), what[statement.kind] ?? t('This'), inside, statement.kind === 'Declaration'));
  }
  for (const local of facts.locals) if (local.name.text.includes('.')) report(dotInName(source.place(unit, local.name), local.name.text));
  for (const local of facts.locals) hiding(local, unit, source, report);
}

function hiding(local: LocalName, unit: Unit, source: SourceFile, report: Report): void {
  if (local.kind !== 'index' && local.kind !== 'sign') return;
  const name = local.name.text;
  if (local.hides !== undefined) {
    report(shadowed(source.place(unit, local.name), source.place(unit, local.hides.name), name, kindWords(local.hides.kind)));
    return;
  }
  const outer = source.find('value', name);
  if (outer !== undefined && outer.declared.weak !== true) report(shadowed(source.place(unit, local.name), outer.source.place(outer.unit, outer.declared.name), name, kindWords(outer.declared.kind)));
}
