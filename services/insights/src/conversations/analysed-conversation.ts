import { HarmonyError } from '@harmony/contracts';
import type { AnalysedConversation, Voice } from '@harmony/llm';
import type { Conversation, RecordedTranscript } from './conversation.js';

/** What was made of a transcript is kept for as long as the transcript itself is. */
const turnsOf = new WeakMap<RecordedTranscript, AnalysedConversation['turns']>();

/**
 * A conversation as analysts read it.
 * @throws HarmonyError NOT_FOUND for a version that the conversation does not have.
 */
export function analysedConversation(conversation: Conversation, transcriptVersion: number): AnalysedConversation {
  const transcript = conversation.transcripts.get(transcriptVersion);
  if (!transcript) throw new HarmonyError('NOT_FOUND', { detail: `No transcript ${transcriptVersion} is recorded.` });
  const turns = turnsOf.get(transcript) ?? transcript.chunks.flat();
  turnsOf.set(transcript, turns);
  const { title, startedAt = null } = conversation.properties;
  return {
    key: `${conversation.id}/${transcriptVersion}`,
    ...{ title, startedAt, turns },
    voices: voicesOf(conversation, transcript),
  };
}

/** As the transcript names them, set right by whoever said who a speaker is. Users are hosts, contacts are customers. */
function voicesOf({ matches }: Conversation, { speakers }: RecordedTranscript): Voice[] {
  return speakers.map(({ code, name, role = null }) => {
    const match = matches.get(code);
    if (match?.kind === 'NAME') return { code, name: match.name, role };
    if (match) return { code, name, role: match.kind === 'USER' ? 'HOST' : 'CUSTOMER' };
    return { code, name, role };
  });
}
