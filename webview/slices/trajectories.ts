/** What the user chose for the Trajectories tab: its axes, where curves begin, and the runs that are kept to compare others with. */
import { isBoolean, isNumber, isObject, isOptional, isRecordOf } from '../guards.ts';
import type { Shown } from '../store.ts';
import type { Slice } from './slice.ts';

/** Undefined: the lab chooses. */
export type AxisChoice = boolean | undefined;

/** A run that stays in sight. */
export interface Pin {
  readonly number: number;
  /** What it was made with. */
  readonly label: string;
  readonly shown: Shown;
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
}

export type TrajectoriesAction =
  | { readonly type: 'axis'; readonly axis: 'logTime' | 'logValues'; readonly choice: AxisChoice }
  /** Without a value back to the text's, without a name all of them. */
  | { readonly type: 'initial'; readonly name?: string; readonly value?: number }
  | { readonly type: 'molecules'; readonly name?: string; readonly value?: number }
  | { readonly type: 'pin'; readonly label: string; readonly shown: Shown }
  /** Without a number all of them. */
  | { readonly type: 'unpin'; readonly number?: number };

/** More runs than these are not told apart. */
export const MOST_PINS = 4;

const isKept = isObject<Omit<TrajectoriesSlice, 'pins' | 'molecules'> & { readonly molecules: Readonly<Record<string, number>> | undefined }>({
  logTime: isOptional(isBoolean), logValues: isOptional(isBoolean), initials: isRecordOf(isNumber), molecules: isOptional(isRecordOf(isNumber)),
});
const isOlder = isObject<Pick<TrajectoriesSlice, 'logTime' | 'logValues'>>({ logTime: isOptional(isBoolean), logValues: isOptional(isBoolean) });

function moved(values: Readonly<Record<string, number>>, name: string | undefined, value: number | undefined): Readonly<Record<string, number>> {
  if (name === undefined) return {};
  return value === undefined ? Object.fromEntries(Object.entries(values).filter(([key]) => key !== name)) : { ...values, [name]: value };
}

export const trajectoriesSlice: Slice<TrajectoriesSlice> = {
  initial: { logTime: undefined, logValues: undefined, initials: {}, molecules: {}, pins: [] },
  reduce(slice, action) {
    switch (action.type) {
      case 'axis': return { ...slice, [action.axis]: action.choice };
      case 'initial': return { ...slice, initials: moved(slice.initials, action.name, action.value) };
      case 'molecules': return { ...slice, molecules: moved(slice.molecules, action.name, action.value) };
      case 'pin': {
        const free = [1, 2, 3, 4].find((number) => !slice.pins.some((pin) => pin.number === number)) ?? slice.pins[0]!.number;
        return { ...slice, pins: [...slice.pins.filter(({ number }) => number !== free), { number: free, label: action.label, shown: action.shown }].slice(-MOST_PINS) };
      }
      case 'unpin': return { ...slice, pins: action.number === undefined ? [] : slice.pins.filter(({ number }) => number !== action.number) };
      // Another experiment has a start of its own.
      case 'experiment': return { ...slice, initials: {}, molecules: {} };
      default: return slice;
    }
  },
  // Curves are not kept: they can be computed again.
  keep: ({ logTime, logValues, initials, molecules }) => ({ logTime, logValues, initials, molecules }),
  restore: (kept) => {
    if (isKept(kept)) return { ...trajectoriesSlice.initial, logTime: kept.logTime, logValues: kept.logValues, initials: kept.initials, molecules: kept.molecules ?? {} };
    return isOlder(kept) ? { ...trajectoriesSlice.initial, logTime: kept.logTime, logValues: kept.logValues } : trajectoriesSlice.initial;
  },
};
