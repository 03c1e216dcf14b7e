/**
 * A tab of the lab: a view of the state in a panel of its own. To add one, write a file beside this one, add it to `index.ts`
 * and to the type `Tab` of the store, and, when it has something to remember, a slice of the state (`slices/`).
 */
import type { Question, QuestionKind } from '../../analysis-protocol.ts';
import type { Action, LabState, Tab } from '../../store.ts';
import type { TextPlace } from '../../worker-protocol.ts';
import type { Picture } from '../picture.ts';
import type { Theme } from '../theme.ts';

/** What a tab may do. */
export interface TabContext {
  readonly theme: Theme;
  readonly dispatch: (action: Action) => void;
  /** Shows a place in the text. */
  readonly reveal: (place: TextPlace) => void;
  /** Ends the computing of an answer. */
  readonly stopAsking: (kind: QuestionKind) => void;
  /** Asks again after a stop or a failure. */
  readonly askAgain: (kind: QuestionKind) => void;
  /** The pointer is at these curves: their species stand out beside the plot; undefined: no more. */
  readonly point: (keys: ReadonlySet<string> | undefined) => void;
  /** The plot's cursor is at this index of the times; undefined: nowhere. */
  readonly cursor: (index: number | undefined) => void;
}

/** Where a tab puts its elements. They are shown while the tab is. */
export interface TabPlaces {
  readonly panel: HTMLElement;
  /** Controls of the view, at the right of the tabs. */
  readonly tools: HTMLElement;
  /** Beside the panel; for a tab about a simulation the parameters and the legend are there already. */
  readonly side: HTMLElement;
}

/** Something a tab shows that can be saved. */
export interface SavedView {
  readonly id: string;
  /** In a list of views, where a tab has several. */
  readonly label: string;
  /** Behind the model's name in the name of the file; empty for the main view. */
  readonly suffix: string;
  /** Settings that made it, for the note that goes with it. */
  readonly note?: string;
  readonly csv?: () => string;
  readonly json?: () => unknown;
  /** For PNG and SVG: what is drawn, with its title and legend. */
  readonly picture?: () => Picture;
  /** For PNG and SVG: a drawing that stands by itself. */
  readonly svg?: () => string;
}

export interface LabTab {
  readonly id: Tab;
  readonly title: string;
  /** What Run, Stop and the side are about while it is shown. */
  readonly about: 'simulation' | 'training';
  /** Whether it means something for the present model. */
  appears(state: LabState): boolean;
  /** Called once, before all that follows: when the tab is first shown. */
  mount(places: TabPlaces, context: TabContext): void;
  /** Draws the state; called while the tab is shown, at most once a frame. */
  update(state: LabState): void;
  /** What it wants to know of the model while it is shown; the answers come with the state. */
  asks?(state: LabState): readonly Question[];
  setTheme(theme: Theme): void;
  /** What can be saved now, the most important first. */
  views(state: LabState): readonly SavedView[];
  dispose(): void;
}
