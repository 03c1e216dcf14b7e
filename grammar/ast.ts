/**
 * The syntax tree of a `.crn` text. Invariants:
 *  - every span is a half-open range of UTF-16 offsets relative to the start of the unit (top-level statement) that
 *    holds the node, so that an edit elsewhere leaves the nodes of this unit untouched;
 *  - a node's span covers its text exactly, without surrounding white space or comments;
 *  - the tree says what was written, never what it means: whether `X^s` is a rail or a power is decided by chemistry.
 * It is one long file because the kinds of node refer to one another and are read as one list, in the order of the language.
 */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** An identifier where it stands. */
export interface Name extends Span {
  readonly text: string;
}

// ---------------------------------------------------------------- expressions

export interface NumberLiteral extends Span {
  readonly kind: 'Number';
  readonly value: number;
  /** As written, for the printer: `1e-3`, `.5`. */
  readonly text: string;
}
export interface StringLiteral extends Span {
  readonly kind: 'String';
  readonly value: string;
}
/** `X`, `X[i, j]`, `W^+`, `M^s[i, j]`, `E^(-s)`, `z^(r*s)`. A rail is given only where it cannot be a power: see Binary. */
export interface Reference extends Span {
  readonly kind: 'Reference';
  readonly name: Name;
  /** Present for `^+`, `^-`, a superscript before `[`, and every superscript in a complex; otherwise `X^e` is Binary '^'. */
  readonly rail?: Rail;
  readonly indices?: readonly Expression[];
}
/** A sign written as a superscript. `expression` uses names, unary minus and `*` only. */
export interface Rail extends Span {
  readonly sign?: '+' | '-';
  readonly expression?: Expression;
}
export interface Unary extends Span {
  readonly kind: 'Unary';
  readonly operator: '-' | '+';
  readonly operand: Expression;
}
export interface Binary extends Span {
  readonly kind: 'Binary';
  readonly operator: '+' | '-' | '*' | '/' | '^';
  readonly left: Expression;
  readonly right: Expression;
}
export interface Call extends Span {
  readonly kind: 'Call';
  readonly callee: Name;
  readonly arguments: readonly Expression[];
  /** `seed: 7` */
  readonly named: readonly NamedArgument[];
}
export interface NamedArgument extends Span {
  readonly name: Name;
  readonly value: Expression;
}
export interface ArrayLiteral extends Span {
  readonly kind: 'Array';
  readonly elements: readonly Expression[];
}
/** A bracketed expression, kept for the printer. */
export interface Parenthesised extends Span {
  readonly kind: 'Parenthesised';
  readonly inner: Expression;
}
/** `1..4`, both ends included: an argument or the value of a setting, as in `columns(1..4)`. */
export interface RangeExpression extends Span {
  readonly kind: 'Range';
  readonly from: Expression;
  readonly to: Expression;
}
/** Where the text was too broken to read an expression. */
export interface BadExpression extends Span {
  readonly kind: 'BadExpression';
}
export type Expression =
  | NumberLiteral
  | StringLiteral
  | Reference
  | Unary
  | Binary
  | Call
  | ArrayLiteral
  | Parenthesised
  | RangeExpression
  | BadExpression;

// ---------------------------------------------------------------- units of measure

/** `1/(uM*s)`, `uM^-1 s^-1`, `mol/L`: factors with integer exponents; `factors` empty means dimensionless. */
export interface UnitExpression extends Span {
  readonly kind: 'Unit';
  readonly factors: readonly UnitFactor[];
}
export interface UnitFactor extends Span {
  readonly name: Name;
  readonly exponent: number;
}

// ---------------------------------------------------------------- statements

interface StatementBase extends Span {
  /** `///` lines just above, markers removed, joined with newlines. */
  readonly doc?: string;
  /**
   * Identifiers of parts that could not be read, in a statement that could be read otherwise (it has problems). As with
   * `BadStatement.names`, what may have been declared there is not called undeclared elsewhere.
   */
  readonly unread?: readonly Name[];
}

/** `units time s, concentration uM` */
export interface UnitsStatement extends StatementBase {
  readonly kind: 'Units';
  readonly entries: readonly { readonly dimension: Name; readonly unit: UnitExpression }[];
}

export type DeclarationKind = 'param' | 'species' | 'fixed' | 'dual';

/** `param kon: 1/(uM*s) = 0.5, koff`, `species X[4]`, `dual M[3, 4] = uniform(-1, 1, seed: 7)` */
export interface Declaration extends StatementBase {
  readonly kind: 'Declaration';
  readonly declares: DeclarationKind;
  readonly keyword: Span;
  readonly items: readonly DeclarationItem[];
}
export interface DeclarationItem extends Span {
  readonly name: Name;
  readonly shape?: readonly Expression[];
  readonly unit?: UnitExpression;
  readonly value?: Expression;
  /** Own `///` text when the item stands on a line of its own. */
  readonly doc?: string;
}

/** One side of a reaction; no terms stands for `0`. */
export interface Complex extends Span {
  readonly terms: readonly ComplexTerm[];
}
export interface ComplexTerm extends Span {
  /** 1 when not written. */
  readonly coefficient: number;
  readonly coefficientSpan?: Span;
  readonly species: Reference;
}
export type Rate =
  | ({ readonly kind: 'constant'; readonly forward: Expression; readonly backward?: Expression } & Span)
  | ({ readonly kind: 'law'; readonly law: Expression; readonly backward?: Expression } & Span);

/** `bind: A + E -> AE @ kon`, `A <-> B @ 1, 0.2`, `B -> C rate Vmax*B/(Km + B)` */
export interface Reaction extends StatementBase {
  readonly kind: 'Reaction';
  readonly label?: Name;
  readonly left: Complex;
  readonly arrow: Span & { readonly reversible: boolean };
  readonly right: Complex;
  /** Missing after a reported error. */
  readonly rate?: Rate;
}

/** `ode X' = h + y*X - X^2`, or a block `ode { X' = …  Y' = … }` read as one system. */
export interface OdeStatement extends StatementBase {
  readonly kind: 'Ode';
  readonly keyword: Span;
  readonly equations: readonly OdeEquation[];
  readonly block: boolean;
}
export interface OdeEquation extends Span {
  readonly species: Reference;
  readonly right: Expression;
}

/** `for i in 1..3, j in 1..4, s in signs { … }` */
export interface ForStatement extends StatementBase {
  readonly kind: 'For';
  readonly binders: readonly Binder[];
  readonly body: readonly Statement[];
}
export interface Binder extends Span {
  readonly name: Name;
  /** `signs`, or an inclusive range. */
  readonly range: ({ readonly kind: 'signs' } & Span) | ({ readonly kind: 'range'; readonly from: Expression; readonly to: Expression } & Span);
}

/** `module multiply(a: dual, X[3]: species; k = 1, κ = 10) { … }` */
export interface ModuleDeclaration extends StatementBase {
  readonly kind: 'Module';
  readonly name: Name;
  readonly parameters: readonly ModuleParameter[];
  readonly constants: readonly ModuleConstant[];
  readonly body: readonly Statement[];
}
export interface ModuleParameter extends Span {
  readonly name: Name;
  readonly shape?: readonly Expression[];
  /** species, fixed, dual, param; undefined means species. */
  readonly type?: Name;
}
export interface ModuleConstant extends Span {
  readonly name: Name;
  readonly unit?: UnitExpression;
  readonly value?: Expression;
}

/** `use multiply(P, Q, R; κ = 100)`, with an optional label `m1: use …` that names the module's own species `m1.tmp`. */
export interface UseStatement extends StatementBase {
  readonly kind: 'Use';
  readonly label?: Name;
  readonly module: Name;
  readonly arguments: readonly Expression[];
  readonly constants: readonly { readonly name: Name; readonly value: Expression }[];
}

export interface GroupStatement extends StatementBase {
  readonly kind: 'Group';
  readonly name: Name;
  readonly body: readonly Statement[];
}
export interface ImportStatement extends StatementBase {
  readonly kind: 'Import';
  readonly path: StringLiteral;
}

/** `simulate relax { until = fixed_point; method = auto; plot = H, y }` */
export interface SimulateStatement extends StatementBase {
  readonly kind: 'Simulate';
  readonly name?: Name;
  readonly settings: readonly Setting[];
}
export interface Setting extends Span {
  readonly key: Name;
  /** Empty where there is a condition. */
  readonly values: readonly Expression[];
  /** Of `until` in `simulate` only. */
  readonly condition?: Condition;
}

export type Comparison = '>=' | '<=' | '>' | '<' | '=';
/** `X > 0.5`, where a run ends. */
export interface Condition extends Span {
  readonly left: Expression;
  readonly operator: Comparison;
  readonly right: Expression;
}
export type Expectation =
  /** `expect H ~ 1.618 within 1e-6` (absolute; default 1e-6), or `within 1 %` (relative) */
  | { readonly kind: 'near'; readonly left: Expression; readonly right: Expression; readonly within?: Expression; readonly relative: boolean }
  | { readonly kind: 'ode'; readonly species: Reference; readonly right: Expression }
  | { readonly kind: 'conserved'; readonly quantity: Expression }
  | { readonly kind: 'compare'; readonly left: Expression; readonly operator: Comparison; readonly right: Expression };
/** At the fixed point, or `expect … in NAME` at the end of the simulation NAME. */
export interface ExpectStatement extends StatementBase {
  readonly kind: 'Expect';
  readonly expectation: Expectation;
  readonly experiment?: Name;
}

// ---------------------------------------------------------------- neurons, data, training

/**
 * `activation smooth_relu(h) { x' = h + y*x - x^2 }`. `y` is the pre-activation. A conserved total is a line
 * `x + x̄ = 1`; the value read out is the first species unless a line `output = x - x̄` says otherwise.
 */
export interface ActivationDeclaration extends StatementBase {
  readonly kind: 'Activation';
  readonly name: Name;
  readonly parameters: readonly ModuleConstant[];
  readonly equations: readonly OdeEquation[];
  readonly totals: readonly (Span & { readonly left: Expression; readonly right: Expression })[];
  readonly output?: Expression;
}

/** `neuron H = smooth_relu(2*X1 - 1.5*X2 + 0.3; h = 0.1)`: weights are rate constants. */
export interface NeuronStatement extends StatementBase {
  readonly kind: 'Neuron';
  readonly name: Name;
  readonly activation: Name;
  readonly input: Expression;
  readonly constants: readonly { readonly name: Name; readonly value: Expression }[];
}

/** `smooth_relu(h = 0.1)`, `linear` */
export interface ActivationUse extends Span {
  readonly name: Name;
  readonly constants: readonly { readonly name: Name; readonly value: Expression }[];
}
export type NetworkItem =
  | ({ readonly kind: 'input'; readonly name: Name; readonly size: Expression } & Span)
  | ({ readonly kind: 'layer'; readonly name: Name; readonly size: Expression; readonly activation: ActivationUse } & Span)
  /** `weights uniform(-1, 1, seed: 7)` */
  | ({ readonly kind: 'weights'; readonly value: Expression } & Span)
  /** `form = rails`, `loss = squared`, `κ = 10` */
  | ({ readonly kind: 'setting' } & Setting);
export interface NetworkDeclaration extends StatementBase {
  readonly kind: 'Network';
  readonly name: Name;
  readonly items: readonly NetworkItem[];
}

/** `data truth_table { x[2] -> y[1] … rows }` or `data iris = csv("iris.csv") { x = …; y = …; split 0.8 seed 1 }`. */
export interface DataDeclaration extends StatementBase {
  readonly kind: 'Data';
  readonly name: Name;
  /** Inline data: the header and the rows, numbers as written. */
  readonly header?: Span & { readonly inputs: Name; readonly inputSize: Expression; readonly targets: Name; readonly targetSize: Expression };
  readonly rows: readonly (Span & { readonly inputs: readonly NumberCell[]; readonly targets: readonly NumberCell[] })[];
  /** A file: `csv("iris.csv")`, `idx("images", "labels")`. */
  readonly source?: Call;
  readonly settings: readonly Setting[];
  readonly split?: Span & { readonly fraction: Expression; readonly seed?: Expression };
}
/** A number in a row of data, its sign included; NaN where the text is no number (reported). */
export interface NumberCell extends Span {
  readonly value: number;
}

/** `train xor on truth_table { where = pot; … }`, optionally named: `train first: xor on truth_table { … }`. */
export interface TrainStatement extends StatementBase {
  readonly kind: 'Train';
  readonly name?: Name;
  readonly network: Name;
  readonly data: Name;
  readonly settings: readonly Setting[];
}

/** `noise jitter { rates = lognormal(0.1, frozen, per: reaction); … }` */
export interface NoiseStatement extends StatementBase {
  readonly kind: 'Noise';
  readonly name: Name;
  readonly settings: readonly Setting[];
}

/**
 * `sweep robust { train xor on truth_table; vary noise in 0..0.3 steps 7; vary h in [0.05, 0.1]; replicas = 20 }`; a line
 * `simulate relax` in place of `train …` repeats a simulation.
 */
export interface SweepStatement extends StatementBase {
  readonly kind: 'Sweep';
  readonly name: Name;
  readonly train?: Span & { readonly network: Name; readonly data: Name };
  readonly simulate?: Span & { readonly experiment: Name };
  readonly vary: readonly (Span & {
    readonly name: Name;
    readonly range: ({ readonly kind: 'range'; readonly from: Expression; readonly to: Expression; readonly steps?: Expression } & Span) | ArrayLiteral;
  })[];
  readonly settings: readonly Setting[];
}

/**
 * Text that is no statement. `names` are all identifiers in it: chemistry does not call a name undeclared that a broken
 * line may have declared, so that one bad line changes nothing elsewhere.
 */
export interface BadStatement extends StatementBase {
  readonly kind: 'Bad';
  readonly names: readonly Name[];
  /** The statements of a block whose head could not be read, for hovers and completion; they mean nothing by themselves. */
  readonly body?: readonly Statement[];
  /** Lines of a block (settings, layers, rows …) whose head could not be read. */
  readonly lines?: readonly (Expression | OdeEquation | Setting | NetworkItem | Span)[];
}

export type Statement =
  | UnitsStatement
  | Declaration
  | Reaction
  | OdeStatement
  | ForStatement
  | ModuleDeclaration
  | UseStatement
  | GroupStatement
  | ImportStatement
  | SimulateStatement
  | ExpectStatement
  | ActivationDeclaration
  | NeuronStatement
  | NetworkDeclaration
  | DataDeclaration
  | TrainStatement
  | NoiseStatement
  | SweepStatement
  | BadStatement;

// ---------------------------------------------------------------- documents

/** A finding about the text itself (CRN1xx). */
export interface SyntaxProblem extends Span {
  /** 'CRN101' … */
  readonly code: string;
  readonly message: string;
  readonly related?: readonly (Span & { readonly message: string })[];
  /** A mechanical repair: replace the span's text. Spans are relative to the same unit. */
  readonly fix?: { readonly title: string; readonly edits: readonly (Span & { readonly text: string })[] };
}

/** A top-level statement with its text: the unit of incrementality. Kept by identity when an edit does not touch it. */
export interface Unit {
  /** Offset of `text` in the document. Moved by the document that owns the unit when text before it changes. */
  start: number;
  /** From the first character of the doc comment or statement to the last character of the statement. */
  readonly text: string;
  readonly statement: Statement;
  readonly problems: readonly SyntaxProblem[];
}

/** A parsed text. Immutable but for `Unit.start`; make the next one with `reparse`. */
export interface SyntaxTree {
  readonly text: string;
  readonly units: readonly Unit[];
}
