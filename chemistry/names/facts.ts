/**
 * What a unit says about names, whatever the rest of the text says: which names it declares for the file, which it uses, and
 * which of its uses mean something of its own (loop variables, module parameters). Kept by unit: an edit elsewhere keeps them.
 */
import type {
  Binder, Complex, Declaration, Expression, ImportStatement, ModuleDeclaration, ModuleParameter, Name, NetworkItem, Reaction, Reference, Setting, SimulateStatement, Span,
  Statement, Unit, UseStatement,
} from '../../grammar/index.ts';
import { fitted, walk } from '../../grammar/index.ts';
import type { SymbolKind } from '../analysis.ts';
import { isDamaged, isHeadDamaged } from '../elaborate/damaged.ts';
import { settingNamed } from './settings.ts';
import { collectNeural, isNeural } from './neural-facts.ts';
import type { NeuralStatement } from './neural-facts.ts';
import type { FileName, LocalName, Misplaced, UnitFacts } from './unit-facts.ts';
import { isPlain } from './units.ts';
import { lookup, Uses } from './uses.ts';
import type { Scope } from './uses.ts';

export type * from './unit-facts.ts';

const cache = new WeakMap<Unit, UnitFacts>();

const NOTHING: readonly never[] = [];
const NO_FACTS: UnitFacts = { declared: NOTHING, locals: NOTHING, uses: NOTHING, badNames: NOTHING, imports: NOTHING, misplaced: NOTHING, repeated: NOTHING, hasUse: false, isUnits: false };

/**
 * The facts of a unit; computed once, those of plain reactions each time: there may be ten thousands of them, which do nothing but use names, and
 * to read one again takes less than to keep what it says.
 */
export function factsOf(unit: Unit): UnitFacts {
  if (isPlain(unit)) {
    const uses = new Uses(false);
    reaction(unit.statement as Reaction, uses, undefined);
    return { ...NO_FACTS, uses: uses.all };
  }
  let facts = cache.get(unit);
  if (facts === undefined) {
    facts = new Collector(unit).collect(unit.statement);
    cache.set(unit, facts);
  }
  return facts;
}

/** An identifier anywhere in a text. */
export const WORD = /[\p{L}_][\p{L}\p{N}\p{M}_]*/gu;

type Where = { readonly scope: Scope | undefined; readonly module: ModuleDeclaration | undefined; readonly inside: 'file' | 'for' | 'module' | 'group' };

/** The names in a reaction, its label left out. */
function reaction({ left, right, rate }: Reaction, uses: Uses, scope: Scope | undefined): void {
  side(left, 'reactant', uses, scope);
  side(right, 'product', uses, scope);
  if (rate === undefined) return;
  uses.expression(rate.kind === 'constant' ? rate.forward : rate.law, 'rate', scope);
  if (rate.backward !== undefined) uses.expression(rate.backward, 'rate', scope);
}
function side({ terms }: Complex, role: 'reactant' | 'product', uses: Uses, scope: Scope | undefined): void {
  for (let n = 0; n < terms.length; n++) uses.reference(terms[n]!.species, role, scope);
}

class Collector {
  private readonly declared: FileName[] = [];
  private readonly locals: LocalName[] = [];
  private readonly uses: Uses;
  private readonly badNames: string[] = [];
  private readonly imports: ImportStatement[] = [];
  private readonly misplaced: Misplaced[] = [];
  private readonly repeated: { first: LocalName; second: LocalName }[] = [];
  private hasUse = false;
  private readonly unit: Unit;

  constructor(unit: Unit) {
    this.unit = unit;
    this.uses = new Uses(unit.statement.kind === 'Expect');
  }

  collect(statement: Statement): UnitFacts {
    this.statement(statement, { scope: undefined, module: undefined, inside: 'file' });
    const keep = <T>(list: T[]): readonly T[] => (list.length === 0 ? NOTHING : fitted(list));
    return {
      declared: keep(this.declared), locals: keep(this.locals), uses: keep(this.uses.all), badNames: keep(this.badNames),
      imports: keep(this.imports), misplaced: keep(this.misplaced), repeated: keep(this.repeated), hasUse: this.hasUse,
      isUnits: statement.kind === 'Units',
    };
  }

  private statement(statement: Statement, where: Where): void {
    const { scope } = where;
    if (statement.unread !== undefined) for (const name of statement.unread) this.badNames.push(name.text);
    if (isNeural(statement)) {
      this.neural(statement, where);
      return;
    }
    switch (statement.kind) {
      case 'Reaction':
        if (statement.label !== undefined) this.label(statement.label, statement, where);
        reaction(statement, this.uses, scope);
        return;
      case 'Declaration':
        this.declaration(statement, where);
        return;
      case 'Ode':
        for (const equation of statement.equations) {
          this.uses.reference(equation.species, 'product', scope);
          this.uses.expression(equation.right, 'rate', scope);
        }
        return;
      case 'For':
        this.under(statement, () => { this.loop(statement.binders, statement.body, statement, where); });
        return;
      case 'Module':
        if (where.inside !== 'file') {
          this.misplace(statement, where.inside);
          this.badNames.push(statement.name.text);
          this.headless(statement.body, where);
          return;
        }
        this.under(statement, () => { this.module(statement); });
        return;
      case 'Use':
        this.use(statement, where);
        return;
      case 'Group':
        if (where.module === undefined) {
          this.forFile({ name: statement.name, namespace: 'group', kind: 'group', node: { kind: 'group', group: statement }, ...(statement.doc === undefined ? {} : { doc: statement.doc }) }, statement);
        }
        for (const inner of statement.body) this.statement(inner, where.inside === 'file' ? { ...where, inside: 'group' } : where);
        return;
      case 'Import':
        if (where.inside === 'file') this.imports.push(statement);
        else this.misplace(statement, where.inside);
        return;
      case 'Units':
        if (where.inside !== 'file') this.misplace(statement, where.inside);
        return;
      case 'Simulate':
        if (where.inside !== 'file') this.misplace(statement, where.inside);
        else {
          if (statement.name === undefined) this.unreadWords(statement);
          this.simulate(statement);
        }
        return;
      case 'Expect':
        if (where.inside !== 'file') this.misplace(statement, where.inside);
        else this.expect(statement);
        return;
      case 'Bad':
        for (const name of statement.names) this.badNames.push(name.text);
        if (statement.body === undefined) this.unreadWords(statement); // those in a string that never ends, too
        this.headless(statement.body ?? NOTHING, where);
        for (const line of statement.lines ?? NOTHING) this.headlessLine(line);
        return;
    }
  }

  /** They stand at the top of a file; a neuron may stand in a group too. */
  private neural(statement: NeuralStatement, where: Where): void {
    if (where.inside !== 'file' && !(statement.kind === 'Neuron' && where.inside === 'group' && where.module === undefined)) {
      this.misplace(statement, where.inside);
      if ('name' in statement && statement.name !== undefined) this.badNames.push(statement.name.text);
      return;
    }
    // What a neuron or a network makes depends on other statements too.
    this.hasUse = true;
    collectNeural(statement, {
      declare: (name) => { this.forFile(name, statement); },
      use: (use) => { this.uses.enter(use); },
      local: (local) => { this.locals.push(local); },
      repeated: (first, second) => { this.repeated.push({ first, second }); },
      expression: (expression) => { this.uses.expression(expression, 'read', where.scope); },
    });
  }

  private misplace(statement: Statement, inside: Where['inside']): void {
    // What a block is whose head could not be read is not known, nor what it may hold.
    if (!this.uses.open && inside !== 'file') this.misplaced.push({ statement, inside });
  }

  private label(name: Name, statement: Reaction | UseStatement, where: Where): void {
    const kind: SymbolKind = 'reaction';
    const doc = statement.doc === undefined ? {} : { doc: statement.doc };
    if (where.module === undefined) {
      this.forFile({ name, namespace: 'label', kind, node: { kind: 'label', statement }, ...doc }, statement);
      return;
    }
    const local: LocalName = { name, kind, namespace: 'label', module: where.module, node: statement, extent: where.module, ...doc };
    const first = this.locals.find((other) => other.namespace === 'label' && other.name.text === name.text);
    if (first !== undefined) this.repeated.push({ first, second: local });
    this.locals.push(local);
  }

  /** A declaration with text that could not be read may declare every word of its line. */
  private unreadWords(statement: Statement): void {
    const { text, problems } = this.unit;
    if (problems.length === 0) return;
    const newline = text.indexOf('\n', statement.end);
    const end = newline < 0 ? text.length : newline;
    if (!problems.some((problem) => problem.start <= end && problem.end >= statement.start)) return;
    for (const [word] of text.slice(statement.start, end).matchAll(WORD)) this.badNames.push(word);
  }

  /** Reads a block; where its head could not be read, every name in it may have been declared there. */
  private under(block: Extract<Statement, { kind: 'For' | 'Module' }>, read: () => void): void {
    const { open } = this.uses;
    if (isHeadDamaged(block, this.unit)) {
      this.uses.open = true;
      const { text } = this.unit;
      for (const [word] of text.slice(block.start, block.body[0]?.start ?? block.end).matchAll(WORD)) this.badNames.push(word);
    }
    read();
    this.uses.open = open;
  }

  /** The statements of a block of which nothing else is known: what they declare may be the file's or the block's own. */
  private headless(body: readonly Statement[], where: Where): void {
    const { open } = this.uses;
    this.uses.open = true;
    for (const statement of body) {
      if (statement.kind === 'Declaration') for (const item of statement.items) this.badNames.push(item.name.text);
      this.statement(statement, where);
    }
    this.uses.open = open;
  }

  /** A setting, a layer, an equation … of a block whose head could not be read. */
  private headlessLine(line: Span): void {
    const { open } = this.uses;
    this.uses.open = true;
    const isNoise = 'key' in line && (line as Setting).key.text === 'noise';
    walk(line, (node) => {
      if (isNoise && node.kind === 'Reference') this.uses.enter({ name: (node as Reference).name, role: 'read', namespace: 'noise' });
      else if (node.kind === 'Reference') this.uses.reference(node as Reference, 'read', undefined);
      if (node.kind === 'layer') this.uses.enter({ name: (node as Extract<NetworkItem, { kind: 'layer' }>).activation.name, role: 'read', namespace: 'activation' });
      return node.kind !== 'Reference';
    });
    this.uses.open = open;
  }

  private forFile(name: FileName, statement: Statement): void {
    this.declared.push(this.uses.open || isDamaged(statement, this.unit) ? { ...name, weak: true } : name);
  }

  private declaration(statement: Declaration, where: Where): void {
    this.unreadWords(statement);
    if (where.inside === 'for') {
      this.misplace(statement, 'for');
      for (const item of statement.items) this.badNames.push(item.name.text);
      return;
    }
    for (const item of statement.items) {
      for (const extent of item.shape ?? NOTHING) this.uses.expression(extent, 'read', where.scope);
      if (item.value !== undefined) this.uses.expression(item.value, 'read', where.scope);
      if (where.module !== undefined) continue; // declared before the body was walked
      const doc = item.doc ?? statement.doc;
      this.forFile({
        name: item.name, namespace: 'value', kind: statement.declares,
        node: { kind: 'item', declaration: statement, item }, ...(doc === undefined ? {} : { doc }),
      }, statement);
    }
  }

  private loop(binders: readonly Binder[], body: readonly Statement[], statement: Span, where: Where): void {
    const scope: Scope = { names: new Map(), parent: where.scope };
    for (const binder of binders) this.declareLocal(binder.name, binder.range.kind === 'signs' ? 'sign' : 'index', binder, statement, scope, where.module);
    for (const binder of binders) {
      if (binder.range.kind !== 'range') continue;
      // The other variables are seen in a range (where they cannot stand), its own is not.
      const others = binders.length < 2 ? where.scope : { names: new Map([...scope.names].filter(([name]) => name !== binder.name.text)), parent: where.scope };
      this.uses.expression(binder.range.from, 'read', others);
      this.uses.expression(binder.range.to, 'read', others);
    }
    const inner: Where = { scope, module: where.module, inside: 'for' };
    for (const item of body) this.statement(item, inner);
  }

  private module(statement: ModuleDeclaration): void {
    this.forFile({
      name: statement.name, namespace: 'module', kind: 'module', node: { kind: 'module', module: statement },
      ...(statement.doc === undefined ? {} : { doc: statement.doc }),
    }, { ...statement, end: statement.name.end });
    const scope: Scope = { names: new Map(), parent: undefined };
    for (const constant of statement.constants) this.declareLocal(constant.name, 'module constant', constant, statement, scope, statement);
    for (const parameter of statement.parameters) this.declareLocal(parameter.name, 'module parameter', parameter, statement, scope, statement);
    this.ownNames(statement.body, scope, statement);
    for (const parameter of statement.parameters) this.shapeVariables(parameter, scope, statement);
    for (const constant of statement.constants) {
      if (constant.value !== undefined) this.uses.expression(constant.value, 'read', scope);
    }
    const inner: Where = { scope, module: statement, inside: 'module' };
    for (const item of statement.body) this.statement(item, inner);
  }

  /** Declarations of a module's body, in groups too, so that their order does not matter. */
  private ownNames(body: readonly Statement[], scope: Scope, module: ModuleDeclaration): void {
    for (const statement of body) {
      if (statement.kind === 'Group') this.ownNames(statement.body, scope, module);
      if (statement.kind !== 'Declaration') continue;
      for (const item of statement.items) {
        const doc = item.doc ?? statement.doc;
        this.declareLocal(item.name, statement.declares, item, module, scope, module, doc);
      }
    }
  }

  /** `x[n]`: a name in a parameter's shape that nothing else declares stands for whatever extent the argument has. */
  private shapeVariables(parameter: ModuleParameter, scope: Scope, module: ModuleDeclaration): void {
    for (const extent of parameter.shape ?? NOTHING) {
      if (extent.kind === 'Reference' && extent.indices === undefined && extent.rail === undefined && !scope.names.has(extent.name.text)) {
        this.declareLocal(extent.name, 'module constant', extent, module, scope, module);
      } else {
        this.uses.expression(extent, 'read', scope);
      }
    }
  }

  private declareLocal(name: Name, kind: SymbolKind, node: LocalName['node'], extent: Span, scope: Scope, module: ModuleDeclaration | undefined, doc?: string): void {
    const hides = lookup(scope.parent, name.text);
    const local: LocalName = {
      name, kind, namespace: 'value', node, extent,
      ...(module === undefined ? {} : { module }), ...(hides === undefined ? {} : { hides }), ...(doc === undefined ? {} : { doc }),
    };
    const first = scope.names.get(name.text);
    if (first === undefined) scope.names.set(name.text, local);
    else this.repeated.push({ first, second: local });
    this.locals.push(local);
  }

  private use(statement: UseStatement, where: Where): void {
    this.hasUse = true;
    if (statement.label !== undefined) this.label(statement.label, statement, where);
    this.uses.enter({ name: statement.module, role: 'read', namespace: 'module' });
    statement.arguments.forEach((argument, position) => this.uses.wanting(argument, where.scope, { module: statement.module.text, position }));
    for (const constant of statement.constants) this.uses.expression(constant.value, 'read', where.scope);
  }

  private simulate(statement: SimulateStatement): void {
    if (statement.name !== undefined) {
      this.forFile({
        name: statement.name, namespace: 'experiment', kind: 'experiment', node: { kind: 'experiment', experiment: statement },
        ...(statement.doc === undefined ? {} : { doc: statement.doc }),
      }, statement);
    }
    for (const setting of statement.settings) {
      const spec = settingNamed(setting.key.text);
      if (setting.condition !== undefined) this.compared(setting.condition.left, setting.condition.right);
      for (const value of setting.values) {
        const word = value.kind === 'Reference' && value.indices === undefined && value.rail === undefined;
        if (spec?.kind === 'groups') {
          if (word) this.uses.enter({ name: value.name, role: 'read', namespace: 'group' });
        } else if (spec?.kind === 'quantities') {
          this.uses.wanting(value, undefined, 'species');
        } else if (spec?.kind === 'number' || (spec?.kind === 'end' && !word)) {
          this.uses.expression(value, 'read', undefined);
        }
      }
    }
  }

  private compared(left: Expression, right: Expression): void {
    if (left.kind === 'Reference') this.uses.wanting(left, undefined, 'compared');
    else this.uses.expression(left, 'read', undefined);
    this.uses.expression(right, 'read', undefined);
  }

  private expect(statement: Extract<Statement, { kind: 'Expect' }>): void {
    if (statement.experiment !== undefined) this.uses.enter({ name: statement.experiment, role: 'read', namespace: 'experiment' });
    const expectation = statement.expectation;
    switch (expectation.kind) {
      case 'near':
        this.compared(expectation.left, expectation.right);
        if (expectation.within !== undefined) this.uses.expression(expectation.within, 'read', undefined);
        return;
      case 'compare':
        this.compared(expectation.left, expectation.right);
        return;
      case 'ode':
        this.uses.wanting(expectation.species, undefined, 'species');
        this.uses.expression(expectation.right, 'read', undefined);
        return;
      case 'conserved':
        this.uses.wanting(expectation.quantity, undefined, 'species');
        return;
    }
  }
}
