import type { EventDataOf } from '@harmony/contracts';

export type Turn = EventDataOf<'TranscriptChunkRecorded'>['turns'][number];
export type Speaker = EventDataOf<'TranscriptRecorded'>['speakers'][number];

/** What was said, turn by turn, and who took part. */
export interface Transcript {
  readonly turns: readonly Turn[];
  readonly speakers: readonly Speaker[];
}

/** Shown for a speaker whom nothing names (P8). */
export const unnamedSpeaker = 'User';

/** Codes of speakers by their order of appearance, from 0: A to Z, then AA, AB (P8). */
export function speakerCode(index: number): string {
  const letter = String.fromCharCode(65 + (index % 26));
  return index < 26 ? letter : speakerCode(Math.floor(index / 26) - 1) + letter;
}

/** Words are what white space separates; scripts that write without spaces therefore count few. */
export function countWords(text: string): number {
  let words = 0;
  let isInside = false;
  // Ten times as fast as matching, which matters for texts of 10 MB.
  for (let index = 0; index < text.length; index += 1) {
    const isSpace = isWhiteSpace(text.charCodeAt(index));
    if (!isSpace && !isInside) words += 1;
    isInside = !isSpace;
  }
  return words;
}

const rareSpaces = new Set([0xa0, 0x1680, 0x2028, 0x2029, 0x202f, 0x205f, 0x3000, 0xfeff]);

/** What `\s` matches. */
const isWhiteSpace = (code: number): boolean =>
  code === 0x20 ||
  (code >= 0x09 && code <= 0x0d) ||
  (code >= 0xa0 && (rareSpaces.has(code) || (code >= 0x2000 && code <= 0x200a)));
