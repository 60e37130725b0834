/** Maps in order with at most so many at work; the first failure stops what has not begun. */
export async function mapConcurrently<Item, Result>(
  items: readonly Item[],
  concurrency: number,
  map: (item: Item, index: number) => Promise<Result>,
): Promise<Result[]> {
  const results: Result[] = [];
  const entries = items.entries();
  let hasFailed = false;
  const work = async (): Promise<void> => {
    // Workers share the iterator, so that each entry is taken once.
    for (const [index, item] of entries) {
      if (hasFailed) return;
      results[index] = await map(item, index).catch((error: unknown) => {
        hasFailed = true;
        throw error;
      });
    }
  };
  await Promise.all(Array.from({ length: Math.min(concurrency, items.length) }, work));
  return results;
}
