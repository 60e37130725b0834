/** A longer turn is cut into several, so that any number of words can be recorded event by event. */
export const maximumTurnCharacters = 50_000;

/** NUL and broken surrogates, which no database takes. */
const unstorable = /[\0\p{Surrogate}]/gu;

/** The text with a replacement character for each that cannot be stored. */
export const storableText = (text: string): string => text.replace(unstorable, '\uFFFD');

/** The text in pieces of at most {@link maximumTurnCharacters}, cut at white space where there is any; never inside a character. */
export function cutLongText(text: string): string[] {
  if (text.length <= maximumTurnCharacters) return [text];
  const pieces: string[] = [];
  let start = 0;
  while (text.length - start > maximumTurnCharacters) {
    const end = placeOfCut(text, start);
    pieces.push(text.slice(start, end).trim());
    start = end;
  }
  pieces.push(text.slice(start).trim());
  return pieces.filter((piece) => piece !== '');
}

function placeOfCut(text: string, start: number): number {
  const limit = start + maximumTurnCharacters;
  const space = text.slice(start, limit).search(/\s\S*$/u);
  if (space > 0) return start + space;
  const isInsidePair = /^[\uDC00-\uDFFF]/.test(text.charAt(limit));
  return isInsidePair ? limit - 1 : limit;
}
