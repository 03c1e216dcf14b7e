/** Where a unit uses names: references and expressions, each name with what it means when it is the unit's own. */
import type { Expression, Name, Rail, Reference } from '../../grammar/index.ts';
import type { Role } from '../analysis.ts';
import { isMeasure } from './measures.ts';
import type { LocalName, NameUse } from './unit-facts.ts';

/** Names that are seen in a part of a unit only: a loop's variables, a module's parameters. */
export type Scope = { readonly names: Map<string, LocalName>; readonly parent: Scope | undefined };

/** Beyond this nesting the parser gives up too; the rest of such an expression is left unread. */
const DEEPEST = 1000;

export class Uses {
  readonly all: NameUse[] = [];
  /** Inside a block whose head could not be read. */
  open = false;
  private depth = 0;
  private readonly isExpectation: boolean;

  constructor(isExpectation: boolean) {
    this.isExpectation = isExpectation;
  }

  enter(use: NameUse): void {
    this.all.push(this.open ? { ...use, open: true } : use);
  }

  reference(reference: Reference, role: Role, scope: Scope | undefined): void {
    const local = lookup(scope, reference.name.text);
    this.enter(local === undefined ? { name: reference.name, role, namespace: 'value' } : { name: reference.name, role, namespace: 'value', local });
    if (reference.rail !== undefined) this.rail(reference.rail, scope);
    if (reference.indices !== undefined) for (const index of reference.indices) this.expression(index, 'read', scope);
  }

  /** An expression whose names, indices left out, are of one kind: sums, signs and multiples of it. */
  wanting(expression: Expression, scope: Scope | undefined, wants: NonNullable<NameUse['wants']>): void {
    const before = this.all.length;
    this.expression(expression, 'read', scope);
    const own = new Set(plainNames(expression));
    for (let n = before; n < this.all.length; n++) {
      const use = this.all[n];
      if (use !== undefined && own.has(use.name)) this.all[n] = { ...use, wants };
    }
  }

  private rail(rail: Rail, scope: Scope | undefined): void {
    if (rail.expression !== undefined) this.expression(rail.expression, 'read', scope);
  }

  /** Long sums lean to the left; that side is walked in a loop. */
  expression(expression: Expression, role: Role, scope: Scope | undefined): void {
    if (++this.depth > DEEPEST) {
      this.depth--;
      return;
    }
    let node = expression;
    while (node.kind === 'Binary') {
      this.expression(node.right, role, scope);
      node = node.left;
    }
    switch (node.kind) {
      case 'Reference':
        this.reference(node, role, scope);
        break;
      case 'Unary':
        this.expression(node.operand, role, scope);
        break;
      case 'Parenthesised':
        this.expression(node.inner, role, scope);
        break;
      case 'Call':
        if (this.isExpectation && isMeasure(node)) {
          // Of a network, or of a training by its name; which of them it is, and whether there is one, is the expectation's own check.
          for (const argument of node.arguments) if (argument.kind === 'Reference') this.all.push({ name: argument.name, role: 'read', namespace: 'network' });
          break;
        }
        for (const argument of node.arguments) this.expression(argument, role, scope);
        for (const named of node.named) this.expression(named.value, role, scope);
        break;
      case 'Array':
        for (const element of node.elements) this.expression(element, role, scope);
        break;
      case 'Range':
        this.expression(node.from, role, scope);
        this.expression(node.to, role, scope);
        break;
      case 'Number':
      case 'String':
      case 'BadExpression':
        break;
    }
    this.depth--;
  }
}

/** Names of an expression that stand for quantities: those in indices, exponents, functions and factors are left out. */
function plainNames(expression: Expression): Name[] {
  const found: Name[] = [];
  const stack = [expression];
  for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
    if (node.kind === 'Reference') found.push(node.name);
    else if (node.kind === 'Parenthesised') stack.push(node.inner);
    else if (node.kind === 'Unary') stack.push(node.operand);
    else if (node.kind === 'Binary' && (node.operator === '+' || node.operator === '-')) stack.push(node.left, node.right);
    else if (node.kind === 'Binary' && node.operator === '^') stack.push(node.left);
    else if (node.kind === 'Binary' && node.operator === '*' && node.left.kind === 'Number') stack.push(node.right);
  }
  return found;
}

/** What a name means in a scope or one around it. */
export function lookup(scope: Scope | undefined, name: string): LocalName | undefined {
  for (let at = scope; at !== undefined; at = at.parent) {
    const found = at.names.get(name);
    if (found !== undefined) return found;
  }
  return undefined;
}
