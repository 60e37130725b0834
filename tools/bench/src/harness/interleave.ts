/** Runs a side once and gives its rate. */
export type Side = () => Promise<number>;

/**
 * Measures the sides in turn (A, B, A, B …), so that a slow minute of the machine hits all of them: only ratios within
 * one run mean something. Each side runs once unmeasured first.
 */
export async function interleave<Name extends string>(
  sides: Readonly<Record<Name, Side>>,
  repetitions: number,
): Promise<Record<Name, number[]>> {
  const names = Object.keys(sides) as Name[];
  const rates = Object.fromEntries(names.map((name) => [name, [] as number[]])) as Record<Name, number[]>;
  for (const name of names) await sides[name]();
  for (let repetition = 0; repetition < repetitions; repetition += 1) {
    for (const name of names) rates[name].push(await sides[name]());
  }
  return rates;
}
