/** The files of a network: the text being checked and everything it imports, each once; what each can see of the others. */
import { t } from '../../l10n/index.ts';
import type { ImportStatement, SyntaxTree, Unit } from '../../grammar/index.ts';
import type { ImportResolver } from '../analysis.ts';
import type { Diagnostic, Place } from '../diagnostic.ts';
import { importCycle } from '../diagnostics/crn208-import-cycle.ts';
import { importNotFound } from '../diagnostics/crn207-import-not-found.ts';
import type { Binding, Scope } from '../elaborate/binding.ts';
import type { ModuleInfo } from '../elaborate/modules.ts';
import type { FileName, Namespace } from './facts.ts';
import { factsOf, WORD } from './facts.ts';
import { notableUnits } from './units.ts';

/** A name of a file, and what became of it in this analysis. */
export interface Entity {
  readonly declared: FileName;
  readonly unit: Unit;
  readonly source: SourceFile;
  /** Of values, once they are made. */
  binding?: Binding;
  /** Of modules. */
  module?: ModuleInfo;
}

export interface Import {
  readonly unit: Unit;
  readonly statement: ImportStatement;
  readonly target?: SourceFile;
}

/** A file, and as a scope what its statements can refer to: its own names and those of the files it imports, theirs included. */
export class SourceFile implements Scope {
  /** undefined for the text being checked: places in it carry no file. */
  readonly file: string | undefined;
  readonly tree: SyntaxTree;
  readonly imports: Import[] = [];
  readonly names: Readonly<Record<Namespace, Map<string, Entity>>> = {
    value: new Map(), module: new Map(), group: new Map(), experiment: new Map(), label: new Map(),
    activation: new Map(), network: new Map(), data: new Map(), noise: new Map(),
  };
  /** Names that broken statements may declare. */
  readonly badNames = new Set<string>();
  /** Some import could not be read: unknown names may come from there. */
  incomplete = false;
  private readonly made: SourceFile[] = [];
  private reached: readonly SourceFile[] | undefined;

  constructor(tree: SyntaxTree, file: string | undefined) {
    this.tree = tree;
    this.file = file;
  }

  /** Adds a text that the compiler made from a statement of this file: its names can be seen, not those of what it imports. */
  addMade(file: SourceFile): void {
    this.made.push(file);
    this.reached = undefined;
  }

  /** All files that this one imports, directly or not. Ask only when all imports are linked. */
  reachable(): readonly SourceFile[] {
    if (this.reached === undefined) {
      const found = new Set<SourceFile>();
      const waiting = [...this.imports];
      for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
        const { target } = next;
        if (target === undefined || target === this || found.has(target)) continue;
        found.add(target);
        waiting.push(...target.imports);
        for (const file of target.made) found.add(file);
      }
      for (const file of this.made) found.add(file);
      this.reached = [...found];
    }
    return this.reached;
  }

  find(namespace: Namespace, name: string): Entity | undefined {
    const own = this.names[namespace].get(name);
    if (own !== undefined || (this.imports.length === 0 && this.made.length === 0)) return own;
    for (const file of this.reachable()) {
      const entity = file.names[namespace].get(name);
      if (entity !== undefined) return entity;
    }
    return undefined;
  }

  lookup(name: string): Binding | undefined {
    return this.find('value', name)?.binding;
  }

  private words: ReadonlySet<string> | undefined;

  /** Every word of the statements with text that could not be read: whatever nothing else says of these names may stand there. */
  unread(): ReadonlySet<string> {
    if (this.words === undefined) {
      const words = new Set<string>();
      for (const unit of notableUnits(this.tree)) {
        if (unit.problems.length > 0) for (const [word] of unit.text.matchAll(WORD)) words.add(word);
      }
      this.words = words;
    }
    return this.words;
  }

  /** Whether an unknown name may have been declared by text that could not be read. */
  mayDeclare(name: string): boolean {
    if (this.incomplete || this.badNames.has(name)) return true;
    return this.imports.length > 0 && this.reachable().some((file) => file.incomplete || file.badNames.has(name));
  }

  place(unit: Unit, span: { readonly start: number; readonly end: number }): Place {
    const where = { unit, span: { start: span.start, end: span.end } };
    return this.file === undefined ? where : { ...where, file: this.file };
  }
}

/** Reads imports, depth first: a file comes after those it imports. */
export function collectFiles(tree: SyntaxTree, uri: string | undefined, resolve: ImportResolver | undefined, report: (diagnostic: Diagnostic) => void): SourceFile[] {
  const order: SourceFile[] = [];
  const known = new Map<string, SourceFile>();
  const stack: { source: SourceFile; uri: string | undefined; via?: Place; name: string }[] = [];

  const visit = (source: SourceFile, at: string | undefined, name: string): void => {
    const entry: (typeof stack)[number] = { source, uri: at, name };
    stack.push(entry);
    for (const unit of notableUnits(source.tree)) {
      if (unit.statement.kind === 'Bad' && /^\W*import\b/.test(unit.text)) source.incomplete = true;
      for (const statement of factsOf(unit).imports) {
        const place = source.place(unit, statement.path);
        const path = statement.path.value;
        entry.via = place;
        const found = resolve === undefined ? { error: t('imports cannot be read here') } : resolve(path, at);
        if ('error' in found) {
          source.incomplete = true;
          source.imports.push({ unit, statement });
          report(importNotFound(place, path, found.error));
          continue;
        }
        const start = stack.findIndex((open) => open.uri === found.uri && open.uri !== undefined);
        if (start >= 0) {
          const chain = stack.slice(start);
          const first = chain[0];
          report(importCycle(first?.via ?? place, chain.length < 2 ? [] : [...chain.map((open) => open.name), first?.name ?? '']));
          const target = first?.source;
          source.imports.push({ unit, statement, ...(target === undefined ? {} : { target }) });
          continue;
        }
        let target = known.get(found.uri);
        if (target === undefined) {
          target = new SourceFile(found.tree, found.uri);
          known.set(found.uri, target);
          visit(target, found.uri, baseName(path));
        }
        source.imports.push({ unit, statement, target });
      }
    }
    stack.pop();
    order.push(source);
  };
  visit(new SourceFile(tree, undefined), uri, uri === undefined ? t('this file') : baseName(uri));
  return order;
}

function baseName(path: string): string {
  return path.split('/').pop() ?? path;
}
