/** The data of a training: from its statement and the files that it names to numbers, or to problems with their places. */
import { t } from '../../../l10n/index.ts';
import { buildDataSet, filesOf, negativeInput, recipeFromStatement, type BuiltDataSet, type DataProblem, type FileContent, type StatementRecipe } from '../../../exchange/index.ts';
import type { Analysis, DataInfo, PotPlan } from '../../../chemistry/index.ts';
import type { Span } from '../../../grammar/index.ts';
import type { DataFile, DataRequest } from '../../protocol.ts';
import type { Problem, TextPlace } from '../../worker-protocol.ts';

/** Code of everything that is wrong with data; see the manual. */
const CODE = 'CRN816';

export class TrainingDataSource {
  readonly name: string;
  readonly #info: DataInfo;
  readonly #line: (place: TextPlace) => number;
  readonly #read: StatementRecipe | undefined;
  readonly #problems: readonly Problem[];

  /** @param line line of a place in the text, from 1 */
  constructor(info: DataInfo, line: (place: TextPlace) => number) {
    this.name = info.name;
    this.#info = info;
    this.#line = line;
    const read = recipeFromStatement(info.statement);
    this.#read = read.ok ? read.value : undefined;
    this.#problems = read.ok ? [] : read.problems.map(({ span, message }) => this.#problem(span, message));
  }

  static of(analysis: Analysis, name: string, line: (place: TextPlace) => number): TrainingDataSource | undefined {
    const info = analysis.data.find((data) => data.name === name);
    return info === undefined ? undefined : new TrainingDataSource(info, line);
  }

  /** The statement as it stands, without the way it is laid out: whether an edit changed it. */
  get fingerprint(): string {
    return JSON.stringify(this.#info.statement, (key, value: unknown) => (key === 'start' || key === 'end' ? undefined : value));
  }

  get problems(): readonly Problem[] {
    return this.#problems;
  }

  get #from(): string | null {
    return this.#info.place.file ?? null;
  }

  get requests(): readonly DataRequest[] {
    return this.#read === undefined ? [] : filesOf(this.#read.recipe).map(({ file }) => ({ path: file, from: this.#from }));
  }

  build(files: readonly DataFile[], plan: PotPlan): { readonly built: BuiltDataSet } | { readonly problems: readonly Problem[] } {
    if (this.#read === undefined) return { problems: this.#problems };
    const { recipe } = this.#read, contents = new Map<string, FileContent>();
    for (const { file, as } of filesOf(recipe)) {
      const found = files.find(({ path, from }) => path === file && from === this.#from);
      if (found !== undefined) contents.set(file, contentOf(found, as));
    }
    const result = buildDataSet(recipe, contents);
    if (!result.ok) return { problems: result.problems.map((problem) => this.#fault(problem)) };
    const misfit = this.#misfit(plan, result.value) ?? this.#negative(plan, result.value);
    return misfit === undefined ? { built: result.value } : { problems: [misfit] };
  }

  /** Widths are in the text for rows in the text; for files they are known only now. */
  #misfit(plan: PotPlan, { data }: BuiltDataSet): Problem | undefined {
    const size = (id: number): number => {
      const block = plan.network.blocks[id]!;
      return block.kind === 'dual' ? block.size / 2 : block.size;
    };
    for (const [wanted, found, setting] of [[size(plan.inputs), data.inputs.columns, 'x'], [size(plan.outputs), data.targets.columns, 'y']] as const) {
      if (wanted === found) continue;
      return this.#problem(this.#info.statement.name, setting === 'x'
        ? t('{0} has {1} columns for the inputs, but the network {2} has {3} inputs. Change its size in the network, or x = … of the data; nothing is trained.', this.name, found, plan.name, wanted)
        : t('{0} has {1} columns for the outputs, but the network {2} has {3} outputs. Change its size in the network, or y = … of the data; nothing is trained.', this.name, found, plan.name, wanted));
    }
    return undefined;
  }

  #negative(plan: PotPlan, built: BuiltDataSet): Problem | undefined {
    const negative = plan.network.blocks[plan.inputs]!.kind === 'dual' ? undefined : negativeInput(built);
    return negative === undefined ? undefined : this.#fault(negative);
  }

  #fault(problem: DataProblem): Problem {
    const { file, row, column, message } = problem;
    const place = file === undefined ? undefined : [file, row, row === undefined ? undefined : column].filter((part) => part !== undefined).join(':');
    return this.#problem(this.#read?.spanOf(problem) ?? this.#info.statement.name, place === undefined ? message : `\`${place}\` ${message}`);
  }

  #problem(span: Span, message: string): Problem {
    const { unit, file } = this.#info.place, place = { uri: file ?? null, start: unit.start + span.start, end: unit.start + span.end };
    return { code: CODE, severity: 'error', message, place, line: this.#line(place) };
  }
}

function contentOf(file: DataFile, as: 'text' | 'bytes'): FileContent {
  if ('error' in file) return { failed: file.error };
  if (as === 'bytes') return file.bytes;
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(file.bytes);
  } catch {
    return { failed: t('it is not written in UTF-8. Save it in that encoding.') };
  }
}
