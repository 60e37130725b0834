import type { HarmonyEvent } from '@harmony/contracts';
import { evolve, type Conversation, type RecordedTranscript } from './conversation.js';

/**
 * A conversation without its words and without what revisions made of it, as JSON: enough to say where it belongs and
 * what its answers depend on.
 */
export interface ConversationOutline extends Pick<
  Conversation,
  'id' | 'workspaceId' | 'submittedAt' | 'properties' | 'transcriptVersion' | 'extraction'
> {
  readonly transcripts: readonly Omit<RecordedTranscript, 'chunks'>[];
  readonly matches: readonly (readonly [string, Matched])[];
}

type Matched = Conversation['matches'] extends ReadonlyMap<string, infer Value> ? Value : never;

export function outlineOf({ transcripts, matches, ...conversation }: Conversation): ConversationOutline {
  const { id, workspaceId, submittedAt, properties, transcriptVersion, extraction } = conversation;
  return {
    ...{ id, workspaceId, submittedAt, properties, transcriptVersion, extraction, matches: [...matches] },
    transcripts: [...transcripts.values()].map(({ version, wordCount, speakers }) => ({
      ...{ version, wordCount, speakers },
    })),
  };
}

/** The same conversation, in which nobody says anything. */
export function outlined({ transcripts, matches, ...outline }: ConversationOutline): Conversation {
  return {
    ...outline,
    transcripts: new Map(transcripts.map((one) => [one.version, { ...one, chunks: [] }])),
    ...{ matches: new Map(matches), openChunks: new Map(), reruns: new Map(), isDeleted: false },
  };
}

/** The outline after one more event, by the fold that runs read conversations with. */
export function evolveOutline(
  outline: ConversationOutline | undefined,
  event: HarmonyEvent,
): ConversationOutline | undefined {
  const conversation = evolve(outline && outlined(outline), event);
  return conversation && outlineOf(conversation);
}
