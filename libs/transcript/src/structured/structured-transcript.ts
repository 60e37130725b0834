import { storableText } from '../long-text.js';
import { sliceMeter, type Slices } from '../slices.js';
import { TranscriptBuilder, type SpeakerDetails } from '../transcript-builder.js';
import type { Transcript } from '../transcript.js';
import type { Participant, StructuredTranscript } from './format.js';

/**
 * Turns and speakers of a structured transcript. A turn keeps its number, even without words, unless one before it was
 * too long and had to be cut; whoever says nothing comes last among the speakers.
 */
export function* structuredTranscript({
  participants,
  turns,
}: Pick<StructuredTranscript, 'participants' | 'turns'>): Slices<Transcript> {
  const builder = new TranscriptBuilder();
  const known = new Map(participants.map((participant) => [participant.id, detailsOf(participant)]));
  const isSliceOver = sliceMeter();
  for (const { participantId, text, startMs, endMs } of turns) {
    const times = { startMs: startMs ?? null, endMs: endMs ?? null };
    builder.add(participantId, known.get(participantId) ?? { name: null }, storableText(text), times);
    if (isSliceOver(text.length)) yield;
  }
  for (const [id, details] of known) builder.speaker(id, details);
  return builder.build();
}

const detailsOf = ({ name, email, role }: Participant): SpeakerDetails => ({
  name,
  ...(email && { email }),
  ...(role && { role }),
});
