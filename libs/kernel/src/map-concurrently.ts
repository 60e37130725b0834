/**
 * Maps in order with at most so many at work. The first failure stops what has not begun, and is thrown when nothing is
 * at work any more.
 */
export async function mapConcurrently<Item, Result>(
  items: readonly Item[],
  concurrency: number,
  map: (item: Item, index: number) => Promise<Result>,
): Promise<Result[]> {
  const results: Result[] = [];
  const failures: unknown[] = [];
  const entries = items.entries();
  const work = async (): Promise<void> => {
    // Workers share the iterator, so that each entry is taken once.
    for (const [index, item] of entries) {
      try {
        results[index] = await map(item, index);
      } catch (error) {
        failures.push(error);
      }
      if (failures.length > 0) return;
    }
  };
  await Promise.all(Array.from({ length: Math.min(concurrency, items.length) }, work));
  if (failures.length > 0) throw failures[0];
  return results;
}
