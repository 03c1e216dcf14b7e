/** The finished analysis: who every name is, and which families a place in the text made. Worked out when asked. */
import type { Span, SyntaxTree, Unit } from '../grammar/index.ts';
import type { Analysis, CrnSymbol, Expectation, Occurrence } from './analysis.ts';
import type { Diagnostic } from './diagnostic.ts';
import type { UnitResult } from './dimensions/check.ts';
import { unitText } from './dimensions/system.ts';
import type { UnitSystem } from './dimensions/system.ts';
import { CONCENTRATION } from './dimensions/term.ts';
import type { UnitRecord } from './memory.ts';
import { factsOf } from './names/facts.ts';
import type { LocalName, NameUse, Namespace } from './names/facts.ts';
import type { Entity, SourceFile } from './names/files.ts';
import type { Network } from './network.ts';
import type { NeuralView } from './neural/made-files.ts';

export interface ViewInput {
  readonly tree: SyntaxTree;
  readonly diagnostics: readonly Diagnostic[];
  readonly network: Network;
  readonly expectations: readonly Expectation[];
  readonly files: readonly SourceFile[];
  readonly main: SourceFile;
  readonly records: ReadonlyMap<Unit, UnitRecord>;
  readonly units: UnitResult;
  readonly system: UnitSystem;
  readonly neural: NeuralView;
}

const NAMESPACES: readonly Namespace[] = ['value', 'module', 'group', 'experiment', 'label', 'activation', 'network', 'data', 'noise'];

export function createView(input: ViewInput): Analysis {
  return new View(input);
}

class View implements Analysis {
  readonly tree: SyntaxTree;
  readonly diagnostics: readonly Diagnostic[];
  readonly network: Network;
  readonly hasErrors: boolean;
  readonly expectations: readonly Expectation[];
  readonly networks: Analysis['networks'];
  readonly trainings: Analysis['trainings'];
  readonly data: Analysis['data'];
  readonly sweeps: Analysis['sweeps'];
  private readonly input: ViewInput;
  private readonly ofEntity = new Map<Entity, CrnSymbol>();
  private readonly ofOwn = new Map<string, CrnSymbol>();
  private readonly ofLocal = new Map<LocalName, CrnSymbol>();
  private readonly behind = new Map<CrnSymbol, { readonly entity: Entity } | { readonly local: LocalName; readonly unit: Unit }>();
  private readonly byUnit = new Map<Unit, readonly Occurrence[]>();
  private sources: Map<Unit, SourceFile> | undefined;
  private all: readonly CrnSymbol[] | undefined;
  private byOrigin: Map<Unit, { start: number; end: number; id: number }[]> | undefined;

  constructor(input: ViewInput) {
    this.input = input;
    this.tree = input.tree;
    this.diagnostics = input.diagnostics;
    this.network = input.network;
    this.expectations = input.expectations;
    this.networks = input.neural.networks;
    this.trainings = input.neural.trainings;
    this.data = input.neural.data;
    this.sweeps = input.neural.sweeps;
    this.hasErrors = input.diagnostics.some((diagnostic) => diagnostic.severity === 'error');
  }

  get symbols(): readonly CrnSymbol[] {
    if (this.all === undefined) {
      const { main } = this.input;
      const symbols: CrnSymbol[] = [];
      for (const unit of main.tree.units) {
        const facts = factsOf(unit);
        const here: CrnSymbol[] = [];
        for (const declared of facts.declared) {
          const entity = main.names[declared.namespace].get(declared.name.text);
          if (entity?.declared === declared) here.push(this.symbolOf(entity));
        }
        for (const local of facts.locals) here.push(this.localSymbol(local, unit));
        here.sort((a, b) => a.declaration.span.start - b.declaration.span.start);
        for (const symbol of here) symbols.push(symbol);
      }
      this.all = symbols;
    }
    return this.all;
  }

  occurrencesIn(unit: Unit): readonly Occurrence[] {
    let list = this.byUnit.get(unit);
    if (list === undefined) {
      const source = this.sourceOf(unit);
      const found: Occurrence[] = [];
      if (source !== undefined) {
        const facts = factsOf(unit);
        for (const declared of facts.declared) {
          const entity = source.names[declared.namespace].get(declared.name.text);
          if (entity !== undefined) found.push({ ...source.place(unit, declared.name), symbol: this.symbolOf(entity), role: 'declaration' });
        }
        for (const local of facts.locals) found.push({ ...source.place(unit, local.name), symbol: this.localSymbol(local, unit), role: 'declaration' });
        for (const use of facts.uses) {
          const entity = use.local === undefined ? source.find(use.namespace, use.name.text) : undefined;
          const symbol = use.local !== undefined ? this.localSymbol(use.local, unit) : entity === undefined ? undefined : this.symbolOf(entity);
          if (symbol !== undefined) found.push({ ...source.place(unit, use.name), symbol, role: use.role });
          else if (use.namespace === 'value' && use.name.text.includes('.')) found.push(...this.ownOccurrences(use, unit, source));
        }
      }
      list = found.sort((a, b) => a.span.start - b.span.start);
      this.byUnit.set(unit, list);
    }
    return list;
  }

  /** `m1.tmp` is the label of a use, and what the use owns. */
  private ownOccurrences({ name, role }: NameUse, unit: Unit, source: SourceFile): Occurrence[] {
    const dot = name.text.indexOf('.');
    const label = source.find('label', name.text.slice(0, dot));
    const found: Occurrence[] = [];
    if (label !== undefined) found.push({ ...source.place(unit, { start: name.start, end: name.start + dot }), symbol: this.symbolOf(label), role: 'read' });
    const own = this.ownSymbol(name.text);
    if (own !== undefined) found.push({ ...source.place(unit, { start: name.start + dot + 1, end: name.end }), symbol: own, role });
    return found;
  }

  /** What a use owns has its declaration in the module's text, and a name that no text declares. */
  private ownSymbol(name: string): CrnSymbol | undefined {
    let symbol = this.ofOwn.get(name);
    if (symbol !== undefined) return symbol;
    const { blocks, parameters } = this.network;
    const block = blocks.find((other) => other.name === name);
    const parameter = block === undefined ? parameters.find((other) => other.name === name) : undefined;
    const made = block ?? parameter;
    if (made === undefined) return undefined;
    const { origin } = made;
    const { concentration } = this.input.system;
    const unit = parameter?.unit !== undefined ? { text: parameter.unit, inferred: true } : block !== undefined && concentration !== undefined ? { text: unitText(CONCENTRATION.factors, this.input.system), inferred: true } : undefined;
    symbol = {
      name, kind: block?.kind ?? 'param', shape: made.shape,
      declaration: { unit: origin.unit, span: { start: origin.start, end: origin.end }, ...(origin.file === undefined ? {} : { file: origin.file }) },
      ...(made.doc === undefined ? {} : { doc: made.doc }), ...(unit === undefined ? {} : { unit }),
      ...(block === undefined ? {} : { block: block.id }), ...(parameter === undefined ? {} : { parameter: parameter.id }),
    };
    this.ofOwn.set(name, symbol);
    return symbol;
  }

  occurrencesOf(symbol: CrnSymbol): readonly Occurrence[] {
    const behind = this.behind.get(symbol);
    if (behind === undefined) return [];
    const found: Occurrence[] = [];
    if ('local' in behind) found.push(...this.occurrencesIn(behind.unit).filter((occurrence) => occurrence.symbol === symbol));
    else {
      const { name } = symbol;
      for (const file of this.input.files) {
        for (const unit of file.tree.units) {
          const facts = factsOf(unit);
          const isUse = ({ name: { text } }: NameUse): boolean => text === name || text.startsWith(`${name}.`);
          if (!facts.uses.some(isUse) && !facts.declared.some((declared) => declared.name.text === name)) continue;
          for (const occurrence of this.occurrencesIn(unit)) if (occurrence.symbol === symbol) found.push(occurrence);
        }
      }
    }
    const first = symbol.declaration;
    const isFirst = (occurrence: Occurrence): boolean => occurrence.role === 'declaration' && occurrence.unit === first.unit && occurrence.span.start === first.span.start;
    return [...found.filter(isFirst), ...found.filter((occurrence) => !isFirst(occurrence))];
  }

  visibleAt(unit: Unit | undefined, offset: number): readonly CrnSymbol[] {
    const visible: CrnSymbol[] = [];
    const hidden = new Set<string>();
    const source = (unit === undefined ? undefined : this.sourceOf(unit)) ?? this.input.main;
    if (unit !== undefined) {
      const locals = factsOf(unit).locals.filter(({ extent }) => extent.start <= offset && offset <= extent.end);
      locals.sort((a, b) => b.extent.start - a.extent.start || a.extent.end - b.extent.end);
      for (const local of locals) {
        const key = `${local.namespace} ${local.name.text}`;
        if (hidden.has(key)) continue;
        hidden.add(key);
        visible.push(this.localSymbol(local, unit));
      }
    }
    for (const file of [source, ...source.reachable()]) {
      for (const namespace of NAMESPACES) {
        for (const entity of file.names[namespace].values()) {
          const key = `${namespace} ${entity.declared.name.text}`;
          if (hidden.has(key)) continue;
          hidden.add(key);
          visible.push(this.symbolOf(entity));
        }
      }
    }
    return visible;
  }

  familiesAt(unit: Unit, span: Span): readonly number[] {
    if (this.byOrigin === undefined) {
      this.byOrigin = new Map();
      const put = (at: Unit, start: number, end: number, id: number): void => {
        const list = this.byOrigin?.get(at);
        if (list === undefined) this.byOrigin?.set(at, [{ start, end, id }]);
        else list.push({ start, end, id });
      };
      for (const { id, origin } of this.network.families) put(origin.unit, origin.start, origin.end, id);
      for (const { uses, families } of this.input.records.values()) {
        const base = families[0]?.id ?? 0;
        for (const use of uses) for (let i = use.from; i < use.to; i++) put(use.unit, use.span.start, use.span.end, base + i);
      }
    }
    const ids = new Set<number>();
    for (const { start, end, id } of this.byOrigin.get(unit) ?? []) if (start <= span.end && span.start <= end) ids.add(id);
    return [...ids].sort((a, b) => a - b);
  }

  private sourceOf(unit: Unit): SourceFile | undefined {
    if (this.sources === undefined) {
      this.sources = new Map();
      for (const file of this.input.files) for (const member of file.tree.units) this.sources.set(member, file);
    }
    return this.sources.get(unit);
  }

  private symbolOf(entity: Entity): CrnSymbol {
    let symbol = this.ofEntity.get(entity);
    if (symbol === undefined) {
      const { declared, binding, source } = entity;
      const unit = this.unitOf(entity);
      symbol = {
        name: declared.name.text, kind: declared.kind,
        shape: binding?.kind === 'block' || binding?.kind === 'parameter' ? binding.shape : [],
        declaration: source.place(entity.unit, declared.name),
        ...(declared.doc === undefined ? {} : { doc: declared.doc }),
        ...(unit === undefined ? {} : { unit }),
        ...(binding?.kind === 'block' ? { block: binding.block.id } : {}),
        ...(binding?.kind === 'parameter' ? { parameter: binding.id } : {}),
      };
      this.ofEntity.set(entity, symbol);
      this.behind.set(symbol, { entity });
    }
    return symbol;
  }

  private unitOf(entity: Entity): CrnSymbol['unit'] {
    const { binding, declared } = entity;
    if (binding?.kind === 'parameter') return this.input.units.unitOf(binding);
    if (binding?.kind !== 'block' || this.input.system.concentration === undefined) return undefined;
    const written = declared.node.kind === 'item' && declared.node.item.unit !== undefined;
    return { text: unitText(CONCENTRATION.factors, this.input.system), inferred: !written };
  }

  private localSymbol(local: LocalName, unit: Unit): CrnSymbol {
    let symbol = this.ofLocal.get(local);
    if (symbol === undefined) {
      const source = this.sourceOf(unit) ?? this.input.main;
      const owner = local.module === undefined ? undefined : source.find('module', local.module.name.text);
      const type = local.kind === 'module parameter' && 'type' in local.node ? local.node.type?.text : undefined;
      const standsFor = local.kind !== 'module parameter' ? undefined : type === 'fixed' || type === 'dual' || type === 'param' ? type : 'species';
      const shape = 'shape' in local.node ? (local.node.shape ?? []) : [];
      symbol = {
        name: local.name.text, kind: local.kind,
        shape: shape.map((extent) => (extent.kind === 'Number' ? extent.value : 0)),
        declaration: source.place(unit, local.name),
        ...(standsFor === undefined ? {} : { standsFor }),
        ...(local.doc === undefined ? {} : { doc: local.doc }),
        ...(owner === undefined ? {} : { module: this.symbolOf(owner) }),
      };
      this.ofLocal.set(local, symbol);
      this.behind.set(symbol, { local, unit });
    }
    return symbol;
  }
}
