/** What a line costs to look at beside its characters, in the units of a slice. */
export const lineCost = 20;

/** The lines of a text, one after the other, however it ends them: nothing is gained by holding ten million at once. */
export function* linesOf(text: string): Generator<string, void, void> {
  const ending = /\r\n|[\n\r\u2028\u2029]/gu;
  let start = 0;
  for (let found = ending.exec(text); found; found = ending.exec(text)) {
    yield text.slice(start, found.index);
    start = ending.lastIndex;
  }
  yield text.slice(start);
}
