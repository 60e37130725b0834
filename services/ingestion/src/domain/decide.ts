import type { ErrorCode, EventDataOf } from '@harmony/contracts';
import { fact, type Fact } from '@harmony/kernel';
import { nextStep, type Conversation } from './conversation.js';
import { chunkTurns } from './transcript/chunk-turns.js';
import { countWords, type Transcript } from './transcript/transcript.js';

/** Pasted text has one transcript; later versions come from corrections. */
const firstVersion = 1;

/** A conversation exists from here on; nothing is decided when it already does. */
export const decideSubmission = (
  conversation: Conversation | undefined,
  data: EventDataOf<'ConversationSubmitted'>,
): Fact[] => (conversation ? [] : [fact('ConversationSubmitted', data)]);

/**
 * Every fact of recording a transcript, the first one first. The same transcript gives the same list,
 * so whoever was interrupted goes on where the stream ends.
 */
export function transcriptFacts(conversationId: string, { turns, speakers }: Transcript): Fact[] {
  const base = { conversationId, transcriptVersion: firstVersion };
  const chunks = chunkTurns(turns);
  const wordCount = turns.reduce((sum, { text }) => sum + countWords(text), 0);
  return [
    ...chunks.map((chunk, index) => fact('TranscriptChunkRecorded', { ...base, chunk: index, turns: chunk })),
    fact('TranscriptRecorded', {
      ...base,
      chunkCount: chunks.length,
      turnCount: turns.length,
      wordCount,
      speakers: [...speakers],
    }),
  ];
}

/** Nothing unless completing is what comes next. */
export const decideCompletion = (conversation: Conversation | undefined): Fact[] =>
  conversation && nextStep(conversation) === 'COMPLETE'
    ? [fact('ConversationCompleted', { conversationId: conversation.id })]
    : [];

/** The transcript cannot be made; nothing when it is there after all, or the conversation ended meanwhile. */
export const decideTranscriptionFailure = (conversation: Conversation | undefined, code: ErrorCode): Fact[] =>
  conversation && nextStep(conversation) === 'STRUCTURE_TRANSCRIPT'
    ? [fact('ConversationFailed', { conversationId: conversation.id, stage: 'TRANSCRIPTION', code })]
    : [];
