/** Words without what writing adds to them; numbers that are written out count as other words. */
export const spokenWords = (text: string): string[] =>
  text
    .toLowerCase()
    .replace(/[’']/gu, '')
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '');

/** Insertions, deletions and substitutions for each word of the reference. */
export function wordErrorRate(reference: string, heard: string): number {
  const [expected, actual] = [spokenWords(reference), spokenWords(heard)];
  let row = Array.from({ length: actual.length + 1 }, (_, index) => index);
  for (const [index, word] of expected.entries()) {
    const next = [index + 1];
    for (const [column, other] of actual.entries()) {
      const replaced = (row[column] ?? 0) + (word === other ? 0 : 1);
      next.push(Math.min(replaced, (row[column + 1] ?? 0) + 1, (next[column] ?? 0) + 1));
    }
    row = next;
  }
  return expected.length === 0 ? 0 : (row.at(-1) ?? 0) / expected.length;
}
