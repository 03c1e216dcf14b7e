/** Data sets as numbers: what a network trains on. */

/** `rows` × `columns` numbers, row-major: element (r, c), both from 0, is `values[r * columns + c]`; no other length. */
export interface Matrix {
  readonly rows: number;
  readonly columns: number;
  readonly values: Float64Array | Float32Array;
  /** One name per column, where the columns have names (pixels have none). */
  readonly names?: readonly string[];
}

/** Samples with their targets; row r of `inputs` belongs to row r of `targets`. Every number is finite. */
export interface DataSet {
  readonly name: string;
  /** samples × inputs */
  readonly inputs: Matrix;
  /** samples × outputs; with classes one column per class, 1 in the sample's own class and 0 elsewhere */
  readonly targets: Matrix;
  /** Names of the classes, in the order of the columns of `targets`; absent when the targets are quantities. */
  readonly classes?: readonly string[];
  /** Rows to train on (from 0), not empty: shuffled when `split` made them, else in the order of the source. */
  readonly train: Uint32Array;
  /** Held-out rows (from 0), disjoint from `train`; empty when nothing is held out. */
  readonly test: Uint32Array;
}

/** What is wrong with a source or with a recipe, where, and what to do; for the user. */
export interface DataProblem {
  readonly message: string;
  /** The file as the recipe names it; absent for rows written inline and for the recipe itself. */
  readonly file?: string;
  /** From 1: the line of a table (its header counts), the image or label of an IDX file, the row of inline data. */
  readonly row?: number;
  /** From 1: the column of a table or of inline data, the pixel of an image. */
  readonly column?: number;
  /** The very node of the recipe that asked for it, so that a caller can find its place in a text. */
  readonly about?: RecipeNode;
}

export type DataResult<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly problems: readonly DataProblem[] };

/** A table of text: comma, tab, semicolon or bar separated. */
export interface CsvSource {
  readonly kind: 'csv';
  readonly file: string;
  /** Guessed when absent. */
  readonly delimiter?: string;
  /** Whether the first row holds names; guessed when absent. */
  readonly header?: boolean;
}
/** Two IDX files, the format of MNIST. */
export interface IdxSource {
  readonly kind: 'idx';
  readonly images: string;
  readonly labels: string;
}
/** Rows written out; `names` and the widths come from the head of the block (`x[2] -> y[1]`). */
export interface InlineSource {
  readonly kind: 'inline';
  readonly inputs: readonly (readonly number[])[];
  readonly targets: readonly (readonly number[])[];
  readonly width?: { readonly inputs: number; readonly targets: number };
  /** Names of the inputs, then of the targets. */
  readonly names?: readonly string[];
}
export type DataSource = CsvSource | IdxSource | InlineSource;

/**
 * How columns come about. Leaves take them from the source, the others work on what `of` gives. `fit` is what was measured on
 * the training rows: absent in a recipe as written, present in the one that `buildDataSet` hands back, where it is used as it is.
 */
export type Pipeline =
  /** Columns `from` to `to` of a table, from 1, both included. For inline rows the targets follow the inputs. */
  | { readonly kind: 'columns'; readonly from: number; readonly to: number }
  /** One column, by its name or by its number from 1. */
  | { readonly kind: 'column'; readonly column: string | number }
  /** All pixels of the images (IDX), row by row of the image. */
  | { readonly kind: 'pixels' }
  /** The labels (IDX): one column. */
  | { readonly kind: 'labels' }
  /** The left and the right side of inline rows. */
  | { readonly kind: 'inputs' }
  | { readonly kind: 'targets' }
  /** Side by side. */
  | { readonly kind: 'join'; readonly of: readonly Pipeline[] }
  /** Mean 0 and standard deviation 1 (dividing by n) over the training rows; pixels are one quantity with one mean. */
  | { readonly kind: 'standardize'; readonly of: Pipeline; readonly fit?: StandardizeFit }
  /**
   * Linear, so that the training rows span [low, high]: column by column; pixels as one quantity, bytes from 0 to 255.
   * Rows outside the training rows' range land outside [low, high], unless `clip` moves them to its nearer end.
   */
  | { readonly kind: 'scale'; readonly of: Pipeline; readonly low: number; readonly high: number; readonly clip?: boolean; readonly fit?: ScaleFit }
  /**
   * One column per class of a single column. Classes are those of all rows of the source that is split, numbers ascending, text
   * by character code; or 0 … classes − 1; or those listed.
   */
  | { readonly kind: 'onehot'; readonly of: Pipeline; readonly classes?: number | readonly string[]; readonly fit?: OnehotFit };

/** One entry for every column, or one for all of them (pixels). Value ↦ (value − mean) / deviation. */
export interface StandardizeFit {
  readonly mean: readonly number[];
  readonly deviation: readonly number[];
}
/** One entry for every column, or one for all of them (pixels). Value ↦ low + (high − low)·(value − least) / (most − least). */
export interface ScaleFit {
  readonly least: readonly number[];
  readonly most: readonly number[];
}
export interface OnehotFit {
  readonly classes: readonly string[];
}

/** Training rows: this part of them (0 < fraction ≤ 1), the rest is held out; stratified by class when there are classes. */
export interface Split {
  readonly fraction: number;
  readonly seed: number;
}

/** A data set as the user describes it. */
export interface DataRecipe {
  readonly name: string;
  readonly source: DataSource;
  /** Defaults: `inputs` for inline rows, `pixels` for IDX; a table has none. */
  readonly x?: Pipeline;
  /** Defaults: `targets` for inline rows, `onehot(labels)` for IDX; a table has none. */
  readonly y?: Pipeline;
  readonly split?: Split;
  /** A source of its own for the held-out rows, of the same kind; instead of `split`. */
  readonly test?: DataSource;
  /** Width of the numbers; by default single (32 bits) for IDX, double for the rest. */
  readonly precision?: 'single' | 'double';
}
export type RecipeNode = DataRecipe | DataSource | Pipeline | Split;

/** What the host read for a file: a table as text, IDX as bytes, or why it could not be read. */
export type FileContent = string | Uint8Array | { readonly failed: string };
/** Contents by the file's name as the recipe writes it. */
export type DataFiles = ReadonlyMap<string, FileContent>;
