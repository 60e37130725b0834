import type { AnalysedConversation, AnalystAnswer, AnalystExtraction, Background } from '../../port.js';
import type { Question } from '@harmony/contracts';

/** What a thread is told at its start. */
export interface ThreadSettings {
  /** How many there are of it, itself counted. */
  readonly among: number;
}

/** What is asked of the thread, but for the conversation. */
export type Asked =
  | { readonly kind: 'ANSWER'; readonly question: Question; readonly background: Background }
  | { readonly kind: 'EXTRACT'; readonly background: Background };

/** A message to the thread. The conversation is left out where the thread is believed to have it. */
export type ThreadRequest =
  | {
      readonly id: number;
      readonly asked: Asked;
      readonly key: string;
      readonly conversation: AnalysedConversation | undefined;
    }
  | { readonly id: number; readonly asked: { readonly kind: 'ABORT' } };

/** A message from the thread, for the request with the same id. */
export type ThreadReply =
  | { readonly id: number; readonly outcome: 'DONE'; readonly result: AnalystAnswer | AnalystExtraction }
  /** The conversation has to be sent along. */
  | { readonly id: number; readonly outcome: 'UNKNOWN_CONVERSATION' }
  | { readonly id: number; readonly outcome: 'FAILED'; readonly message: string };

/** Conversations that are kept on the other side, so that many questions about one send it once. */
export const keptConversations = 8;
