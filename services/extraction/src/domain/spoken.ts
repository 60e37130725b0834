import type { EventDataOf, EventOf, HarmonyEvent, ParticipantRole } from '@harmony/contracts';
import type { Speaker, Turn } from '@harmony/transcript';

export type SpeakerMatch = NonNullable<EventDataOf<'SpeakerMatched'>['match']>;

/** What a conversation says, and who says it, folded from its stream: one whole transcript. */
export interface Spoken {
  readonly title: string;
  readonly startedAt: string | null;
  /** 0 until a transcript is whole. */
  readonly transcriptVersion: number;
  /** ISO 639 code, where the engine that listened says so. */
  readonly language: string | null;
  readonly turns: readonly Turn[];
  readonly speakers: readonly Speaker[];
  /** Who a speaker is, where somebody said so, by speaker code. */
  readonly matches: Readonly<Record<string, SpeakerMatch | null>>;
  /** Chunks of a transcript that may not be whole yet. */
  readonly chunks: readonly (readonly Turn[])[];
}

/** A transcript by its number, of the conversation or of a revision; else the conversation's own latest. */
export type WantedTranscript = number | 'LATEST';

/** How a conversation is folded for one of its transcripts. */
export const evolveSpoken =
  (wanted: WantedTranscript) =>
  (spoken: Spoken | undefined, event: HarmonyEvent): Spoken | undefined => {
    if (event.type === 'ConversationSubmitted') {
      const { title, startedAt = null } = event.data;
      const nothing = { turns: [], speakers: [], matches: {}, chunks: [] };
      return { title, startedAt, transcriptVersion: 0, language: null, ...nothing };
    }
    return spoken && { ...spoken, ...(transcriptChangeOf(spoken, event, wanted) ?? changeOf(spoken, event)) };
  };

function changeOf(spoken: Spoken, event: HarmonyEvent): Partial<Spoken> {
  switch (event.type) {
    case 'ConversationChanged': {
      const { title = spoken.title, startedAt = spoken.startedAt } = event.data;
      return { title, startedAt };
    }
    case 'SpeakerMatched': {
      const { speaker, match } = event.data;
      return { matches: { ...spoken.matches, [speaker]: match } };
    }
    default:
      return {};
  }
}

/** Transcripts of a conversation and of revisions are recorded side by side. Undefined for any other event. */
function transcriptChangeOf(
  spoken: Spoken,
  event: HarmonyEvent,
  wanted: WantedTranscript,
): Partial<Spoken> | undefined {
  switch (event.type) {
    case 'TranscriptChunkRecorded':
    case 'RerunTranscriptChunkRecorded': {
      if (!isWanted(event, wanted)) return {};
      return { chunks: event.data.chunk === 0 ? [event.data.turns] : [...spoken.chunks, event.data.turns] };
    }
    case 'TranscriptRecorded':
    case 'RerunTranscriptRecorded': {
      const { transcriptVersion, speakers, chunkCount, origin } = event.data;
      // One that is named again for a later try of its revision has its words already.
      if (!isWanted(event, wanted) || spoken.transcriptVersion === transcriptVersion) return {};
      const turns = chunkCount === 0 ? [] : spoken.chunks.flat();
      return { transcriptVersion, speakers, turns, chunks: [], language: origin?.language ?? null };
    }
    default:
      return undefined;
  }
}

const isWanted = (
  {
    type,
    data,
  }: EventOf<
    'TranscriptChunkRecorded' | 'TranscriptRecorded' | 'RerunTranscriptChunkRecorded' | 'RerunTranscriptRecorded'
  >,
  wanted: WantedTranscript,
): boolean => (wanted === 'LATEST' ? !type.startsWith('Rerun') : data.transcriptVersion === wanted);

/** Users of the workspace sit on the side of the hosts and contacts are customers, whatever the transcript says. */
export function roleOf(
  { matches, speakers }: Pick<Spoken, 'matches' | 'speakers'>,
  code: string,
): ParticipantRole | null {
  const kind = matches[code]?.kind;
  if (kind === 'USER') return 'HOST';
  if (kind === 'CONTACT') return 'CUSTOMER';
  return speakers.find((speaker) => speaker.code === code)?.role ?? null;
}
