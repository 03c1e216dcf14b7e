/**
 * Syntax tree → what it means. Two phases: facts of each unit by itself (kept by unit, `names/facts.ts`), then linking:
 * names, values, statements into families, units of measure, rules.
 *
 * Incremental: the families and findings of a statement depend on its text and on what the file-level names in it mean. They
 * are taken over from the previous analysis when the unit is the same object and none of its names changed meaning. Uses of
 * modules are made anew each time: they are few, and what they make depends on the module's text too.
 */
import type { SimulateStatement, SyntaxTree, Unit } from '../grammar/index.ts';
import { append, grammarDiagnostics } from '../grammar/index.ts';
import type { AnalyseOptions, Analysis, Expectation } from './analysis.ts';
import type { Diagnostic } from './diagnostic.ts';
import { importHasErrors } from './diagnostics/crn218-import-has-errors.ts';
import { experimentTwice } from './diagnostics/crn213-experiment-twice.ts';
import { checkUnits } from './dimensions/check.ts';
import type { Annotation, UnitResult } from './dimensions/check.ts';
import { hasUnreadUnits, readAnnotation, readSystem } from './dimensions/declared.ts';
import { unitText } from './dimensions/system.ts';
import type { UnitSystem } from './dimensions/system.ts';
import { CONCENTRATION } from './dimensions/term.ts';
import { bindBlock, BROKEN } from './elaborate/binding.ts';
import type { Binding } from './elaborate/binding.ts';
import { createSink, spanOf } from './elaborate/context.ts';
import type { Builder, Context, OrderUse, Sink, UnitConstraint } from './elaborate/context.ts';
import { holdsAtStart } from './elaborate/condition.ts';
import { elaborateExpectation, elaborateExperiment } from './elaborate/experiments.ts';
import type { Deciders } from './elaborate/experiments.ts';
import { checkModules, Labels, tableOf } from './elaborate/module-table.ts';
import { reactionAt } from './elaborate/reaction-at.ts';
import { elaborateStatement } from './elaborate/statements.ts';
import { declareValues } from './elaborate/values.ts';
import type { CheckMassAction, FamilySource, ReactionsOfOde } from './elaborated.ts';
import { memories, NO_PARAMETERS, NONE, renumbered, sameBinding } from './memory.ts';
import type { Memory, UnitRecord } from './memory.ts';
import { factsOf, WORD } from './names/facts.ts';
import { collectFiles } from './names/files.ts';
import type { SourceFile } from './names/files.ts';
import { declareNames, reportClashes } from './names/link.ts';
import { reportNames } from './names/undeclared.ts';
import { notableUnits } from './names/units.ts';
import { expectsTraining, readExpectedTraining } from './neural/expected-training.ts';
import { isVirtual } from './neural/library.ts';
import { MadeFiles, NO_NEURONS, withLibrary } from './neural/made-files.ts';
import type { NeuralView } from './neural/made-files.ts';
import type { Experiment, Network, ReactionFamily } from './network.ts';
import { createView } from './view.ts';

/** Rules that other parts of the room own. Each may be missing; what it would say is then not said. */
export interface Rules extends Deciders {
  readonly reactionsOfOde?: ReactionsOfOde;
  readonly checkMassAction?: CheckMassAction;
}

/** Makes `analyse` with these rules. */
export function createAnalyser(rules: Rules): (tree: SyntaxTree, options?: AnalyseOptions) => Analysis {
  return (tree, options = {}) => new Linker(tree, options, rules).run();
}

/** A simulation with what is needed to look at it again. */
interface ReadExperiment {
  readonly experiment: Experiment;
  readonly statement: SimulateStatement;
  readonly context: Context;
}

class Linker {
  private readonly diagnostics: Diagnostic[] = [];
  private readonly builder: Builder = { blocks: [], parameters: [], bindings: [], elements: 0, dimension: 0 };
  private readonly rules: Rules;
  private files: readonly SourceFile[];
  private neural: NeuralView = NO_NEURONS;
  private readonly main: SourceFile;
  private readonly previous: Memory | undefined;
  private readonly records = new Map<Unit, UnitRecord>();
  private readonly labels = new Labels();

  constructor(tree: SyntaxTree, options: AnalyseOptions, rules: Rules) {
    this.rules = rules;
    this.files = collectFiles(tree, options.uri, withLibrary(options.resolveImport), this.report);
    this.main = this.files[this.files.length - 1] as SourceFile;
    this.previous = options.previous === undefined ? undefined : memories.get(options.previous);
  }

  private readonly report = (diagnostic: Diagnostic): void => {
    this.diagnostics.push(diagnostic);
  };

  run(): Analysis {
    for (const file of this.files) declareNames(file, this.report);
    this.neurons();
    reportClashes(this.main, this.report);
    this.labels.reserve(this.files);
    const declarations = createSink();
    this.intern();
    declareValues(this.files, (entity) => this.context(entity.unit, entity.source, declarations));
    const bindings = this.collectBindings();
    const changed = this.changedNames(bindings);
    const modules = createSink();
    checkModules(this.files, (entity) => this.context(entity.unit, entity.source, modules), this.report);

    const families = this.statements(changed);
    const system = readSystem(this.files, this.report);
    const simulations = createSink();
    const experiments = this.experiments(families, declaredUnits(system), simulations);
    const units = this.units(system, [declarations, modules, simulations]);
    append(this.diagnostics, declarations.diagnostics);
    append(this.diagnostics, modules.diagnostics);
    for (const record of this.records.values()) for (const diagnostic of record.diagnostics) this.diagnostics.push(diagnostic);
    const names = reportNames(this.main, this.files, new Set(this.own().keys()), this.previous?.names, this.report);

    const network = this.network(families, system, units);
    this.simulations(network, experiments, simulations);
    const expectations = this.expectations(network);
    this.rules.checkMassAction?.({ network, sourceOf: (family) => this.sourceOf(family), spanOf, isUnread: (name) => this.isUnread(name) }).forEach(this.report);
    this.grammar();
    this.imported();
    const analysis = createView({
      tree: this.main.tree, diagnostics: this.ordered(), network, expectations, files: this.files, main: this.main, records: this.records, units, system,
      neural: this.neural,
    });
    memories.set(analysis, { bindings, records: this.records, names });
    return analysis;
  }

  /** Networks of neurons become texts of their own, each a file before the one that it stands in. */
  private neurons(): void {
    const made = new MadeFiles(this.files, this.report);
    for (const file of this.files) made.add(file, file === this.main);
    if (made.files === undefined) return;
    this.files = made.files;
    this.neural = made.view((tree) => createAnalyser(this.rules)(tree).network);
  }

  private context(unit: Unit, source: SourceFile, sink: Sink): Context {
    return {
      scope: source, variables: [], groups: [], prefix: '', unit, file: source.file, sink, builder: this.builder, modules: tableOf(source, this.labels), stack: [],
      formal: undefined, reactionsOfOde: this.rules.reactionsOfOde, source,
    };
  }

  private owned: ReadonlyMap<string, Binding> | undefined;

  /** What uses of modules own, by its name outside: `m1.tmp`. Ask when all statements are done. */
  private own(): ReadonlyMap<string, Binding> {
    if (this.owned === undefined) {
      const owned = new Map<string, Binding>();
      const { blocks, bindings } = this.builder;
      for (const block of blocks) if (block.name.includes('.')) owned.set(block.name, bindBlock(block));
      for (const binding of bindings) if (binding.name.includes('.')) owned.set(binding.name, binding);
      this.owned = owned;
    }
    return this.owned;
  }

  /** Of statements that only read the network: they see what uses of modules own. */
  private readingContext(unit: Unit, sink: Sink): Context {
    const { main } = this;
    const own = this.own();
    return { ...this.context(unit, main, sink), scope: { lookup: (name) => main.lookup(name) ?? own.get(name) } };
  }

  /** Bindings that came out the same as last time are the same objects, so that what was made with them stays valid. */
  private intern(): void {
    const before = this.previous?.bindings;
    if (before === undefined) return;
    this.builder.intern = (binding, context) => {
      if (context.prefix !== '' || context.formal !== undefined) return binding;
      const old = before.get(`${context.file ?? ''}\n${binding.kind === 'block' ? binding.block.name : binding.name}`);
      return old !== undefined && sameBinding(old, binding) ? old : binding;
    };
  }

  private collectBindings(): Map<string, Binding> {
    const bindings = new Map<string, Binding>();
    for (const file of this.files) {
      for (const entity of file.names.value.values()) bindings.set(`${file.file ?? ''}\n${entity.declared.name.text}`, entity.binding ?? BROKEN);
    }
    return bindings;
  }

  /** Names that mean something else than in the previous analysis; undefined: everything is new. */
  private changedNames(now: ReadonlyMap<string, Binding>): ReadonlySet<string> | undefined {
    const before = this.previous?.bindings;
    if (before === undefined) return undefined;
    const changed = new Set<string>();
    const nameOf = (key: string): string => key.slice(key.indexOf('\n') + 1);
    for (const [key, binding] of now) if (before.get(key) !== binding) changed.add(nameOf(key));
    for (const key of before.keys()) if (!now.has(key)) changed.add(nameOf(key));
    return changed;
  }

  /** Families of all statements, in document order, imported files first. */
  private statements(changed: ReadonlySet<string> | undefined): ReactionFamily[] {
    const families: ReactionFamily[] = [];
    for (const source of this.files) {
      for (const unit of source.tree.units) {
        const kind = unit.statement.kind;
        if (kind !== 'Reaction' && kind !== 'Ode' && kind !== 'For' && kind !== 'Group' && kind !== 'Use' && kind !== 'Neuron') continue;
        const old = changed === undefined ? undefined : this.reusable(unit, changed);
        const record = old === undefined ? this.elaborated(unit, source, families.length) : renumbered(old, families.length);
        this.records.set(unit, record);
        for (const family of record.families) families.push(family);
      }
    }
    return families;
  }

  private reusable(unit: Unit, changed: ReadonlySet<string>): UnitRecord | undefined {
    const old = this.previous?.records.get(unit);
    if (old === undefined || old.hasUse) return undefined;
    if (changed.size > 0) for (const use of factsOf(unit).uses) if (changed.has(use.name.text)) return undefined;
    return old;
  }

  /** Filled and emptied for every unit: most units leave nothing but a family in it. */
  private readonly scratch = createSink();

  private elaborated(unit: Unit, source: SourceFile, base: number): UnitRecord {
    const sink = this.scratch;
    elaborateStatement(unit.statement, this.context(unit, source, sink));
    const take = <T>(list: T[]): T[] => (list.length === 0 ? NONE : list.splice(0));
    const record: UnitRecord = {
      families: take(sink.families).map((family, i) => ({ ...family, id: base + i })),
      diagnostics: take(sink.diagnostics), constraints: take(sink.constraints), orders: take(sink.orders), uses: take(sink.uses),
      structural: sink.structural.size === 0 ? NO_PARAMETERS : new Set(sink.structural),
      hasUse: unit.statement.kind !== 'Reaction' && factsOf(unit).hasUse,
    };
    if (sink.structural.size > 0) sink.structural.clear();
    return record;
  }

  private units(system: UnitSystem, sinks: readonly Sink[]): UnitResult {
    const annotations: Annotation[] = [];
    // Without the units that a line means to declare, nothing can be said of those of the others.
    const report = this.files.some((file) => hasUnreadUnits(file.tree)) ? () => {} : this.report;
    for (const file of this.files) {
      for (const entity of file.names.value.values()) {
        const annotation = readAnnotation(entity, system, report);
        if (annotation !== undefined) annotations.push(annotation);
      }
    }
    const orders: OrderUse[] = [];
    const constraints: UnitConstraint[] = [];
    for (const sink of [...sinks, ...this.records.values()]) {
      // In the library's constructions a plain number stands for whatever unit it needs, and h for two.
      for (const order of sink.orders) if (!isVirtual(order.place.file)) orders.push(order);
      for (const constraint of sink.constraints) if (!isVirtual(constraint.place.file)) constraints.push(constraint);
    }
    const result = checkUnits({ system, annotations, orders, constraints });
    const seen = new Set<string>();
    for (const diagnostic of result.diagnostics) {
      // Each use of a module looks at the module's text again: say it once.
      const key = `${diagnostic.code} ${diagnostic.file ?? ''} ${diagnostic.unit.start} ${diagnostic.span.start} ${diagnostic.span.end}`;
      if (seen.has(key)) continue;
      seen.add(key);
      report(diagnostic);
    }
    return result;
  }

  private network(families: readonly ReactionFamily[], system: UnitSystem, units: UnitResult): Network {
    const structural = new Set<number>();
    for (const { structural: used } of this.records.values()) if (used.size > 0) for (const binding of used) structural.add(binding.id);
    const parameters = this.builder.parameters.map((parameter, id) => {
      const binding = this.builder.bindings[id];
      const unit = binding === undefined ? undefined : units.unitOf(binding)?.text;
      return { ...parameter, ...(unit === undefined ? {} : { unit }), ...(structural.has(id) ? { structural: true as const } : {}) };
    });
    const groups = new Set<string>();
    for (const family of families) if (family.groups.length > 0) for (const group of family.groups) groups.add(group);
    for (const file of this.files) for (const name of file.names.group.keys()) groups.add(name);
    return {
      blocks: this.builder.blocks, parameters, families, groups: [...groups], experiments: [], dimension: this.builder.dimension,
      units: declaredUnits(system),
    };
  }

  /** Simulations of the text itself; those of imported files stay with their files. */
  private experiments(families: readonly ReactionFamily[], units: Network['units'], sink: Sink): ReadExperiment[] {
    const list: ReadExperiment[] = [];
    let unnamed: Unit | undefined;
    for (const unit of notableUnits(this.main.tree)) {
      const { statement } = unit;
      if (statement.kind !== 'Simulate') continue;
      if (statement.name === undefined && unnamed !== undefined) {
        const keyword = { start: statement.start, end: statement.start };
        this.report(experimentTwice(this.main.place(unit, keywordSpan(unit, keyword.start)), this.main.place(unnamed, keywordSpan(unnamed, unnamed.statement.start)), undefined));
        continue;
      }
      if (statement.name === undefined) unnamed = unit;
      const name = statement.name?.text ?? 'simulate';
      if (list.some(({ experiment }) => experiment.name === name)) continue;
      const context = this.readingContext(unit, sink);
      list.push({ statement, context, experiment: elaborateExperiment(statement, name, context, { families, units }) });
    }
    return list;
  }

  /** What can be said of simulations once the network is whole. */
  private simulations(network: Network, list: readonly ReadExperiment[], sink: Sink): void {
    append(this.diagnostics, sink.diagnostics);
    for (const { experiment } of list) (network.experiments as Experiment[]).push(experiment);
    const conditional = list.filter(({ experiment }) => experiment.settings.get('until')?.kind === 'condition');
    // Values that a line with an error gives are not known.
    if (conditional.length === 0 || this.diagnostics.some(({ severity }) => severity === 'error') || this.files.some(({ tree }) => tree.units.some(({ problems }) => problems.length > 0))) return;
    for (const { experiment, statement, context } of conditional) {
      const early = holdsAtStart(statement, experiment, context, network);
      if (early !== undefined) this.report(early);
    }
  }

  private expectations(network: Network): Expectation[] {
    const list: Expectation[] = [];
    const sink = createSink();
    for (const unit of notableUnits(this.main.tree)) {
      if (unit.statement.kind !== 'Expect') continue;
      const expectation = expectsTraining(unit.statement) ? readExpectedTraining(unit.statement, unit, this.main, this.neural.trainings, this.report) : elaborateExpectation(unit.statement, this.readingContext(unit, sink), network, this.decidersOf(unit));
      if (expectation !== undefined) list.push(expectation);
    }
    append(this.diagnostics, sink.diagnostics);
    return list;
  }

  /** What is expected of a name is not decided while a statement about it has an error: the network may lack that statement. */
  private decidersOf(expect: Unit): Deciders {
    if (this.diagnostics.every(({ severity }) => severity !== 'error') && this.files.every((file) => file.unread().size === 0)) return this.rules;
    this.mistaken ??= wordsOf(new Set(this.diagnostics.filter(({ severity }) => severity === 'error').map(({ unit }) => unit)));
    const { mistaken } = this;
    const isUncertain = (name: string): boolean => mistaken.has(name) || this.isUnread(name);
    const names = new Set(factsOf(expect).uses.map(({ name }) => name.text));
    for (const unit of this.records.keys()) {
      const { uses } = factsOf(unit);
      if (uses.some(({ name }) => names.has(name.text)) && uses.some(({ name, local }) => local === undefined && isUncertain(name.text))) return {};
    }
    return [...names].some(isUncertain) ? {} : this.rules;
  }
  private mistaken: ReadonlySet<string> | undefined;

  private isUnread(name: string): boolean {
    return this.files.some((file) => file.unread().has(name));
  }

  private sourceOf(family: ReactionFamily): FamilySource {
    const { unit, file } = family.origin;
    const statement = unit.statement;
    const reaction = statement.kind === 'Reaction' ? statement : reactionAt(unit, family.origin.start);
    return { unit, ...(file === undefined ? {} : { file }), ...(reaction === undefined ? {} : { reaction }) };
  }

  /** Findings about the text itself. */
  private grammar(): void {
    for (const file of this.files) {
      for (const unit of notableUnits(file.tree)) {
        for (const problem of unit.problems) {
          const severity = severities.get(problem.code) ?? 'error';
          const place = file.place(unit, problem);
          const related = problem.related?.map((other) => ({ ...file.place(unit, other), message: other.message }));
          const fixes = problem.fix === undefined ? undefined : [{ title: problem.fix.title, edits: problem.fix.edits.map((edit) => ({ ...file.place(unit, edit), text: edit.text })), preferred: true }];
          this.report({ ...place, code: problem.code, severity, message: problem.message, ...(related === undefined ? {} : { related }), ...(fixes === undefined ? {} : { fixes }) });
        }
      }
    }
  }

  /** An import whose file has errors says so where it is imported. */
  private imported(): void {
    for (const { target, unit, statement } of this.main.imports) {
      if (target === undefined || target === this.main) continue;
      const files = new Set([target, ...target.reachable()].map((file) => file.file));
      files.delete(undefined);
      const errors = this.diagnostics.filter((diagnostic) => diagnostic.severity === 'error' && diagnostic.file !== undefined && files.has(diagnostic.file));
      const first = errors[0];
      if (first === undefined) continue;
      const { file, message } = first;
      this.report(importHasErrors(this.main.place(unit, statement.path), statement.path.value, errors.length, { unit: first.unit, span: first.span, ...(file === undefined ? {} : { file }), message }));
    }
  }

  /** In document order. Texts that the compiler made or the library has are sound: an error there is one of the network. */
  private ordered(): Diagnostic[] {
    for (const diagnostic of this.diagnostics) if (diagnostic.severity === 'error' && isVirtual(diagnostic.file)) this.neural.failed(diagnostic, this.report);
    const list = this.diagnostics.filter((diagnostic) => !isVirtual(diagnostic.file));
    const rank = new Map(this.files.map((file, i) => [file.file, file.file === undefined ? -1 : i]));
    return list.sort((a, b) => (rank.get(a.file) ?? 0) - (rank.get(b.file) ?? 0) || a.unit.start + a.span.start - (b.unit.start + b.span.start) || a.span.end - b.span.end || a.code.localeCompare(b.code));
  }
}

const severities = new Map(grammarDiagnostics.map((spec) => [spec.code as string, spec.severity]));

/** A word is as long as its letters: `simulate`. */
function keywordSpan(unit: Unit, start: number): { start: number; end: number } {
  const word = /^\p{L}+/u.exec(unit.text.slice(start));
  return { start, end: start + (word?.[0].length ?? 0) };
}

/** Units as they are shown. */
function declaredUnits(system: UnitSystem): Network['units'] {
  const { time, concentration } = system;
  return { ...(time === undefined ? {} : { time: time.text }), ...(concentration === undefined ? {} : { concentration: unitText(CONCENTRATION.factors, system) }) };
}

/** All words of some statements. */
function wordsOf(units: ReadonlySet<Unit>): ReadonlySet<string> {
  const words = new Set<string>();
  for (const { text } of units) for (const [word] of text.matchAll(WORD)) words.add(word);
  return words;
}
