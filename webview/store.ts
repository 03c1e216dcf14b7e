/** What the lab shows, as one value; every change is an action on it. The views draw it, the controller acts on it. */
import type { RunSettings } from './defaults.ts';
import { defaultRun, defaultVisible } from './defaults.ts';
import { isArrayOf, isBoolean, isCount, isNumber, isObject, isOneOf, isOptional, isRecord, isRecordOf, isString, either, type Guard } from './guards.ts';
import { isLabMethod, type KeptPart, type LabSettings } from './protocol.ts';
import type { RunSetting } from './analysis-protocol.ts';
import { initialsOf } from './initials.ts';
import type { Courses, Entry } from './series.ts';
import { keptElsewhere } from './slices/training.ts';
import { pinsElsewhere } from './slices/trajectories.ts';
import { initialSlices, keepSlices, reduceSlices, restoreSlices, type SliceAction, type Slices } from './slices/index.ts';
import { colourKey, entriesOf } from './series.ts';
import type { FromWorker, ModelSummary, ModuleOffer, Problem, RunRequest, RunResult, Until } from './worker-protocol.ts';

/** Which view is shown; see `view/tabs/`. */
export type Tab = 'trajectories' | 'fixed-point' | 'training' | 'noise' | 'network' | 'odes' | 'reactions';

/** What curves are drawn from. */
export interface Drawn {
  readonly entries: readonly Entry[];
  readonly result: { readonly trajectory: Courses; readonly final: Float64Array };
}

/** A result with the model it belongs to. */
export interface Shown {
  readonly model: ModelSummary;
  readonly entries: readonly Entry[];
  readonly result: RunResult;
  /** The run was still going on: the curves so far. */
  readonly partial?: boolean;
}

export interface Progress {
  readonly t: number;
  readonly steps: number;
  readonly residual: number;
  readonly fraction?: number;
}

export interface LabState {
  readonly document?: { readonly uri: string; readonly name: string };
  readonly settings: LabSettings;
  /** What the text says: nothing yet, being read, a model, errors, or no species at all. */
  readonly phase: 'waiting' | 'loading' | 'ready' | 'errors' | 'empty';
  readonly model?: ModelSummary;
  readonly entries: readonly Entry[];
  readonly problems: readonly Problem[];
  /** What a text without species has instead. */
  readonly modules?: ModuleOffer;
  readonly experiment?: string;
  /** Run settings the user has set by hand; they outlive edits of the text. */
  readonly method?: LabSettings['method'];
  readonly until?: Until;
  /** Whether that is the latest end of a run to the experiment's condition; otherwise it takes its place. */
  readonly toCondition?: boolean;
  /** Where the first run with an automatic end ended: the end of those that follow, so that the axis stays as it is. */
  readonly foundEnd?: number;
  /** Fingerprint of the text and its imports that the model, or before it is read what was kept, belongs to. */
  readonly read?: string;
  /** Parameter values set by hand, by name. */
  readonly overrides: Readonly<Record<string, number>>;
  /** Keys of shown curves once there is a choice. */
  readonly visible?: ReadonlySet<string>;
  /** True when the user made the choice, so that edits keep it. */
  readonly chosen: boolean;
  readonly expanded: ReadonlySet<string>;
  /** Colour of each curve or bundle, by `colourKey`: kept across runs. */
  readonly colours: ReadonlyMap<string, number>;
  /** The tab last chosen, see `tabOf`; one that means nothing for the present model is not shown. */
  readonly tab?: Tab;
  /** What belongs to single tabs. */
  readonly slices: Slices;
  readonly running: boolean;
  readonly progress?: Progress;
  readonly shown?: Shown;
  /** The curve before a slider moved, drawn dimmed. */
  readonly ghost?: Shown;
  /** Why the last run or load gave nothing. */
  readonly failure?: string;
}

export const defaultSettings: LabSettings = { rtol: 1e-6, atol: 1e-9, method: 'auto', points: 2000 };

export const initialLab: LabState = {
  settings: defaultSettings, phase: 'waiting', entries: [], problems: [], overrides: {}, chosen: false, expanded: new Set(),
  colours: new Map(), slices: initialSlices, running: false,
};

export type Action =
  | { readonly type: 'document'; readonly uri: string; readonly name: string }
  | { readonly type: 'settings'; readonly settings: LabSettings }
  /** `read`: of a text that was read, its fingerprint with its imports. */
  | { readonly type: 'worker'; readonly message: FromWorker; readonly read?: string }
  | { readonly type: 'started' }
  | { readonly type: 'stopped' }
  | { readonly type: 'experiment'; readonly name: string | undefined }
  | { readonly type: 'method'; readonly method: LabSettings['method'] }
  /** `toCondition`: the latest end of a run to the experiment's condition. */
  | { readonly type: 'until'; readonly until: Until; readonly toCondition?: boolean }
  | { readonly type: 'parameter'; readonly name: string; readonly value: number }
  | { readonly type: 'reset'; readonly name?: string }
  /** A slider starts to move: what is drawn now stays behind, dimmed. */
  | { readonly type: 'grab' }
  | { readonly type: 'show'; readonly keys: readonly string[]; readonly shown: boolean }
  | { readonly type: 'isolate'; readonly keys: readonly string[] }
  | { readonly type: 'expand'; readonly key: string }
  | { readonly type: 'tab'; readonly tab: Tab }
  | { readonly type: 'failed'; readonly message: string }
  | SliceAction;

/** A copy without some optional fields (a field that is absent is not `undefined` here). */
function without<K extends keyof LabState>(state: LabState, ...keys: readonly K[]): Omit<LabState, K> {
  const copy: Partial<LabState> = { ...state };
  for (const key of keys) delete copy[key];
  return copy as Omit<LabState, K>;
}

export function currentExperiment(state: LabState): ModelSummary['experiments'][number] | undefined {
  const experiments = state.model?.experiments ?? [];
  return experiments.find((experiment) => experiment.name === state.experiment) ?? experiments[0];
}

/** The tab chosen; before there is a choice a text that asks for trainings and no simulation begins with those. */
export function tabOf({ tab, model }: LabState): Tab {
  return tab ?? (model !== undefined && model.experiments.length === 0 && model.trainings.length > 0 ? 'training' : 'trajectories');
}

/** Method and end as they stand: set by hand, by the experiment, or by default. */
export function runSettings(state: LabState): RunSettings | undefined {
  if (state.model === undefined) return undefined;
  const given = defaultRun(currentExperiment(state), state.settings);
  const until = state.until ?? given.until, condition = state.until === undefined || state.toCondition === true ? given.condition : undefined;
  return { method: state.method ?? given.method, until: until === 'automatic' ? (state.foundEnd ?? until) : until, ...(condition === undefined ? {} : { condition }) };
}

/** What the present run is made with, beside its end; undefined while there is nothing to run. */
export function runSetting(state: LabState): RunSetting | undefined {
  const request = runRequest(state);
  if (request === undefined) return undefined;
  const { overrides, initial = {}, off, rtol, atol } = request;
  return { overrides, initial, off, rtol, atol };
}

/** The request for a run of what the state says, or undefined while there is nothing to run. */
export function runRequest(state: LabState): RunRequest | undefined {
  const run = runSettings(state);
  if (run === undefined || state.model === undefined || state.phase !== 'ready' || state.model.dimension === 0) return undefined;
  const experiment = currentExperiment(state);
  const { molecules } = state.slices.trajectories, initial = initialsOf(state.model, state.slices.trajectories.initials);
  const names = new Set(state.model.parameters.map((parameter) => parameter.name));
  return {
    overrides: Object.fromEntries(Object.entries(state.overrides).filter(([name]) => names.has(name))),
    until: run.until, method: run.method,
    ...(run.condition === undefined || experiment === undefined ? {} : { condition: experiment.name }),
    rtol: experiment?.rtol ?? state.settings.rtol, atol: experiment?.atol ?? state.settings.atol,
    points: experiment?.points ?? state.settings.points, off: experiment?.off ?? [],
    ...(Object.keys(initial).length === 0 ? {} : { initial }),
    // A method set by hand integrates the rate equations.
    ...(experiment?.molecules === undefined || state.method !== undefined ? {} : { molecules: { ...experiment.molecules, ...molecules } }),
  };
}

function withColours(state: LabState): LabState {
  const visible = state.visible;
  if (visible === undefined) return state;
  const shown = state.entries.flatMap((entry) => entry.members.filter((member) => visible.has(member.key)).map((member) => colourKey(entry, member)));
  const missing = new Set(shown.filter((key) => !state.colours.has(key)));
  if (missing.size === 0) return state;
  const colours = new Map(state.colours);
  const taken = new Set(colours.values());
  let next = 0;
  for (const key of missing) {
    while (taken.has(next)) next++;
    taken.add(next);
    colours.set(key, next);
  }
  return { ...state, colours };
}

/** Bundles with a few differently coloured curves are open at first, so that the legend says which is which. */
function smallBundles(entries: readonly Entry[], visible: ReadonlySet<string>): ReadonlySet<string> {
  const open = entries.filter((entry) => entry.primary.length > 1 && entry.members.some((member) => visible.has(member.key) && colourKey(entry, member) !== entry.key));
  return new Set(open.map((entry) => entry.key));
}

/** Shows a result; chooses its curves unless there is a choice already. */
function withResult(state: LabState, result: RunResult, partial: boolean): LabState {
  if (state.model === undefined) return state;
  const shown: Shown = { model: state.model, entries: state.entries, result, ...(partial ? { partial } : {}) };
  const keys = new Set(state.entries.flatMap((entry) => entry.members.map((member) => member.key)));
  const kept = state.chosen && state.visible !== undefined && [...state.visible].some((key) => keys.has(key));
  // While parameters move the choice stays as it is: a legend that changes under the hand is no help. What was chosen from
  // the first moments of a long run is chosen again when it has ended.
  const same = state.shown?.model === state.model && state.visible !== undefined && (partial || state.shown.partial !== true);
  const visible = kept || same ? state.visible : defaultVisible(state.entries, result.trajectory, currentExperiment(state));
  const expanded = kept || same || visible === undefined ? state.expanded : smallBundles(state.entries, visible);
  return withColours({ ...state, shown, expanded, ...(visible === undefined ? {} : { visible }), ...(result.foundEnd === undefined ? {} : { foundEnd: result.foundEnd }) });
}

function hear(state: LabState, message: FromWorker, read?: string): LabState {
  switch (message.type) {
    case 'loaded': {
      const entries = entriesOf(message.model);
      // After a reload of the window the same text is shown as far as before.
      const again = state.model === undefined && read !== undefined && read === state.read && state.foundEnd !== undefined;
      return withColours({ ...without(state, 'failure', 'foundEnd', 'read'), phase: 'ready', model: message.model, entries, problems: message.problems, ...(again ? { foundEnd: state.foundEnd } : {}), ...(read === undefined ? {} : { read }) });
    }
    case 'rejected':
      return { ...without(state, 'progress', 'failure', 'modules'), phase: message.reason, problems: message.problems, running: false, ...(message.modules === undefined ? {} : { modules: message.modules }) };
    case 'needImports':
      return state;
    case 'progress': {
      const { t, steps, residual, fraction } = message;
      const next: LabState = { ...state, progress: { t, steps, residual, ...(fraction === undefined ? {} : { fraction }) } };
      return message.partial === undefined ? next : withResult(next, message.partial, true);
    }
    case 'finished':
      return { ...withResult(without(state, 'progress', 'failure'), message.result, false), running: false };
    case 'failed':
      return { ...without(state, 'progress'), running: false, failure: message.message };
  }
}

export function reduce(state: LabState, action: Action): LabState {
  const slices = reduceSlices(state.slices, action);
  return reduceLab(slices === state.slices ? state : { ...state, slices }, action);
}

function reduceLab(state: LabState, action: Action): LabState {
  switch (action.type) {
    case 'document': {
      const same = state.document?.uri === action.uri;
      return { ...without(state, 'ghost'), document: { uri: action.uri, name: action.name }, phase: same && state.model !== undefined ? state.phase : 'loading' };
    }
    case 'settings':
      return { ...state, settings: action.settings };
    case 'worker':
      return hear(state, action.message, action.read);
    case 'started':
      return { ...without(state, 'progress', 'failure'), running: true };
    case 'stopped':
      return { ...without(state, 'progress'), running: false };
    case 'experiment': {
      // A newly picked experiment speaks for itself: end, method and curves are its own again.
      const next = { ...without(state, 'method', 'until', 'toCondition', 'foundEnd', 'visible', 'ghost', 'experiment'), chosen: false, ...(tabOf(state) === 'training' ? { tab: 'trajectories' as const } : {}) };
      return action.name === undefined ? next : { ...next, experiment: action.name };
    }
    case 'method':
      return { ...state, method: action.method };
    case 'until':
      return { ...without(state, 'foundEnd', 'toCondition'), until: action.until, ...(action.toCondition === true ? { toCondition: true } : {}) };
    case 'parameter':
      return { ...state, overrides: { ...state.overrides, [action.name]: action.value } };
    case 'reset': {
      const { name } = action;
      const overrides = name === undefined ? {} : Object.fromEntries(Object.entries(state.overrides).filter(([key]) => key !== name));
      return { ...(name === undefined ? without(state, 'ghost') : state), overrides };
    }
    case 'grab':
      return state.shown === undefined ? state : { ...state, ghost: state.shown };
    case 'show': {
      const visible = new Set(state.visible);
      for (const key of action.keys) {
        if (action.shown) visible.add(key);
        else visible.delete(key);
      }
      return withColours({ ...state, visible, chosen: true });
    }
    case 'isolate':
      return withColours({ ...state, visible: new Set(action.keys), chosen: true });
    case 'expand': {
      const expanded = new Set(state.expanded);
      if (!expanded.delete(action.key)) expanded.add(action.key);
      return { ...state, expanded };
    }
    case 'tab':
      return { ...state, tab: action.tab };
    case 'failed':
      return { ...state, running: false, failure: action.message };
    case 'training':
      return { ...state, tab: 'training' };
    default:
      // An action of a tab, which its slice has dealt with.
      return state;
  }
}

// ---------------------------------------------------------------- kept across a reload of the window

/** What is kept: the document and what the user has chosen, no numbers that can be computed again. */
export interface KeptLab {
  readonly uri: string;
  readonly experiment?: string;
  readonly method?: LabSettings['method'];
  readonly until?: Until;
  readonly toCondition?: boolean;
  readonly overrides: Readonly<Record<string, number>>;
  readonly visible?: readonly string[];
  readonly foundEnd?: number;
  readonly read?: string;
  readonly colours?: Readonly<Record<string, number>>;
  readonly expanded: readonly string[];
  readonly tab?: Tab;
  readonly slices: Readonly<Record<string, unknown>>;
}

/** Colours of more curves than these are given out anew. */
const MOST_COLOURS = 500;

const isPositiveNumber: Guard<number> = (value): value is number => isNumber(value) && value > 0;

const isKeptLab = isObject<{ [K in keyof Required<KeptLab>]: KeptLab[K] | undefined }>({
  uri: isString, experiment: isOptional(isString), method: isOptional(isLabMethod),
  until: isOptional(either(isPositiveNumber, isOneOf('fixed point', 'automatic'))), toCondition: isOptional(isBoolean), overrides: isRecordOf(isNumber),
  visible: isOptional(isArrayOf(isString)), foundEnd: isOptional(isPositiveNumber), read: isOptional(isString), colours: isOptional(isRecordOf(isCount)), expanded: isArrayOf(isString),
  tab: isOptional(isOneOf('trajectories', 'fixed-point', 'training', 'noise', 'network', 'odes', 'reactions')), slices: isRecord,
});

export function keep(state: LabState): KeptLab | undefined {
  if (state.document === undefined) return undefined;
  const { experiment, method, until, toCondition, foundEnd, read, colours, tab } = state;
  return {
    uri: state.document.uri, overrides: state.overrides, expanded: [...state.expanded], ...(tab === undefined ? {} : { tab }), slices: keepSlices(state.slices),
    colours: Object.fromEntries([...colours].slice(0, MOST_COLOURS)), ...(foundEnd === undefined ? {} : { foundEnd }), ...(read === undefined ? {} : { read }),
    ...(experiment === undefined ? {} : { experiment }),
    ...(method === undefined ? {} : { method }),
    ...(until === undefined ? {} : { until }),
    ...(toCondition === undefined ? {} : { toCondition }),
    ...(state.chosen && state.visible !== undefined ? { visible: [...state.visible] } : {}),
  };
}

/** The state to start from after a reload; what does not pass its check is ignored. */
export function restore(kept: unknown): LabState {
  if (!isKeptLab(kept)) return initialLab;
  const { experiment, method, until, toCondition, visible, foundEnd, read, tab } = kept;
  return {
    ...initialLab, colours: new Map(Object.entries(kept.colours ?? {})), ...(foundEnd === undefined ? {} : { foundEnd }), ...(read === undefined ? {} : { read }), overrides: kept.overrides ?? {}, expanded: new Set(kept.expanded), ...(tab === undefined ? {} : { tab }), slices: restoreSlices(kept.slices ?? {}),
    ...(experiment === undefined ? {} : { experiment }),
    ...(method === undefined ? {} : { method }),
    ...(until === undefined ? {} : { until }),
    ...(toCondition === undefined ? {} : { toCondition }),
    ...(visible === undefined ? {} : { visible: new Set(visible), chosen: true }),
  };
}

/** What the host keeps of a state because it was too large for the page's own. */
export function partsElsewhere(kept: unknown): readonly KeptPart[] {
  if (!isKeptLab(kept)) return [];
  return [...(keptElsewhere(kept.slices?.['training']) ? ['training'] as const : []), ...(pinsElsewhere(kept.slices?.['trajectories']) ? ['pins'] as const : [])];
}
