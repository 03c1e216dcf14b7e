/** The lab's page: connects the host, the state, the views and the worker. It draws and listens; it computes nothing. */
import { language, speak, t } from '../l10n/index.ts';
import 'uplot/dist/uPlot.min.css';
import './lab.css';
import type { AnalysisWorkerLike } from './analysis-client.ts';
import { AnalysisDesk } from './analysis-desk.ts';
import { FirstCurve } from './first-curve.ts';
import { KnownAnswers } from './first-run/known-answers.ts';
import { readOf, type FirstRun } from './first-run/first-run.ts';
import { takeLine } from './page-host.ts';
import type { ImportedFile, LabMessage, SaveFormat } from './protocol.ts';
import { isHostMessage, MOST_HIGHLIGHTED } from './protocol.ts';
import type { Action, LabState } from './store.ts';
import { currentExperiment, keep, partsElsewhere, reduce, restore, runRequest } from './store.ts';
import type { TrainingWorkerLike } from './training-client.ts';
import { TrainingDesk } from './training-desk.ts';
import { pinsOf, pinsText } from './kept-pins.ts';
import { savedBytes } from './saved.ts';
import { WorkerClient, type WorkerLike } from './worker-client.ts';
import { WorkerLater } from './worker-later.ts';
import { takeWorkers } from './workers.ts';
import type { FromWorker, TextPlace } from './worker-protocol.ts';
import { moleculeSliders, movableInitials } from './initials.ts';
import { h, setText } from './view/dom.ts';
import { ExperimentPicker } from './view/experiment-picker.ts';
import { LegendView } from './view/legend.ts';
import { FooterView, MessagesView } from './view/messages.ts';
import { SlidersView, type Movable } from './view/sliders.ts';
import { languageOfPage } from './view/page-language.ts';
import { onThemeChange, readTheme } from './view/theme.ts';
import { TabBar } from './view/tab-bar.ts';
import { makeTabs } from './view/tabs/index.ts';
import type { SavedView } from './view/tabs/tab.ts';
import { ToolbarView } from './view/toolbar.ts';
import { TrainingToolbar } from './view/training-toolbar.ts';

const spoken = languageOfPage();
speak(spoken);
document.documentElement.lang = language();
const host = takeLine();
const send = (message: LabMessage): void => host.postMessage(message);
let state: LabState = restore(host.getState());
const elsewhere = partsElsewhere(host.getState());
let text: { uri: string; text: string } | undefined;
let imports: readonly ImportedFile[] = [];
let runs = 0;
const firstCurve = new FirstCurve();
const version = document.querySelector<HTMLMetaElement>('meta[name="onepot-version"]')?.content ?? '';

// ---------------------------------------------------------------- views

let theme = readTheme();
const reveal = ({ uri, start, end }: TextPlace): void => send({ type: 'reveal', uri, start, end });
const toolbar = new ToolbarView({
  dispatch, run,
  stop: () => { client.stop(); dispatch({ type: 'stopped' }); },
});
const desk = new TrainingDesk({ state: () => state, dispatch, send });
const analyses = new AnalysisDesk(() => state, dispatch);
const trainingToolbar = new TrainingToolbar({
  dispatch, train: () => desk.train(), pause: () => desk.pause(), step: () => desk.step(), stop: () => desk.stop(), restart: () => desk.restart(),
});
const experiments = new ExperimentPicker(dispatch);
const { tabs, highlight } = makeTabs();
const tabBar: TabBar = new TabBar(tabs, {
  theme, dispatch, reveal, point: (keys) => { tellPointed(keys); legend.point(entryWith(keys)?.key); }, cursor: (index) => legend.setCursor(index), stopAsking: (kind) => analyses.stop(kind), askAgain: (kind) => analyses.again(kind),
}, { dispatch, save });
const legend = new LegendView(theme, { dispatch, highlight: lookAt });
const sliders = new SlidersView(t('Parameters'), 'sliders', {
  grab: () => dispatch({ type: 'grab' }), move: (name, value) => dispatch({ type: 'parameter', name, value }), reset: (name) => dispatch({ type: 'reset', ...(name === undefined ? {} : { name }) }),
});
const initials = new SlidersView(t('Initial values'), 'initials', {
  grab: () => dispatch({ type: 'grab' }), move: (name, value) => dispatch({ type: 'initial', name, value }), reset: (name) => dispatch({ type: 'initial', ...(name === undefined ? {} : { name }) }),
});
const initialsFold = h('details', { class: 'fold', id: 'initials-fold' }, h('summary', {}, t('Initial values')), initials.element);
const molecules = new SlidersView(t('Molecules'), 'molecules', {
  grab: () => dispatch({ type: 'grab' }), move: (name, value) => dispatch({ type: 'molecules', name, value }), reset: (name) => dispatch({ type: 'molecules', ...(name === undefined ? {} : { name }) }),
});
let movables: { readonly of: unknown; readonly initials: ReturnType<typeof movableInitials> } = { of: undefined, initials: [] };
let moleculeMovables: { readonly of: unknown; readonly list: readonly Movable[] } = { of: undefined, list: [] };
const messages = new MessagesView(reveal);
const footer = new FooterView(reveal);
const simulationSide = h('div', { class: 'side-of-tab' }, h('div', { class: 'side-sliders' }, sliders.element, molecules.element, initialsFold), legend.element);
const work = h('div', { class: 'work' }, h('main', { class: 'stage' }, tabBar.element, ...tabBar.panels, footer.element),
  h('aside', { class: 'side' }, simulationSide, ...tabBar.sides));
const title = h('h1', { class: 'visually-hidden' }, t('Lab'));
const lab = h('div', { class: 'lab', id: 'lab' }, title, toolbar.element, trainingToolbar.element, messages.element, work);
document.body.append(lab);

let frame = 0;
function draw(): void {
  frame = 0;
  const { about } = tabBar.shown(state);
  const simulates = about === 'simulation';
  toolbar.element.hidden = !simulates;
  trainingToolbar.element.hidden = simulates;
  simulationSide.hidden = !simulates;
  experiments.update(state, about, simulates ? toolbar.experiment : trainingToolbar.experiment);
  messages.update(state, about);
  work.hidden = state.phase === 'empty' || (state.shown === undefined && state.slices.training.begun === undefined && state.phase !== 'ready');
  // Plots ask for their size and write words: first, so that nothing around them has changed and the browser lays the page out once.
  tabBar.update(state);
  if (simulates) {
    toolbar.update(state);
    legend.update(state);
    sliders.update(state.model?.parameters, state.overrides);
    drawMovables();
  } else {
    trainingToolbar.update(state);
  }
  if (state.phase === 'ready') analyses.want(tabBar.shown(state).asks?.(state) ?? []);
  footer.update(state, about);
  work.classList.toggle('stale', state.phase === 'errors');
  setText(title, state.document === undefined ? t('Lab') : t('Lab of {0}', state.document.name));
  // A word that was pointed at before its species was drawn.
  const anew = drawn !== entriesNow();
  drawn = entriesNow();
  if (anew && pointedAt !== undefined) lookAtWord(pointedAt);
  lab.dataset['phase'] = state.phase;
  lab.dataset['running'] = String(state.running);
  lab.dataset['runs'] = String(runs);
  lab.dataset['outcome'] = state.shown?.result.outcome.kind ?? '';
  lab.dataset['training'] = state.slices.training.phase;
  firstCurve.drawn();
}

/** Initial values, and how runs molecule by molecule go. */
function drawMovables(): void {
  const { model, slices: { trajectories } } = state, asked = currentExperiment(state)?.molecules;
  if (movables.of !== model) movables = { of: model, initials: model === undefined ? [] : movableInitials(model) };
  initialsFold.hidden = movables.initials.length === 0;
  initials.update(movables.initials, trajectories.initials);
  if (moleculeMovables.of !== asked) moleculeMovables = { of: asked, list: asked === undefined ? [] : moleculeSliders(asked) };
  molecules.update(moleculeMovables.list, trajectories.molecules);
}

/** Curves that the legend points at stand out, and their species in the editor. */
function lookAt(keys: ReadonlySet<string> | undefined): void {
  highlight(keys);
  tellPointed(keys);
}

const entriesNow = (): LabState['entries'] => state.shown?.entries ?? state.entries;
const entryWith = (keys: ReadonlySet<string> | undefined): LabState['entries'][number] | undefined => (keys === undefined ? undefined : entriesNow().find(({ members }) => members.some(({ key }) => keys.has(key))));

let pointed = '';
function tellPointed(keys: ReadonlySet<string> | undefined): void {
  const species = keys === undefined ? [] : entriesNow().filter((entry) => entry.members.some(({ key }) => keys.has(key))).map(({ block }) => block.name).filter((name) => name.length <= 200).slice(0, MOST_HIGHLIGHTED);
  if (species.join() === pointed) return;
  pointed = species.join();
  send({ type: 'highlight', species });
}

/** What the editor's cursor or pointer is at, and the entries that legend and plot show: those of the state may be ahead of them. */
let pointedAt: string | undefined, drawn: LabState['entries'] | undefined;

/** The editor's cursor or pointer is at a word: if it is a species, its curves stand out. */
function lookAtWord(word: string | undefined): void {
  pointedAt = word;
  const entry = word === undefined ? undefined : entriesNow().find(({ key }) => key === word);
  highlight(entry === undefined ? undefined : new Set(entry.members.map(({ key }) => key)));
  legend.point(entry?.key);
  lab.dataset['pointed'] = entry?.key ?? '';
}

// ---------------------------------------------------------------- state

/** Actions after which what is drawn no longer belongs to the settings. */
const rerun: ReadonlySet<Action['type']> = new Set(['experiment', 'method', 'until', 'parameter', 'reset', 'settings', 'initial', 'molecules']);

/** Messages of workers that bring what should outlive a reload. */
const told: ReadonlySet<string> = new Set(['checkpoint', 'outdated', 'stopped', 'loaded', 'finished', 'answer']);
const worthKeeping = (action: Action): boolean => (action.type === 'worker' || action.type === 'trainer' || action.type === 'analyst' ? told.has(action.message.type) : true);

/** Milliseconds after which a page that has heard of no document asks for it. */
const LOST = 1000;
/** Milliseconds between two writings of the state: a slider that moves writes no more often. */
const KEEP = 100;
let keeping: ReturnType<typeof setTimeout> | undefined;
function keepSoon(): void {
  keeping ??= setTimeout(keepNow, KEEP);
}
function keepNow(): void {
  clearTimeout(keeping);
  keeping = undefined;
  const kept = keep(state);
  if (kept !== undefined) host.setState(kept);
}
window.addEventListener('pagehide', () => {
  if (keeping !== undefined) keepNow();
});

/** Pinned runs are written down by the host when there are others. */
function keepPins(): void {
  const { pins } = state.slices.trajectories;
  send({ type: 'keep', part: 'pins', text: pins.length === 0 ? '' : pinsText(pins) });
}
function restorePins(kept: string | undefined): void {
  const pins = kept === undefined ? [] : pinsOf(kept);
  if (pins === undefined) send({ type: 'problem', message: t('The pinned runs that were kept are damaged.') });
  else if (pins.length > 0) dispatch({ type: 'pins kept', pins });
}

function dispatch(action: Action): void {
  const before = state;
  state = reduce(state, action);
  if (state === before) return;
  if (worthKeeping(action)) keepSoon();
  if (action.type === 'pin' || action.type === 'unpin') keepPins();
  if (rerun.has(action.type) || (owed && action.type === 'tab' && tabBar.shown(state).about === 'simulation')) run();
  desk.follow(action);
  if (frame === 0) frame = requestAnimationFrame(draw);
}

/** A model was read while a training was shown: it is simulated when someone wants to see that. */
let owed = false;

function run(): void {
  owed = false;
  const request = runRequest(state);
  if (request === undefined) return;
  client.run(request);
  dispatch({ type: 'started' });
}

/** What is to be simulated is to be seen. */
function simulate(): void {
  if (tabBar.shown(state).about === 'training') dispatch({ type: 'tab', tab: 'trajectories' });
  run();
}

// ---------------------------------------------------------------- worker

/** What the host has worked out while this page came up; of use once. */
let known: FirstRun | undefined;

const workers = takeWorkers();
const start = <Like>(): Like => new WorkerLater(workers().then((begin) => () => {
  const worker = begin();
  if (spoken !== undefined) worker.postMessage({ language: spoken });
  return worker;
})) as unknown as Like;
const client = new WorkerClient(() => {
  const answers = known;
  known = undefined;
  return answers === undefined ? start<WorkerLike>() : new KnownAnswers(() => start<WorkerLike>(), answers);
}, hear);
desk.begin(() => start<TrainingWorkerLike>());
analyses.begin(() => start<AnalysisWorkerLike>());

function load(): void {
  if (text !== undefined) client.load({ ...text, imports });
}

function hear(message: FromWorker): void {
  if (message.type === 'needImports') {
    send({ type: 'needImports', requests: message.requests });
    return;
  }
  if (message.type === 'finished') runs++;
  if (message.type === 'finished' || (message.type === 'progress' && message.partial !== undefined)) firstCurve.result();
  dispatch({ type: 'worker', message, ...(message.type === 'loaded' && text !== undefined ? { read: readOf({ text: text.text, imports }) } : {}) });
  // The curve that a command asked for does not wait for the next frame.
  if (firstCurve.due && frame !== 0) {
    cancelAnimationFrame(frame);
    draw();
  }
  if (message.type !== 'loaded') return;
  if (text !== undefined) {
    analyses.load({ ...text, imports });
    desk.load({ ...text, imports });
  }
  if (tabBar.shown(state).about === 'simulation') run();
  else owed = true;
}

// ---------------------------------------------------------------- host

function hearHost(message: unknown): void {
  if (!isHostMessage(message)) {
    send({ type: 'problem', message: t('The lab was sent a message it does not know.') });
    return;
  }
  switch (message.type) {
    case 'document':
      text = { uri: message.uri, text: message.text };
      dispatch({ type: 'document', uri: message.uri, name: message.name });
      load();
      break;
    case 'settings':
      dispatch({ type: 'settings', settings: message.settings });
      break;
    case 'imports': {
      const known = new Map(imports.map((file) => [`${file.from ?? ''}\n${file.path}`, file]));
      for (const file of message.files) known.set(`${file.from ?? ''}\n${file.path}`, file);
      imports = [...known.values()];
      load();
      break;
    }
    case 'pointed':
      lookAtWord(message.word);
      break;
    case 'data':
      desk.data(message.files);
      break;
    case 'kept':
      if (message.part === 'training') desk.kept(message.text);
      else restorePins(message.text);
      break;
    case 'train':
      desk.asked(message.training);
      break;
    case 'importsChanged':
      imports = [];
      load();
      break;
    case 'asked':
      firstCurve.asked(message.at);
      break;
    case 'run':
      if (message.experiment === undefined) simulate();
      else dispatch({ type: 'experiment', name: message.experiment });
      break;
    case 'firstRun':
      // Unless there is a worker already, which knows better.
      if (text === undefined) known = message.run;
      break;
  }
}

function save(view: SavedView, format: SaveFormat): void {
  const model = state.document?.name ?? 'lab';
  savedBytes(view, format, { model, version })
    .then((bytes) => send({ type: 'save', format, name: `${model.replace(/\.crn$/i, '')}${view.suffix}.${format}`, bytes }))
    .catch((error: unknown) => send({ type: 'problem', message: String(error) }));
}

function tellTheme(): void {
  send({ type: 'theme', foreground: theme.foreground, background: theme.background });
}

onThemeChange(() => {
  const now = readTheme();
  if (JSON.stringify(now) === JSON.stringify(theme)) return;
  theme = now;
  for (const view of [tabBar, legend]) view.setTheme(theme);
  tellTheme();
  draw();
});

for (const part of elsewhere) send({ type: 'needKept', part });
tellTheme();
host.listen(hearHost);
// What was said to a page that VS Code has replaced before it was up is lost.
setTimeout(() => { if (text === undefined) send({ type: 'ready' }); }, LOST);
