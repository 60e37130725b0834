export default async function globalTeardown() {
  await globalThis.harmonyTestPostgres?.stop();
}
