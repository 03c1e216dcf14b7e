/** Reports names that nothing declares and declarations that nothing uses. */
import type { Unit } from '../../grammar/index.ts';
import type { Diagnostic, Fix } from '../diagnostic.ts';
import { undeclaredSpecies } from '../diagnostics/crn201-undeclared-species.ts';
import { undeclaredName } from '../diagnostics/crn202-undeclared-name.ts';
import { undeclaredModule } from '../diagnostics/crn203-undeclared-module.ts';
import { unused } from '../diagnostics/crn205-unused.ts';
import { undeclaredGroup } from '../diagnostics/crn215-undeclared-group.ts';
import { undeclaredExperiment } from '../diagnostics/crn220-undeclared-experiment.ts';
import { unusedLocal } from '../diagnostics/crn221-unused-local.ts';
import { CONSTANTS } from './builtins.ts';
import { factsOf } from './facts.ts';
import type { NameUse, Namespace } from './facts.ts';
import type { Entity, SourceFile } from './files.ts';
import { checkLocals, kindWords } from './link.ts';
import { nearest } from './suggest.ts';

interface Missing {
  readonly use: NameUse;
  readonly unit: Unit;
}

/** Beyond so many different unknown names the text is something else altogether: no more suggestions. */
const MOST_SUGGESTIONS = 100;

export class NameReport {
  private readonly main: SourceFile;
  private readonly files: readonly SourceFile[];
  private readonly report: (diagnostic: Diagnostic) => void;
  private readonly used = new Set<string>();

  constructor(main: SourceFile, files: readonly SourceFile[], report: (diagnostic: Diagnostic) => void) {
    this.main = main;
    this.files = files;
    this.report = report;
  }

  run(): void {
    for (const file of this.files) this.file(file);
    this.unusedNames();
  }

  private file(source: SourceFile): void {
    const missing: Missing[] = [];
    for (const unit of source.tree.units) {
      const facts = factsOf(unit);
      for (const use of facts.uses) {
        if (use.local !== undefined) continue;
        const name = use.name.text;
        if (use.namespace === 'value' && source === this.main) this.used.add(name);
        if (source.find(use.namespace, name) !== undefined || source.mayDeclare(name)) continue;
        if (use.namespace === 'value' && CONSTANTS.has(name) && use.role !== 'reactant' && use.role !== 'product') continue;
        missing.push({ use, unit });
      }
      if (facts.locals.length > 0 || facts.misplaced.length > 0 || facts.repeated.length > 0) {
        checkLocals(facts, unit, source, this.report);
        if (source === this.main) this.unusedLocals(unit);
      }
    }
    if (missing.length > 0) this.missing(missing, source);
  }

  private missing(missing: readonly Missing[], source: SourceFile): void {
    const species = new Set<string>();
    for (const { use } of missing) if (isSpecies(use)) species.add(use.name.text);
    const suggestions = new Map<string, string | undefined>();
    const suggest = (use: NameUse, unit: Unit): string | undefined => {
      const key = `${use.namespace} ${isSpecies(use) ? 's' : 'v'} ${use.name.text}`;
      if (!suggestions.has(key) && suggestions.size < MOST_SUGGESTIONS) suggestions.set(key, nearest(use.name.text, candidates(use, unit, source)));
      return suggestions.get(key);
    };
    for (const { use, unit } of missing) {
      const name = use.name.text;
      const place = source.place(unit, use.name);
      const suggestion = suggest(use, unit);
      switch (use.namespace) {
        case 'module': {
          const other = source.find('value', name) ?? source.find('group', name);
          this.report(undeclaredModule(place, name, suggestion, other === undefined ? undefined : kindWords(other.declared.kind)));
          break;
        }
        case 'group':
          this.report(undeclaredGroup(place, name, suggestion));
          break;
        case 'experiment':
          this.report(undeclaredExperiment(place, name, suggestion));
          break;
        case 'label':
          break;
        case 'value':
          if (isSpecies(use)) this.report(undeclaredSpecies(place, name, suggestion, (names) => insertion(source, 'species', names), [...species]));
          else this.report(undeclaredName(place, name, suggestion, insertion(source, 'param', [`${name} = 1`])));
          break;
      }
    }
  }

  private unusedNames(): void {
    for (const [name, entity] of this.main.names.value) {
      if (this.used.has(name) || this.main.badNames.has(name)) continue;
      const what = entity.declared.kind === 'param' ? 'Parameter' : entity.declared.kind === 'dual' ? 'Dual' : 'Species';
      this.report(unused(this.main.place(entity.unit, entity.declared.name), name, what, removal(entity)));
    }
  }

  private unusedLocals(unit: Unit): void {
    const facts = factsOf(unit);
    const used = new Set(facts.uses.map((use) => use.local));
    const second = new Set(facts.repeated.map((pair) => pair.second));
    for (const local of facts.locals) {
      if (local.namespace !== 'value' || used.has(local) || second.has(local) || facts.badNames.includes(local.name.text)) continue;
      if ('kind' in local.node && local.node.kind === 'Reference') continue; // `x[n]`: n only says that any extent will do
      const kind = local.kind === 'index' || local.kind === 'sign' || local.kind === 'module parameter' || local.kind === 'module constant' ? local.kind : 'own';
      this.report(unusedLocal(this.main.place(unit, local.name), local.name.text, kind));
    }
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
    take('value', isSpecies(use) ? (entity) => entity.declared.kind !== 'param' : () => true);
    if (!isSpecies(use)) names.push(...CONSTANTS.keys());
  } else take(use.namespace, () => true);
  return names;
}

/** A line of its own: before the first declaration of its kind, else before the first statement that is not units or import. */
function insertion(source: SourceFile, keyword: 'species' | 'param', names: readonly string[]): Fix['edits'] {
  const { units } = source.tree;
  const like = units.find(({ statement }) => statement.kind === 'Declaration' && statement.declares === keyword);
  const unit = like ?? units.find(({ statement }) => statement.kind !== 'Units' && statement.kind !== 'Import') ?? units[0];
  return unit === undefined ? [] : [{ ...source.place(unit, { start: 0, end: 0 }), text: `${keyword} ${names.join(', ')}\n` }];
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
