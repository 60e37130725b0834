/** How many results went from one category to another, or stayed; null: nobody spoke of it. */
export interface Flip {
  readonly before: string | null;
  readonly after: string | null;
  readonly cells: number;
}

/**
 * Agreement beyond chance: 1 for all alike, 0 for as many as by chance, negative for fewer. Null where chance alone
 * makes all alike, and for nothing.
 * J. Cohen, A coefficient of agreement for nominal scales, Educational and Psychological Measurement 20 (1960), 37-46.
 */
export function cohensKappa(flips: readonly Flip[]): number | null {
  const [before, after] = [new Map<string | null, number>(), new Map<string | null, number>()];
  let [all, alike] = [0, 0];
  for (const flip of flips) {
    all += flip.cells;
    if (flip.before === flip.after) alike += flip.cells;
    before.set(flip.before, (before.get(flip.before) ?? 0) + flip.cells);
    after.set(flip.after, (after.get(flip.after) ?? 0) + flip.cells);
  }
  let products = 0;
  for (const [category, cells] of before) products += cells * (after.get(category) ?? 0);
  if (all === 0 || products === all * all) return null;
  const byChance = products / (all * all);
  return (alike / all - byChance) / (1 - byChance);
}
