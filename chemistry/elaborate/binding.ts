/** What a name means while statements become reaction families. */
import { t } from '../../l10n/index.ts';
import type { AxisIndex, BlockKind, Operand, Scalar } from '../network.ts';
import type { Unit as UnitOfMeasure, UnitVariable } from '../dimensions/term.ts';

/** An expression's meaning and unit. */
export interface Value {
  readonly scalar: Scalar;
  readonly unit: UnitOfMeasure;
}

export interface BlockInfo {
  readonly id: number;
  readonly name: string;
  readonly kind: BlockKind;
  readonly shape: readonly number[];
  readonly axes: readonly number[];
}

/** A block, or the part of one that a module was given: the first axes fixed by `prefix`. */
export interface BlockBinding {
  readonly kind: 'block';
  readonly block: BlockInfo;
  readonly prefix: readonly AxisIndex[];
  /** Extents of the axes that are still open, without the rail. */
  readonly shape: readonly number[];
  /** A dual of which one rail was given: it acts as a species. */
  readonly rail?: AxisIndex;
  /** 1: the rails are swapped, as in `use add(-P, …)`. */
  readonly flip: 0 | 1;
  /** Whether a rail has to be written. */
  readonly dual: boolean;
  readonly fixed: boolean;
  /** Ready-made operand of a scalar species. */
  readonly operand?: Operand;
}

export interface ParameterBinding extends UnitVariable {
  readonly kind: 'parameter';
  readonly id: number;
  readonly name: string;
  readonly prefix: readonly AxisIndex[];
  readonly shape: readonly number[];
  /** Value of a scalar as declared, where it is a finite number. */
  readonly value?: number;
  /** The smallest value in it, as far as that is known. */
  readonly least?: number;
  /** The largest. */
  readonly most?: number;
  /** A literal integer: may stand in shapes, ranges and indices. */
  readonly integer?: number;
  /** Ready-made expression of a scalar. */
  readonly ready?: Value;
  /** The variable whose unit it has: itself, or the parameter that a slice belongs to. */
  readonly variable: UnitVariable;
}

/** A module's constant, or an expression given for a `param`. */
export interface ValueBinding {
  readonly kind: 'value';
  readonly value: Value;
  readonly integer?: number;
}

export interface CounterBinding {
  readonly kind: 'index' | 'sign';
  /** Position among the family's loop variables. */
  readonly variable: number;
}

/** Declared, but with an error of its own: uses are not reported again. */
export interface BrokenBinding {
  readonly kind: 'broken';
}

export type Binding = BlockBinding | ParameterBinding | ValueBinding | CounterBinding | BrokenBinding;

export const BROKEN: BrokenBinding = { kind: 'broken' };
const NO_INDEX: readonly AxisIndex[] = [];

/** The binding of a whole block. */
export function bindBlock(block: BlockInfo): BlockBinding {
  const scalar = block.axes.length === 0;
  return {
    kind: 'block', block, prefix: NO_INDEX, shape: block.shape, flip: 0,
    dual: block.kind === 'dual', fixed: block.kind === 'fixed',
    ...(scalar ? { operand: { block: block.id, index: NO_INDEX } } : {}),
  };
}

/** What users call the kind of thing a name stands for. */
export function bindingWords(binding: Binding): string {
  switch (binding.kind) {
    case 'block':
      return binding.dual ? t('a dual') : binding.fixed ? t('a fixed species') : t('a species');
    case 'parameter':
      return t('a parameter');
    case 'value':
      return t('a constant');
    case 'index':
      return t('a loop variable');
    case 'sign':
      return t('a sign');
    case 'broken':
      return t('something with an error');
  }
}

/** A scope: innermost names first. */
export interface Scope {
  lookup(name: string): Binding | undefined;
}

export class LocalScope implements Scope {
  private readonly names = new Map<string, Binding>();
  private readonly parent: Scope;
  constructor(parent: Scope) {
    this.parent = parent;
  }
  /** The first declaration of a name counts; a second is reported elsewhere. */
  set(name: string, binding: Binding): void {
    if (!this.names.has(name)) this.names.set(name, binding);
  }
  /** Whether the name is declared in this scope itself. */
  owns(name: string): boolean {
    return this.names.has(name);
  }
  lookup(name: string): Binding | undefined {
    return this.names.get(name) ?? this.parent.lookup(name);
  }
}
