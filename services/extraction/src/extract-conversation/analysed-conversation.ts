import type { Directory } from '@harmony/access';
import type { AnalysedConversation, Voice } from '@harmony/llm';
import type { ParticipantRole } from '@harmony/contracts';
import type { Speaker } from '@harmony/transcript';
import type { Spoken } from '../domain/spoken.js';

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

/** Users of the workspace sit on the side of the hosts and contacts are customers, whatever the transcript says. */
export function roleOf({ matches, speakers }: Spoken, code: string): ParticipantRole | null {
  const kind = matches[code]?.kind;
  if (kind === 'USER') return 'HOST';
  if (kind === 'CONTACT') return 'CUSTOMER';
  return speakers.find((speaker) => speaker.code === code)?.role ?? null;
}
