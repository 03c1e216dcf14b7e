/** What is known of the names of a unit: those it declares for the file, those of its own, and its uses of names. */
import type {
  ActivationDeclaration, Binder, DataDeclaration, Declaration, DeclarationItem, GroupStatement, ImportStatement, ModuleConstant, ModuleDeclaration,
  ModuleParameter, Name, NetworkDeclaration, NeuronStatement, NoiseStatement, Reaction, Reference, SimulateStatement, Span, Statement,
  SweepStatement, TrainStatement, UseStatement,
} from '../../grammar/index.ts';
import type { Role, SymbolKind } from '../analysis.ts';

/** Species, parameters and loop variables are values; the other kinds of name never get in their way. */
export type Namespace = 'value' | 'module' | 'group' | 'experiment' | 'label' | 'activation' | 'network' | 'data' | 'noise';

/** A name declared for the whole file. */
export interface FileName {
  readonly name: Name;
  readonly namespace: Namespace;
  readonly kind: SymbolKind;
  readonly doc?: string;
  /** Stands in text with an error: it gives way to a sound declaration of the same name, and neither is said to be a second one. */
  readonly weak?: true;
  readonly node:
    | { readonly kind: 'item'; readonly declaration: Declaration; readonly item: DeclarationItem }
    | { readonly kind: 'module'; readonly module: ModuleDeclaration }
    | { readonly kind: 'group'; readonly group: GroupStatement }
    | { readonly kind: 'experiment'; readonly experiment: SimulateStatement }
    | { readonly kind: 'label'; readonly statement: Reaction | UseStatement }
    | { readonly kind: 'activation'; readonly activation: ActivationDeclaration }
    | { readonly kind: 'neuron'; readonly neuron: NeuronStatement }
    | { readonly kind: 'network'; readonly network: NetworkDeclaration }
    | { readonly kind: 'data'; readonly data: DataDeclaration }
    | { readonly kind: 'training'; readonly training: TrainStatement }
    | { readonly kind: 'noise'; readonly noise: NoiseStatement }
    | { readonly kind: 'sweep'; readonly sweep: SweepStatement };
}

/** A name declared inside a unit. */
export interface LocalName {
  readonly name: Name;
  readonly kind: SymbolKind;
  readonly namespace: Namespace;
  readonly doc?: string;
  /** The module that it belongs to; undefined for loop variables outside modules. */
  readonly module?: ModuleDeclaration;
  readonly node: Binder | ModuleParameter | ModuleConstant | DeclarationItem | Reference | Reaction | UseStatement;
  /** Where it can be seen. */
  readonly extent: Span;
  /** A local name around it that it hides. */
  readonly hides?: LocalName;
}

export interface NameUse {
  readonly name: Name;
  readonly role: Role;
  readonly namespace: Namespace;
  /** What it means when it is local to the unit; otherwise it is looked up in the file. */
  readonly local?: LocalName;
  /** Stands in a block whose head could not be read, which may have declared it. */
  readonly open?: true;
  /**
   * Only a species can stand there, or what is compared, most likely a species, or what a module's parameter takes: the name of the module and
   * the argument's position.
   */
  readonly wants?: 'species' | 'compared' | { readonly module: string; readonly position: number };
}

/** A statement where it cannot stand. */
export interface Misplaced {
  readonly statement: Statement;
  readonly inside: 'for' | 'module' | 'group';
}

export interface UnitFacts {
  readonly declared: readonly FileName[];
  readonly locals: readonly LocalName[];
  readonly uses: readonly NameUse[];
  /** Names in text that could not be read, and names that misplaced statements would declare. */
  readonly badNames: readonly string[];
  readonly imports: readonly ImportStatement[];
  readonly misplaced: readonly Misplaced[];
  /** Pairs of equal local declarations: the second is the mistake. */
  readonly repeated: readonly { readonly first: LocalName; readonly second: LocalName }[];
  /** True when a module is instantiated in it: what it makes depends on that module's text. */
  readonly hasUse: boolean;
  /** `units` statements take effect in the file as a whole. */
  readonly isUnits: boolean;
}
