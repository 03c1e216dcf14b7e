/** All modules of the files: recursion found, each checked on its own, those they use first. */
import { append, type Statement, type UseStatement } from '../../grammar/index.ts';
import type { Diagnostic } from '../diagnostic.ts';
import { moduleRecursion } from '../diagnostics/crn210-module-recursion.ts';
import { tooLarge } from '../diagnostics/crn313-too-large.ts';
import type { Entity, SourceFile } from '../names/files.ts';
import { isVirtual } from '../neural/library.ts';
import { createSink } from './context.ts';
import type { Context } from './context.ts';
import { isHeadDamaged } from './damaged.ts';
import { checkModule } from './modules.ts';
import type { ModuleInfo, ModuleTable } from './modules.ts';

/** What one module may come to by the modules that it uses, and those by theirs. */
const MOST_USES = 5_000, DEEPEST = 50;

/** Names for uses without a label: `multiply1`, `multiply2`, … in document order, leaving out labels that the text uses itself. */
export class Labels {
  private readonly taken = new Set<string>();
  private readonly counts = new Map<string, number>();

  reserve(files: readonly SourceFile[]): void {
    for (const file of files) for (const name of file.names.label.keys()) this.taken.add(name);
  }

  next(module: string): string {
    let count = this.counts.get(module) ?? 0;
    do count++;
    while (this.taken.has(`${module}${count}`));
    this.counts.set(module, count);
    return `${module}${count}`;
  }
}

const tables = new WeakMap<Labels, WeakMap<SourceFile, ModuleTable>>();

/** The modules that a file's statements can use. */
export function tableOf(source: SourceFile, labels: Labels): ModuleTable {
  let byFile = tables.get(labels);
  if (byFile === undefined) tables.set(labels, (byFile = new WeakMap<SourceFile, ModuleTable>()));
  let table = byFile.get(source);
  if (table === undefined) {
    table = { module: (name) => source.find('module', name)?.module, nextLabel: (module) => labels.next(module) };
    byFile.set(source, table);
  }
  return table;
}

function usesIn(body: readonly Statement[], found: UseStatement[] = []): UseStatement[] {
  for (const statement of body) {
    if (statement.kind === 'Use') found.push(statement);
    else if (statement.kind === 'For' || statement.kind === 'Group') usesIn(statement.body, found);
  }
  return found;
}

/** Makes the modules' infos, reports recursion, and checks each module on its own. */
export function checkModules(files: readonly SourceFile[], contextOf: (entity: Entity) => Context, report: (diagnostic: Diagnostic) => void): void {
  const entities = files.flatMap((file) => [...file.names.module.values()]);
  for (const entity of entities) {
    const { node } = entity.declared;
    if (node.kind !== 'module') continue;
    const { modules } = contextOf(entity);
    entity.module = { name: node.module.name.text, module: node.module, unit: entity.unit, file: entity.source.file, scope: entity.source, modules, broken: isHeadDamaged(node.module, entity.unit), recursive: false };
  }
  const infos = entities.flatMap((entity) => entity.module ?? []);
  const uses = new Map(infos.map((info) => [info, usesIn(info.module.body).map((use) => ({ use, target: info.modules.module(use.module.text) }))]));
  for (const entity of entities) {
    for (const { use, target } of (entity.module && uses.get(entity.module)) ?? []) {
      const back = target === undefined || entity.module === undefined ? undefined : path(target, entity.module, uses);
      if (back === undefined || entity.module === undefined) continue;
      entity.module.recursive = true;
      report(moduleRecursion(entity.source.place(entity.unit, use.module), [entity.module.name, ...back.map((info) => info.name)]));
    }
  }
  const byInfo = new Map(entities.flatMap((entity) => (entity.module === undefined ? [] : [[entity.module, entity] as const])));
  const check = (info: ModuleInfo): void => {
    const entity = byInfo.get(info);
    if (entity === undefined) return;
    const context = contextOf(entity);
    const sink = createSink();
    checkModule(info, { ...context, sink });
    info.broken ||= sink.diagnostics.some((diagnostic) => diagnostic.severity === 'error');
    append(context.sink.diagnostics, sink.diagnostics);
    append(context.sink.constraints, sink.constraints);
    append(context.sink.orders, sink.orders);
  };
  const inside = new Map<ModuleInfo, Made>();
  for (const info of thoseUsedFirst(infos, uses)) {
    const entity = byInfo.get(info), made = { uses: 0, deep: 0, tooMuch: false };
    for (const { target } of uses.get(info) ?? []) {
      const other = target === undefined ? undefined : inside.get(target);
      made.uses += 1 + (other?.uses ?? 0);
      made.deep = Math.max(made.deep, 1 + (other?.deep ?? 0));
      made.tooMuch ||= other?.tooMuch === true;
    }
    inside.set(info, made);
    // What is made again by every use of it has to be small: doubled at each of 40 levels it would never end. Said once, of the first.
    if (!made.tooMuch && (made.uses > MOST_USES || made.deep > DEEPEST)) {
      made.tooMuch = true;
      const place = entity?.source.place(entity.unit, info.module.name);
      if (place !== undefined) report(made.uses > MOST_USES ? tooLarge(place, made.uses, 'uses of modules', MOST_USES) : tooLarge(place, made.deep, 'depth of modules', DEEPEST));
    }
    info.broken ||= made.tooMuch;
    // The library's modules are checked by its tests, and the compiler's are made of checked parts.
    if (!isVirtual(info.file)) check(info);
  }
}

/** What a module comes to by the modules that it uses. */
interface Made {
  uses: number;
  deep: number;
  tooMuch: boolean;
}

/** Modules in an order in which each comes after those that it uses. */
function thoseUsedFirst(infos: readonly ModuleInfo[], uses: ReadonlyMap<ModuleInfo, readonly { readonly target: ModuleInfo | undefined }[]>): Set<ModuleInfo> {
  const done = new Set<ModuleInfo>(), begun = new Set<ModuleInfo>();
  for (const first of infos) {
    const open = [first];
    for (let info = open.at(-1); info !== undefined; info = open.at(-1)) {
      if (!begun.has(info)) {
        begun.add(info);
        for (const { target } of uses.get(info) ?? []) if (target !== undefined && !begun.has(target)) open.push(target);
      } else {
        done.add(info);
        open.pop();
      }
    }
  }
  return done;
}

/** The shortest way from one module to another by their uses, both included; undefined when there is none. */
function path(from: ModuleInfo, to: ModuleInfo, uses: ReadonlyMap<ModuleInfo, readonly { readonly target: ModuleInfo | undefined }[]>): ModuleInfo[] | undefined {
  const before = new Map<ModuleInfo, ModuleInfo | undefined>([[from, undefined]]);
  const queue = [from];
  for (let at = queue.shift(); at !== undefined; at = queue.shift()) {
    if (at === to) {
      const way: ModuleInfo[] = [];
      for (let step: ModuleInfo | undefined = at; step !== undefined; step = before.get(step)) way.unshift(step);
      return way;
    }
    for (const { target } of uses.get(at) ?? []) {
      if (target === undefined || before.has(target)) continue;
      before.set(target, at);
      queue.push(target);
    }
  }
  return undefined;
}
