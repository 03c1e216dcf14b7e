/** All modules of the files: recursion found, each checked on its own, those they use first. */
import type { Statement, UseStatement } from '../../grammar/index.ts';
import type { Diagnostic } from '../diagnostic.ts';
import { moduleRecursion } from '../diagnostics/crn210-module-recursion.ts';
import type { Entity, SourceFile } from '../names/files.ts';
import { isVirtual } from '../neural/library.ts';
import { createSink } from './context.ts';
import type { Context } from './context.ts';
import { isHeadDamaged } from './damaged.ts';
import { checkModule } from './modules.ts';
import type { ModuleInfo, ModuleTable } from './modules.ts';

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
  const done = new Set<ModuleInfo>();
  const check = (info: ModuleInfo): void => {
    if (done.has(info)) return;
    done.add(info);
    for (const { target } of uses.get(info) ?? []) if (target !== undefined) check(target);
    const entity = entities.find((other) => other.module === info);
    if (entity === undefined) return;
    const context = contextOf(entity);
    const sink = createSink();
    checkModule(info, { ...context, sink });
    info.broken ||= sink.diagnostics.some((diagnostic) => diagnostic.severity === 'error');
    context.sink.diagnostics.push(...sink.diagnostics);
    context.sink.constraints.push(...sink.constraints);
    context.sink.orders.push(...sink.orders);
  };
  // The library's modules are checked by its tests, and the compiler's are made of checked parts.
  for (const info of infos) if (!isVirtual(info.file)) check(info);
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
