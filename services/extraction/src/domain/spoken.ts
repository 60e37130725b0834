import type { EventDataOf, HarmonyEvent } from '@harmony/contracts';
import type { Speaker, Turn } from '@harmony/transcript';

export type SpeakerMatch = NonNullable<EventDataOf<'SpeakerMatched'>['match']>;

/** What a conversation says, and who says it, folded from its stream: the latest whole transcript. */
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

/** After one more event. */
export function evolveSpoken(spoken: Spoken | undefined, event: HarmonyEvent): Spoken | undefined {
  if (event.type === 'ConversationSubmitted') {
    const { title, startedAt = null } = event.data;
    const nothing = { turns: [], speakers: [], matches: {}, chunks: [] };
    return { title, startedAt, transcriptVersion: 0, language: null, ...nothing };
  }
  return spoken && { ...spoken, ...changeOf(spoken, event) };
}

function changeOf(spoken: Spoken, event: HarmonyEvent): Partial<Spoken> {
  switch (event.type) {
    case 'ConversationChanged': {
      const { title = spoken.title, startedAt = spoken.startedAt } = event.data;
      return { title, startedAt };
    }
    case 'TranscriptChunkRecorded':
      return { chunks: event.data.chunk === 0 ? [event.data.turns] : [...spoken.chunks, event.data.turns] };
    case 'TranscriptRecorded': {
      const { transcriptVersion, speakers, chunkCount, origin } = event.data;
      const turns = chunkCount === 0 ? [] : spoken.chunks.flat();
      return { transcriptVersion, speakers, turns, chunks: [], language: origin?.language ?? null };
    }
    case 'SpeakerMatched': {
      const { speaker, match } = event.data;
      return { matches: { ...spoken.matches, [speaker]: match } };
    }
    default:
      return {};
  }
}
