/** Ways through the tree: every node, the nodes at an offset, what could not be read. */
import type { Expression, Name, Reference, Span, Statement, SyntaxTree, Unit } from './ast.ts';

/** Any node: spans with or without a kind (names, items, terms, binders, equations, settings …). */
export type Node = Span & { readonly kind?: string };

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && typeof (value as Node).start === 'number' && typeof (value as Node).end === 'number';
}

/** Direct children in document order of their fields. `unread` and `names` of statements with problems are none. */
export function childrenOf(node: object): Node[] {
  const children: Node[] = [];
  for (const [key, value] of Object.entries(node) as [string, unknown][]) {
    if (key === 'unread' || key === 'names') continue;
    if (Array.isArray(value)) {
      for (const element of value as unknown[]) {
        if (isNode(element)) children.push(element);
        else if (typeof element === 'object' && element !== null) children.push(...childrenOf(element));
      }
    } else if (isNode(value)) children.push(value);
    else if (typeof value === 'object' && value !== null) children.push(...childrenOf(value));
  }
  return children;
}

/**
 * Visits a node and everything below it. Return false to leave out what is below.
 * @param visit gets the node and its ancestors, the nearest last
 */
export function walk(node: Node, visit: (node: Node, ancestors: readonly Node[]) => boolean | void): void {
  const ancestors: Node[] = [];
  const step = (current: Node): void => {
    if (visit(current, ancestors) === false) return;
    ancestors.push(current);
    for (const child of childrenOf(current)) step(child);
    ancestors.pop();
  };
  step(node);
}

/** Statements of a unit or body, those in blocks included, outermost first. */
export function* statementsOf(statement: Statement): Generator<Statement> {
  yield statement;
  const body = 'body' in statement ? statement.body : undefined;
  if (body !== undefined) for (const inner of body) yield* statementsOf(inner);
}

/** All references in an expression, callees not included. */
export function referencesIn(expression: Expression): Reference[] {
  const found: Reference[] = [];
  walk(expression, (node) => {
    if (node.kind === 'Reference') found.push(node as Reference);
  });
  return found;
}

/** The unit at an offset of the document, the end of its text included; undefined between units. */
export function unitAt(tree: SyntaxTree, offset: number): Unit | undefined {
  const { units } = tree;
  let low = 0;
  let high = units.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (units[middle]!.start <= offset) low = middle + 1;
    else high = middle;
  }
  const unit = units[low - 1];
  return unit !== undefined && offset <= unit.start + unit.text.length ? unit : undefined;
}

/** Nodes that hold an offset of the unit (ends included), outermost first, the statement included. */
export function pathAt(unit: Unit, offset: number): Node[] {
  const path: Node[] = [];
  let node: Node | undefined = unit.statement;
  if (offset < node.start || offset > node.end) return path;
  while (node !== undefined) {
    path.push(node);
    let inner: Node | undefined;
    for (const child of childrenOf(node)) {
      if (offset < child.start || offset > child.end) continue;
      // Of two neighbours that touch at the offset, the one that begins there.
      if (inner === undefined || child.start === offset || child.end - child.start < inner.end - inner.start) inner = child;
    }
    node = inner;
  }
  return path;
}

/** The innermost node at an offset of the unit. */
export function nodeAt(unit: Unit, offset: number): Node | undefined {
  return pathAt(unit, offset).at(-1);
}

/** Those of the names in a statement's text that its tree does not hold. */
export function unreadNames(statement: Statement, names: readonly Name[]): Name[] {
  const read = new Set<number>();
  walk(statement, (node) => {
    if (node.kind === undefined && 'text' in node) read.add(node.start);
  });
  return names.filter((name) => !read.has(name.start));
}
