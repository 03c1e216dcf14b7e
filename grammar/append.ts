/** Adds a list to the end of another, however long: as arguments of one `push`, a hundred thousand elements overflow the stack. */
export function append<Element>(to: Element[], more: Iterable<Element>): void {
  for (const element of more) to.push(element);
}

/** The same list with room for no more than it holds: one that has grown keeps room for 17, and a text has lists of two by the ten thousands. */
export function fitted<Element>(list: readonly Element[]): Element[] {
  return list.slice();
}
