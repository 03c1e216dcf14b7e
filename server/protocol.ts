/** What client and server say to each other beside the language server protocol. Plain data and names of methods only. */
import type { Language } from '../l10n/index.ts';

/** Requests; parameters are `{ uri }` of an open document (or an importable file), answers null when it is unknown. */
export const ODES_REQUEST = 'onepot/odes';
export const REACTIONS_REQUEST = 'onepot/reactions';
export const MODEL_REQUEST = 'onepot/model';
export const CONTENTS_REQUEST = 'onepot/contents';
export const EXPECTATIONS_REQUEST = 'onepot/expectations';
/** The text behind an address of the scheme `onepot`, such as a definition leads to; parameters `{ uri }`, answer `{ text }` or null. */
export const TEXT_REQUEST = 'onepot/text';
/** The reactions of the network of neurons that a position is about; answer `{ uri }` for `onepot/text`, or null where there is none. */
export const NETWORK_REQUEST = 'onepot/network';
/** Scheme of texts that are no files: the library's, and what networks are compiled to. */
export const VIRTUAL_SCHEME = 'onepot';
/** Notifications from the client. */
export const THEME_NOTIFICATION = 'onepot/theme';
/** Texts that documents may import, for hosts without a file system: `{ files: { uri: text | null } }`; null takes one away. */
export const FILES_NOTIFICATION = 'onepot/files';

export interface DocumentParams {
  readonly uri: string;
}
export interface NetworkParams extends DocumentParams {
  readonly position: PositionAnswer;
}
export interface ThemeParams {
  /** CSS colour for equations in hovers, such as `#cccccc`. */
  readonly foreground?: string;
}
export interface FilesParams {
  readonly files: Readonly<Record<string, string | null>>;
}

/** What the client may tell at the start. */
export interface InitializationOptions {
  readonly theme?: ThemeParams;
  /** Start of the address of the manual's diagnostic pages; `/CRN201` and so on is appended. Without it codes are no links. */
  readonly manual?: string;
  /** The user's language with its texts, unless it is English. */
  readonly language?: Language | undefined;
  /** Show units that were inferred as inlay hints. */
  readonly inlayHints?: boolean;
  /** The client's commands that run an experiment; each gets a lens above the experiments it can run. */
  readonly run?: RunCommands;
}

/** Commands by what they run, called with the document's address and the experiment's name where it has one. */
export type RunCommands = Readonly<Partial<Record<RunRequest['kind'], string>>>;
export interface RunRequest {
  readonly kind: 'simulate' | 'train';
  readonly name?: string;
}

/** A read-only text made from a document. */
export interface TextAnswer {
  readonly version: number;
  readonly text: string;
  /** Whether the document has errors, so that the text shows only what could be read. */
  readonly hasErrors: boolean;
}
export interface ReactionsParams extends DocumentParams {
  /** At most so many reactions are written out; the rest is counted in a comment. */
  readonly most?: number;
}

/** Lines and characters count from 0, as in the language server protocol. */
export interface PlaceAnswer {
  readonly uri: string;
  readonly line: number;
  readonly character: number;
}
export interface ModelAnswer {
  readonly version: number;
  readonly hasErrors: boolean;
  /** Scalar parameters in the order of their declaration; value is null when it cannot be computed. */
  readonly parameters: readonly { readonly name: string; readonly value: number | null; readonly unit?: string; readonly doc?: string; readonly place: PlaceAnswer }[];
  readonly experiments: readonly { readonly name: string; readonly place: PlaceAnswer }[];
  /** Species blocks: `X` with shape [4] stands for X[1] … X[4]. */
  readonly species: readonly { readonly name: string; readonly kind: 'species' | 'fixed' | 'dual'; readonly shape: readonly number[]; readonly place: PlaceAnswer }[];
  readonly families: number;
  /** Families written out. */
  readonly reactions: number;
  /** Number of state components. */
  readonly dimension: number;
  readonly groups: readonly string[];
  readonly units: { readonly time?: string; readonly concentration?: string };
}

/** What a model consists of, ready to be shown as a tree. */
export interface ContentsAnswer {
  readonly version: number;
  readonly hasErrors: boolean;
  /** Those with entries, in a fixed order. */
  readonly sections: readonly ContentsSection[];
}
export interface ContentsSection {
  readonly kind: 'species' | 'parameters' | 'reactions' | 'groups' | 'conserved' | 'networks' | 'data' | 'experiments';
  /** All there are; `entries` may be fewer. */
  readonly count: number;
  readonly entries: readonly ContentsEntry[];
}
export interface ContentsEntry {
  readonly label: string;
  readonly detail?: string;
  readonly doc?: string;
  readonly place?: PlaceAnswer;
  readonly run?: RunRequest;
  readonly entries?: readonly ContentsEntry[];
}

/** The `expect` statements of a text, in its order. */
export interface ExpectationsAnswer {
  readonly version: number;
  readonly expectations: readonly { readonly text: string; readonly range: { readonly start: PositionAnswer; readonly end: PositionAnswer } }[];
}
/** Counted from 0. */
export interface PositionAnswer {
  readonly line: number;
  readonly character: number;
}
