/** Which species a terminal lists. */

/** More than this are not listed. */
export const MOST_LISTED = 40;

/** Those that `plot` names, whole arrays and duals by their name; all when it names none. */
export function chosen(names: readonly string[], plot: readonly string[]): { readonly name: string; readonly component: number }[] {
  const all = names.map((name, component) => ({ name, component }));
  return plot.length === 0 ? all : all.filter(({ name }) => plot.some((wanted) => name === wanted || (name.startsWith(wanted) && /^[[^]/.test(name.slice(wanted.length)))));
}
