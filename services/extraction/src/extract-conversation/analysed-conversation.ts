import type { Directory } from '@harmony/access';
import type { AnalysedConversation, Voice } from '@harmony/llm';
import type { Speaker } from '@harmony/transcript';
import { roleOf, type Spoken } from '../domain/spoken.js';

/** A conversation as an analyst reads it, with speakers by the names that people know them by. */
export async function analysedConversation(
  spoken: Spoken,
  { workspaceId, conversationId }: { readonly workspaceId: string; readonly conversationId: string },
  directory: Directory,
): Promise<AnalysedConversation> {
  const { title, startedAt, turns, transcriptVersion, speakers, matches } = spoken;
  const ids = Object.values(matches).flatMap((match) => (match && match.kind !== 'NAME' ? [match.id] : []));
  const people = ids.length > 0 ? await directory.namesOf(workspaceId, ids) : new Map<string, string>();
  const voiceOf = (speaker: Speaker): Voice => {
    const match = matches[speaker.code];
    const matched = match?.kind === 'NAME' ? match.name : match && people.get(match.id);
    return { code: speaker.code, name: matched ?? speaker.name, role: roleOf(spoken, speaker.code) };
  };
  const key = `${conversationId}/${transcriptVersion}`;
  return { key, title, startedAt, voices: speakers.map(voiceOf), turns };
}
