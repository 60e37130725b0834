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
export const countWords = (text: string): number => text.match(/\S+/gu)?.length ?? 0;
