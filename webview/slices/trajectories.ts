/** What the user chose for the Trajectories tab: its axes, where curves begin, and the runs that are kept to compare others with. */
import type { Limits, PlotWindow } from '../axes.ts';
import { isArrayOf, isBoolean, isCount, isNumber, isObject, isOptional, isRecord, isRecordOf, type Guard } from '../guards.ts';
import type { Drawn } from '../store.ts';
import type { Slice } from './slice.ts';

/** Undefined: the lab chooses. */
export type AxisChoice = boolean | undefined;

/** A run that stays in sight. */
export interface Pin {
  readonly number: number;
  /** What it was made with. */
  readonly label: string;
  readonly shown: Drawn;
}

/** How runs molecule by molecule go, where that was moved by hand. */
export type MoleculeChoice = Readonly<Partial<Record<'volume' | 'seed' | 'replicas', number>>>;

export interface TrajectoriesSlice {
  readonly logTime: AxisChoice;
  readonly logValues: AxisChoice;
  /** Initial values moved by hand, by component name. */
  readonly initials: Readonly<Record<string, number>>;
  readonly molecules: MoleculeChoice;
  readonly pins: readonly Pin[];
  /** The part of the curves that is shown; undefined: all. */
  readonly zoom: PlotWindow | undefined;
}

export type TrajectoriesAction =
  | { readonly type: 'zoom'; readonly window?: PlotWindow }
  | { readonly type: 'axis'; readonly axis: 'logTime' | 'logValues'; readonly choice: AxisChoice }
  /** Without a value back to the text's, without a name all of them. */
  | { readonly type: 'initial'; readonly name?: string; readonly value?: number }
  | { readonly type: 'molecules'; readonly name?: string; readonly value?: number }
  | { readonly type: 'pin'; readonly label: string; readonly shown: Drawn }
  /** Without a number all of them. */
  | { readonly type: 'unpin'; readonly number?: number }
  /** Those that the host had kept. */
  | { readonly type: 'pins kept'; readonly pins: readonly Pin[] };

/** More runs than these are not told apart. */
export const MOST_PINS = 4;

const isLimits: Guard<Limits> = (value): value is Limits => isArrayOf(isNumber)(value) && value.length === 2 && value[0]! < value[1]!;
const isKept = isObject<Omit<TrajectoriesSlice, 'pins' | 'molecules'> & { readonly molecules: Readonly<Record<string, number>> | undefined }>({
  logTime: isOptional(isBoolean), logValues: isOptional(isBoolean), initials: isRecordOf(isNumber), molecules: isOptional(isRecordOf(isNumber)), zoom: isOptional(isObject<PlotWindow>({ x: isLimits, y: isLimits })),
});
const isOlder = isObject<Pick<TrajectoriesSlice, 'logTime' | 'logValues'>>({ logTime: isOptional(isBoolean), logValues: isOptional(isBoolean) });

function moved(values: Readonly<Record<string, number>>, name: string | undefined, value: number | undefined): Readonly<Record<string, number>> {
  if (name === undefined) return {};
  return value === undefined ? Object.fromEntries(Object.entries(values).filter(([key]) => key !== name)) : { ...values, [name]: value };
}

/** Whether the host has pinned runs that belong to a kept state. */
export const pinsElsewhere = (kept: unknown): boolean => isRecord(kept) && isCount(kept['pins']) && kept['pins'] > 0;

export const trajectoriesSlice: Slice<TrajectoriesSlice> = {
  initial: { logTime: undefined, logValues: undefined, initials: {}, molecules: {}, pins: [], zoom: undefined },
  reduce(slice, action) {
    switch (action.type) {
      case 'zoom': return { ...slice, zoom: action.window };
      case 'axis': return { ...slice, [action.axis]: action.choice };
      case 'initial': return { ...slice, initials: moved(slice.initials, action.name, action.value) };
      case 'molecules': return { ...slice, molecules: moved(slice.molecules, action.name, action.value) };
      case 'pin': {
        const free = [1, 2, 3, 4].find((number) => !slice.pins.some((pin) => pin.number === number)) ?? slice.pins[0]!.number;
        return { ...slice, pins: [...slice.pins.filter(({ number }) => number !== free), { number: free, label: action.label, shown: action.shown }].slice(-MOST_PINS) };
      }
      case 'unpin': return { ...slice, pins: action.number === undefined ? [] : slice.pins.filter(({ number }) => number !== action.number) };
      // What was pinned meanwhile keeps its number.
      case 'pins kept': return { ...slice, pins: [...action.pins.filter(({ number }) => !slice.pins.some((pin) => pin.number === number)), ...slice.pins].slice(-MOST_PINS) };
      // Another experiment has a start of its own.
      case 'experiment': return { ...slice, initials: {}, molecules: {} };
      default: return slice;
    }
  },
  // Curves of pinned runs are too large for the page's state: the host has them (see `kept-pins.ts`).
  keep: ({ logTime, logValues, initials, molecules, pins, zoom }) => ({ logTime, logValues, initials, molecules, pins: pins.length, ...(zoom === undefined ? {} : { zoom }) }),
  restore: (kept) => {
    if (isKept(kept)) return { ...trajectoriesSlice.initial, logTime: kept.logTime, logValues: kept.logValues, initials: kept.initials, molecules: kept.molecules ?? {}, zoom: kept.zoom };
    return isOlder(kept) ? { ...trajectoriesSlice.initial, logTime: kept.logTime, logValues: kept.logValues } : trajectoriesSlice.initial;
  },
};
