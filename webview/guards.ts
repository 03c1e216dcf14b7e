/** Small type guards, composed into the checks of the messages that cross a boundary. They never throw. */

export type Guard<T> = (value: unknown) => value is T;

export const isString: Guard<string> = (value): value is string => typeof value === 'string';
export const isBoolean: Guard<boolean> = (value): value is boolean => typeof value === 'boolean';
/** A finite number; NaN and infinities never cross a boundary as such. */
export const isNumber: Guard<number> = (value): value is number => typeof value === 'number' && Number.isFinite(value);
/** A whole number ≥ 0: an offset, a count, a version. */
export const isCount: Guard<number> = (value): value is number => isNumber(value) && Number.isInteger(value) && value >= 0;
export const isBytes: Guard<Uint8Array> = (value): value is Uint8Array => value instanceof Uint8Array;

export const isRecord: Guard<Record<string, unknown>> = (value): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export function isArrayOf<T>(item: Guard<T>): Guard<readonly T[]> {
  return (value): value is readonly T[] => Array.isArray(value) && value.every(item);
}

export function isOneOf<const T extends string | number | null>(...allowed: readonly T[]): Guard<T> {
  return (value): value is T => (allowed as readonly unknown[]).includes(value);
}

export function either<A, B>(first: Guard<A>, second: Guard<B>): Guard<A | B> {
  return (value): value is A | B => first(value) || second(value);
}

/** `undefined` or a T: for fields that may be absent. */
export function isOptional<T>(item: Guard<T>): Guard<T | undefined> {
  return (value): value is T | undefined => value === undefined || item(value);
}

/** An object with at least these fields, each passing its guard. */
export function isObject<T extends object>(fields: { readonly [K in keyof T]-?: Guard<T[K]> }): Guard<T> {
  const entries = Object.entries<Guard<unknown>>(fields);
  return (value): value is T => isRecord(value) && entries.every(([name, guard]) => guard(value[name]));
}

/** An object with string keys whose values all pass. */
export function isRecordOf<T>(item: Guard<T>): Guard<Readonly<Record<string, T>>> {
  return (value): value is Readonly<Record<string, T>> => isRecord(value) && Object.values(value).every(item);
}
