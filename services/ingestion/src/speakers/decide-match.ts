import { HarmonyError } from '@harmony/contracts';
import { fact, type Fact } from '@harmony/kernel';
import { isDeepStrictEqual } from 'node:util';
import type { Conversation, SpeakerMatch } from '../domain/conversation.js';

/**
 * Says who a speaker is; null takes that back. Nothing when it was said before.
 * @throws HarmonyError UNKNOWN_SPEAKER
 */
export function decideMatch(conversation: Conversation, speaker: string, match: SpeakerMatch | null): Fact[] {
  const { id, speakers, speakerMatches } = conversation;
  if (!speakers.some(({ code }) => code === speaker)) throw new HarmonyError('UNKNOWN_SPEAKER');
  if (isDeepStrictEqual(speakerMatches[speaker] ?? null, match)) return [];
  return [fact('SpeakerMatched', { conversationId: id, speaker, match })];
}
