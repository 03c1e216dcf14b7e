/** Comparisons as `expect` writes them. */

export function compare(left: number, operator: '>=' | '<=' | '>' | '<' | '=', right: number): boolean {
  switch (operator) {
    case '>=':
      return left >= right;
    case '<=':
      return left <= right;
    case '>':
      return left > right;
    case '<':
      return left < right;
    case '=':
      return left === right;
  }
}
