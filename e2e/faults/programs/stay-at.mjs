/** At the point that HANG_AT names, the program says so and goes no further: there it is killed. */
export async function stayAt(point) {
  if (process.env.HANG_AT !== point) return;
  process.stdout.write(`${point}\n`);
  setInterval(() => undefined, 1_000);
  await new Promise(() => undefined);
}
