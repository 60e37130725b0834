import { atOnce, type Slices } from '../slices.js';
import { TranscriptBuilder, noTimes } from '../transcript-builder.js';
import type { Transcript } from '../transcript.js';
import { nameKey } from './speaker-label.js';
import { splitUtterances } from './split-utterances.js';

/** Makes turns and speakers of pasted text (D13). Pure: the same text gives the same transcript. */
export function* pastedTranscript(text: string): Slices<Transcript> {
  const builder = new TranscriptBuilder();
  for (const { name, span, text: words } of yield* splitUtterances(text)) {
    if (words === '') continue;
    builder.add(name === null ? '' : nameKey(name), { name }, words, span ?? noTimes);
  }
  return builder.build();
}

/** {@link pastedTranscript} without a pause. */
export const structureTranscript = (text: string): Transcript => atOnce(pastedTranscript(text));
