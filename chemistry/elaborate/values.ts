/** All declared parameters and blocks of all files, parameters in the order of their dependence. */
import type { Name } from '../../grammar/index.ts';
import { valueCircle } from '../diagnostics/crn321-value-circle.ts';
import type { Entity, SourceFile } from '../names/files.ts';
import { BROKEN } from './binding.ts';
import { declareBlock, declareParameter } from './blocks.ts';
import type { Context } from './context.ts';
import { report } from './context.ts';
import { declareNeuron } from '../neural/neuron.ts';
import { namesIn } from './modules.ts';

/** Makes every file's parameters and blocks, and sets the entities' bindings. `contextOf` gives the context of a file's unit. */
export function declareValues(files: readonly SourceFile[], contextOf: (entity: Entity) => Context): void {
  const values = files.flatMap((file) => [...file.names.value.values()]);
  const order = new ParameterOrder(contextOf);
  for (const entity of values) if (entity.declared.kind === 'param') order.visit(entity);
  for (const entity of values) {
    const { node } = entity.declared;
    if (node.kind === 'item' && entity.declared.kind !== 'param') entity.binding = declareBlock(node.declaration, node.item, contextOf(entity));
    else if (node.kind === 'neuron') entity.binding = declareNeuron(node.neuron, contextOf(entity), entity.source);
  }
}

/** Depth first without recursion: a chain of ten thousand parameters is a legitimate text. */
class ParameterOrder {
  private readonly contextOf: (entity: Entity) => Context;
  private readonly open = new Set<Entity>();

  constructor(contextOf: (entity: Entity) => Context) {
    this.contextOf = contextOf;
  }

  visit(start: Entity): void {
    const stack: { entity: Entity; needs: Entity[] }[] = [];
    const enter = (entity: Entity): void => {
      this.open.add(entity);
      stack.push({ entity, needs: this.needs(entity) });
    };
    if (start.binding === undefined) enter(start);
    for (let top = stack[stack.length - 1]; top !== undefined; top = stack[stack.length - 1]) {
      const next = top.needs.pop();
      if (next === undefined) {
        stack.pop();
        this.open.delete(top.entity);
        if (top.entity.binding === undefined) this.make(top.entity);
      } else if (this.open.has(next)) {
        const from = stack.findIndex(({ entity }) => entity === next);
        this.circle(stack.slice(from).map(({ entity }) => entity));
      } else if (next.binding === undefined) enter(next);
    }
  }

  private needs(entity: Entity): Entity[] {
    const { node } = entity.declared;
    if (node.kind !== 'item') return [];
    const names: Name[] = namesIn(node.item.value);
    for (const extent of node.item.shape ?? []) namesIn(extent, names);
    const needs: Entity[] = [];
    for (const name of names) {
      const other = entity.source.find('value', name.text);
      if (other?.declared.kind === 'param') needs.push(other);
    }
    return needs.reverse();
  }

  private make(entity: Entity): void {
    const { node } = entity.declared;
    if (node.kind === 'item') entity.binding = declareParameter(node.declaration, node.item, this.contextOf(entity));
  }

  private circle(members: readonly Entity[]): void {
    const first = members[0];
    if (first === undefined) return;
    if (first.binding !== BROKEN) {
      const names = members.map((entity) => entity.declared.name.text);
      report(this.contextOf(first), valueCircle(first.source.place(first.unit, first.declared.name), [...names, names[0] ?? '']));
    }
    for (const entity of members) entity.binding = BROKEN;
  }
}
