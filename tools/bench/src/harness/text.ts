/** Rows of cells as lines with columns of equal width. */
export function aligned(rows: readonly (readonly string[])[]): string[] {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows.map((row) => `  ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ')}`.trimEnd());
}

/** Three digits at least, and no more than a reader can use. */
export function rounded(value: number): string {
  if (value >= 100) return Math.round(value).toString();
  return value < 10 ? value.toFixed(2) : value.toFixed(1);
}
