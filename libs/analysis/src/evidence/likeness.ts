/** How alike two texts are, 0 to 1: the share of characters that need no change (Levenshtein, 1966). */
export function likeness(one: string, other: string): number {
  if (one === other) return 1;
  let above = Array.from({ length: other.length + 1 }, (_, index) => index);
  for (let row = 1; row <= one.length; row += 1) {
    const current = [row];
    for (let column = 1; column <= other.length; column += 1) {
      const change = one.charCodeAt(row - 1) === other.charCodeAt(column - 1) ? 0 : 1;
      const skipped = Math.min(above[column] ?? 0, current[column - 1] ?? 0) + 1;
      current.push(Math.min((above[column - 1] ?? 0) + change, skipped));
    }
    above = current;
  }
  return 1 - (above[other.length] ?? 0) / Math.max(one.length, other.length);
}
