/** Networks of neurons as files among the files of an analysis, and what the finished analysis tells of them. */
import { t } from '../../l10n/index.ts';
import type { SyntaxTree } from '../../grammar/index.ts';
import type { DataInfo, ImportResolver, NetworkInfo, RunnableTraining, SweepInfo, TrainingInfo } from '../analysis.ts';
import type { Diagnostic } from '../diagnostic.ts';
import { networkDoesNotCompile } from '../diagnostics/crn729-network-does-not-compile.ts';
import { factsOf } from '../names/facts.ts';
import { SourceFile } from '../names/files.ts';
import { declareNames } from '../names/link.ts';
import { notableUnits } from '../names/units.ts';
import type { Network } from '../network.ts';
import { readNeural, treeOfText } from './compile.ts';
import type { CompiledNetworkText, NeuralResult } from './compile.ts';
import { isVirtual, libraryNames, libraryTree, LIBRARY_SCHEME } from './library.ts';
import { potPlan } from './network-plan.ts';
import { networkText } from './network-text.ts';
import type { PotPlan } from './plan.ts';
import type { NetworkSpec } from './spec.ts';
import { varied } from './variant.ts';
import type { TrainingText, Variation } from './variant.ts';

/** What an analysis tells of neurons. */
export interface NeuralView {
  readonly networks: readonly NetworkInfo[];
  readonly trainings: readonly TrainingInfo[];
  readonly data: readonly DataInfo[];
  readonly sweeps: readonly SweepInfo[];
  /** Says at the network what is wrong in the text that it was compiled to. */
  failed(diagnostic: Diagnostic, report: (diagnostic: Diagnostic) => void): void;
}

export const NO_NEURONS: NeuralView = { networks: [], trainings: [], data: [], sweeps: [], failed: () => undefined };

/** Imports of `onepot:…` read the library, whoever resolves the others. */
export function withLibrary(resolve: ImportResolver | undefined): ImportResolver | undefined {
  return (path, from) => {
    if (isVirtual(path)) {
      const tree = libraryTree(path);
      return tree === undefined ? { error: t('the library has {0}', libraryNames.map((name) => LIBRARY_SCHEME + name).join(', ')) } : { uri: path, tree };
    }
    return resolve === undefined ? { error: t('imports cannot be read here') } : resolve(path, from);
  };
}

const NEURAL = new Set(['Activation', 'Neuron', 'Network', 'Data', 'Train', 'Noise', 'Sweep']);

/** Reads the statements about neurons of all files and adds the texts that their networks stand for. */
export class MadeFiles {
  /** All files, made ones before the file that they stand in; undefined while there is nothing of neurons. */
  files: SourceFile[] | undefined;
  private readonly original: readonly SourceFile[];
  private readonly report: (diagnostic: Diagnostic) => void;
  private readonly byUri = new Map<string, SourceFile>();
  private readonly compiled: { readonly network: CompiledNetworkText; failed: boolean }[] = [];
  private main: { readonly source: SourceFile; readonly result: NeuralResult } | undefined;

  constructor(files: readonly SourceFile[], report: (diagnostic: Diagnostic) => void) {
    this.original = files;
    this.report = report;
    for (const file of files) if (file.file !== undefined) this.byUri.set(file.file, file);
  }

  add(source: SourceFile, main: boolean): void {
    if (isVirtual(source.file) || !notableUnits(source.tree).some(({ statement }) => NEURAL.has(statement.kind))) return;
    this.files ??= [...this.original];
    const result = readNeural(source, main, this.report);
    if (main) this.main = { source, result };
    for (const network of result.networks) {
      const uri = source.file === undefined ? network.uri : `${network.uri}@${source.file}`;
      this.compiled.push({ network: { ...network, uri }, failed: false });
      source.addMade(this.file(uri, treeOfText(network.text), source));
    }
  }

  /** A made file and the library texts that it imports, put before another file. */
  private file(uri: string, tree: SyntaxTree, before: SourceFile): SourceFile {
    const made = new SourceFile(tree, uri);
    for (const unit of notableUnits(tree)) {
      for (const statement of factsOf(unit).imports) {
        const path = statement.path.value;
        const text = libraryTree(path);
        if (text !== undefined) made.imports.push({ unit, statement, target: this.byUri.get(path) ?? this.file(path, text, before) });
      }
    }
    declareNames(made, this.report);
    this.byUri.set(uri, made);
    this.files?.splice(this.files.indexOf(before), 0, made);
    return made;
  }

  view(networkOf: (tree: SyntaxTree) => Network): NeuralView {
    const { main, compiled } = this;
    const place = (name: CompiledNetworkText): NetworkInfo['place'] => name.source.place(name.unit, name.statement.name);
    const own = compiled.filter(({ network }) => network.source === main?.source);
    return {
      networks: own.map(({ network }): NetworkInfo => ({
        name: network.spec.name, place: place(network), spec: network.spec, text: network.text, uri: network.uri,
        get plan(): PotPlan { return planOf(network.spec, network.text, networkOf); },
      })),
      trainings: (main?.result.trainings ?? []).map(({ statement, unit, settings, spec, text }) => {
        const shared: TrainingInfo = {
          ...(statement.name === undefined ? {} : { name: statement.name.text }), network: statement.network.text, data: statement.data.text, settings,
          place: main?.source.place(unit, statement) ?? { unit, span: statement },
        };
        return spec === undefined || text === undefined ? shared : planned({ ...shared, ...(text.noise === undefined ? {} : { noise: text.noise }) }, spec, text, networkOf);
      }),
      data: [...(main?.result.data ?? [])].flatMap(([name, facts]): DataInfo[] => {
        const entity = main?.source.names.data.get(name);
        return entity?.declared.node.kind === 'data' ? [{ name, place: entity.source.place(entity.unit, entity.declared.name), statement: entity.declared.node.data, facts }] : [];
      }),
      sweeps: (main?.result.sweeps ?? []).map(({ statement, unit, target, axes, replicas, plot, text }): SweepInfo => ({
        name: statement.name.text, place: main?.source.place(unit, statement) ?? { unit, span: statement }, target, axes, replicas,
        ...(plot === undefined ? {} : { plot }), ...(text === undefined ? {} : { vary: (variation: Variation) => runnable(text, variation, networkOf) }),
      })),
      failed: (diagnostic, report) => {
        const entry = compiled.find(({ network }) => network.uri === diagnostic.file) ?? compiled[0];
        if (entry === undefined || entry.failed) return;
        entry.failed = true;
        report(networkDoesNotCompile(place(entry.network), entry.network.spec.name, diagnostic.message));
      },
    };
  }
}

/** With a plan and its text, which are made when asked for. */
function planned(shared: TrainingInfo, spec: NetworkSpec, training: TrainingText, networkOf: (tree: SyntaxTree) => Network): TrainingInfo {
  return {
    ...shared,
    vary: (variation) => runnable(training, variation, networkOf),
    get plan() { return planOf(spec, networkText(spec), networkOf); },
    get text() { return networkText(spec); },
  };
}

function runnable(text: TrainingText, variation: Variation, networkOf: (tree: SyntaxTree) => Network): RunnableTraining {
  const { spec, settings, noise } = varied(text, variation);
  return { plan: planOf(spec, networkText(spec), networkOf), settings, ...(noise === undefined ? {} : { noise }) };
}

const networks = new WeakMap<SyntaxTree, Network>();

function planOf(spec: NetworkSpec, text: string, networkOf: (tree: SyntaxTree) => Network): PotPlan {
  const tree = treeOfText(text);
  let network = networks.get(tree);
  if (network === undefined) networks.set(tree, (network = networkOf(tree)));
  return potPlan(spec, network);
}
