/** Tags as they are kept: without space around or doubled, and each once, whatever its case; the first spelling stays. */
export function normalisedTags(tags: readonly string[]): string[] {
  const kept = new Map<string, string>();
  for (const tag of tags) {
    const plain = tag.normalize('NFC').trim().replaceAll(/\s+/gu, ' ');
    const key = plain.toLowerCase();
    if (!kept.has(key)) kept.set(key, plain);
  }
  return [...kept.values()];
}
