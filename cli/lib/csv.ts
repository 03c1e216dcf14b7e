/** Numbers as CSV (RFC 4180): a header, one row a time. */

export function csvRow(cells: readonly (string | number)[]): string {
  return cells.map((cell) => (typeof cell === 'string' && /[",\n\r]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : String(cell))).join(',');
}
