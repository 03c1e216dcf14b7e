/** A text with other values of its parameters and initial values: the same lines at the same places, but for the numbers. */
import type { DeclarationItem, SyntaxTree } from '../../grammar/index.ts';

/** @param values by name; names that the text does not declare by themselves, outside modules, are passed over */
export function withValues(tree: SyntaxTree, values: ReadonlyMap<string, number>): string {
  let text = '';
  let at = 0;
  for (const unit of tree.units) {
    if (unit.statement.kind !== 'Declaration') continue;
    for (const item of unit.statement.items) {
      const value = values.get(item.name.text);
      if (value === undefined) continue;
      const { from, to, put } = edit(item, value);
      text += tree.text.slice(at, unit.start + from) + put;
      at = unit.start + to;
    }
  }
  return text + tree.text.slice(at);
}

function edit(item: DeclarationItem, value: number): { readonly from: number; readonly to: number; readonly put: string } {
  return item.value === undefined ? { from: item.end, to: item.end, put: ` = ${value}` } : { from: item.value.start, to: item.value.end, put: String(value) };
}
