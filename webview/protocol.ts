/**
 * The contract between the lab (a web page) and its host (the VS Code extension): every message either side may send, and
 * the guards with which the other side checks it. A message that fails its guard is dropped and reported, never acted on.
 */
import type { FirstRun } from './first-run/first-run.ts';
import { isFirstRun } from './first-run/guard.ts';
import { either, isArrayOf, isBytes, isCount, isNumber, isObject, isOneOf, isOptional, isRecord, isString, type Guard } from './guards.ts';

/** What views are saved as. */
export type SaveFormat = 'csv' | 'json' | 'png' | 'svg';

export type LabMethod = 'auto' | 'tsit5' | 'rkc' | 'bdf';

/** Numerical defaults from the user's settings; an experiment's own settings win over them. */
export interface LabSettings {
  readonly rtol: number;
  readonly atol: number;
  readonly method: LabMethod;
  /** About how many points a trajectory has. */
  readonly points: number;
}

/** An `import` the worker met: the path as written and the URI of the text it is written in; null is the lab's own document. */
export interface ImportRequest {
  readonly path: string;
  readonly from: string | null;
}
/** The host's answer: the text, or in one sentence why there is none. */
export type ImportedFile = ImportRequest & (
  | { readonly uri: string; readonly text: string }
  | { readonly error: string }
);

/** A file of a data statement: the path as written and the URI of the text it is written in; null is the lab's own document. */
export interface DataRequest {
  readonly path: string;
  readonly from: string | null;
}
/** The host's answer: the file's bytes, or in one sentence why there are none. */
export type DataFile = DataRequest & (
  | { readonly bytes: Uint8Array }
  | { readonly error: string }
);

/** What the host keeps for the page beside its own state: the checkpoint of a training, the runs to compare with. */
export type KeptPart = 'training' | 'pins';

/** What the host tells the lab. */
export type HostMessage =
  /** The document and its present text; sent before a page is up, which finds it waiting, to a page that asks, and after every edit. */
  | { readonly type: 'document'; readonly uri: string; readonly name: string; readonly version: number; readonly text: string }
  | { readonly type: 'settings'; readonly settings: LabSettings }
  | { readonly type: 'imports'; readonly files: readonly ImportedFile[] }
  /** An imported file changed on disk or in an editor: what is known of imports is out of date. */
  | { readonly type: 'importsChanged' }
  | { readonly type: 'data'; readonly files: readonly DataFile[] }
  /** What was last given for keeping, as it was given; absent when there is nothing. */
  | { readonly type: 'kept'; readonly part: KeptPart; readonly text?: string | undefined }
  /** Train now; with a name, that training. */
  | { readonly type: 'train'; readonly training?: string | undefined }
  /** The word under the cursor or the pointer in the editor; absent when there is none. */
  | { readonly type: 'pointed'; readonly word?: string | undefined }
  /** When the command began whose curve comes next, in milliseconds since 1970. */
  | { readonly type: 'asked'; readonly at: number }
  /** Sent before the document of a new page: what its worker will be asked first, answered already. */
  | { readonly type: 'firstRun'; readonly run: FirstRun }
  /** Run now; with a name, that experiment. */
  | { readonly type: 'run'; readonly experiment?: string | undefined };

/** What the lab tells its host. */
export type LabMessage =
  /** A page is up; said again where it has heard of no document. */
  | { readonly type: 'ready' }
  | { readonly type: 'needImports'; readonly requests: readonly ImportRequest[] }
  | { readonly type: 'needData'; readonly requests: readonly DataRequest[] }
  /** Keep a text for this document, too large for the page's own state, in place of the one before; an empty one: keep nothing. `needKept` asks for it. */
  | { readonly type: 'keep'; readonly part: KeptPart; readonly text: string }
  | { readonly type: 'needKept'; readonly part: KeptPart }
  /** Show this range of the document, or of an imported file. Offsets count UTF-16 units. */
  | { readonly type: 'reveal'; readonly uri: string | null; readonly start: number; readonly end: number }
  /** Make these species stand out in the editor; none: no more. */
  | { readonly type: 'highlight'; readonly species: readonly string[] }
  | { readonly type: 'save'; readonly format: SaveFormat; readonly name: string; readonly bytes: Uint8Array }
  /** Colours as the theme computes them, for the language server's typeset hovers. */
  | { readonly type: 'theme'; readonly foreground: string; readonly background: string }
  | { readonly type: 'problem'; readonly message: string };

export const isLabMethod: Guard<LabMethod> = isOneOf('auto', 'tsit5', 'rkc', 'bdf');

const isPositive: Guard<number> = (value): value is number => isNumber(value) && value > 0;

export const isLabSettings: Guard<LabSettings> = isObject<LabSettings>({
  rtol: isPositive, atol: isPositive, method: isLabMethod, points: isPositive,
});

const isKeptPart: Guard<KeptPart> = isOneOf('training', 'pins');
const isNullableString = either(isString, isOneOf(null));
export const isImportRequest: Guard<ImportRequest> = isObject<ImportRequest>({ path: isString, from: isNullableString });
const isDataRequest: Guard<DataRequest> = isObject<DataRequest>({ path: isString, from: isNullableString });
const isDataFile: Guard<DataFile> = (value): value is DataFile =>
  isDataRequest(value) && isRecord(value) && (isString(value['error']) || isBytes(value['bytes']));
const isImportedFile: Guard<ImportedFile> = (value): value is ImportedFile =>
  isImportRequest(value) && isRecord(value) && (isString(value['error']) || (isString(value['uri']) && isString(value['text'])));

/** Longest text that is kept, in UTF-16 units. */
export const LARGEST_KEPT = 64 * 1024 * 1024;

/** CSS colours as getComputedStyle writes them: nothing but these goes on to an SVG. */
export const isColour: Guard<string> = (value): value is string =>
  isString(value) && /^(#[0-9a-f]{3,8}|rgba?\([\d.,\s/%]+\)|color\(srgb [\d.\s/%e-]+\))$/i.test(value);

/** More species than these are not made to stand out at a time. */
export const MOST_HIGHLIGHTED = 64;
/** A name of the language: nothing that is long or spans lines. */
const isName: Guard<string> = (value): value is string => isString(value) && value.length > 0 && value.length <= 200 && !/[\r\n]/.test(value);

const hostMessages: { readonly [K in HostMessage['type']]: Guard<unknown> } = {
  document: isObject({ uri: isString, name: isString, version: isCount, text: isString }),
  settings: isObject({ settings: isLabSettings }),
  imports: isObject({ files: isArrayOf(isImportedFile) }),
  importsChanged: isRecord,
  data: isObject({ files: isArrayOf(isDataFile) }),
  kept: isObject({ part: isKeptPart, text: isOptional(isString) }),
  train: isObject({ training: isOptional(isString) }),
  pointed: isObject({ word: isOptional(isName) }),
  asked: isObject({ at: isPositive }),
  firstRun: isObject({ run: isFirstRun }),
  run: isObject({ experiment: isOptional(isString) }),
};

const labMessages: { readonly [K in LabMessage['type']]: Guard<unknown> } = {
  ready: isRecord,
  needImports: isObject({ requests: isArrayOf(isImportRequest) }),
  needData: isObject({ requests: isArrayOf(isDataRequest) }),
  keep: (value): value is unknown => isObject({ part: isKeptPart, text: isString })(value) && value.text.length <= LARGEST_KEPT,
  needKept: isObject({ part: isKeptPart }),
  reveal: (value): value is unknown =>
    isObject({ uri: isNullableString, start: isCount, end: isCount })(value) && value.end >= value.start,
  highlight: (value): value is unknown => isObject({ species: isArrayOf(isName) })(value) && value.species.length <= MOST_HIGHLIGHTED,
  save: isObject({ format: isOneOf('csv', 'json', 'png', 'svg'), name: isString, bytes: isBytes }),
  theme: isObject({ foreground: isColour, background: isColour }),
  problem: isObject({ message: isString }),
};

function isMessageOf(guards: Readonly<Record<string, Guard<unknown>>>, value: unknown): boolean {
  if (!isRecord(value) || !isString(value['type']) || !Object.hasOwn(guards, value['type'])) return false;
  return guards[value['type']]!(value);
}

export const isHostMessage: Guard<HostMessage> = (value): value is HostMessage => isMessageOf(hostMessages, value);
export const isLabMessage: Guard<LabMessage> = (value): value is LabMessage => isMessageOf(labMessages, value);

/** What the lab keeps across a reload of the window; the host reads the document's URI from it. */
export interface SavedLab {
  readonly uri: string;
}
export const isSavedLab: Guard<SavedLab> = isObject<SavedLab>({ uri: isString });
