/** Adds a list to the end of another, however long: as arguments of one `push`, a hundred thousand elements overflow the stack. */
export function append<Element>(to: Element[], more: Iterable<Element>): void {
  for (const element of more) to.push(element);
}
