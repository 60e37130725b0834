import type { Directory } from '@harmony/access';
import { DIRECTORY } from '@harmony/runtime';
import { unnamedSpeaker, type Speaker } from '@harmony/transcript';
import { Inject, Injectable } from '@nestjs/common';
import type { SpeakerMatch } from '../domain/conversation.js';

/** What a row says of the speakers of a transcript. */
export interface MatchedSpeakers {
  readonly speakers: readonly Speaker[];
  readonly speaker_matches: Readonly<Record<string, SpeakerMatch | null>>;
}

/** The speaker's name by code, as every reader sees it. */
export type NameOf = (row: MatchedSpeakers, code: string) => string;

/** The one place that says what a speaker is called. */
@Injectable()
export class SpeakerNames {
  constructor(@Inject(DIRECTORY) private readonly directory: Directory) {}

  /** Looks up whom the speakers of these rows are matched to, as they are called now. */
  async of(workspaceId: string, rows: readonly MatchedSpeakers[]): Promise<NameOf> {
    const ids = rows.flatMap(({ speaker_matches: matches }) =>
      Object.values(matches).flatMap((match) => (match && match.kind !== 'NAME' ? [match.id] : [])),
    );
    const people = ids.length > 0 ? await this.directory.namesOf(workspaceId, [...new Set(ids)]) : new Map();
    return (row, code) => displayName(row, code, people);
  }
}

/** A match to somebody who is no longer there counts as none: then as the transcript names them, else "User" (P8). */
export function displayName(
  { speakers, speaker_matches: matches }: MatchedSpeakers,
  code: string,
  people: ReadonlyMap<string, string>,
): string {
  const match = matches[code];
  const matched = match?.kind === 'NAME' ? match.name : match && people.get(match.id);
  return matched ?? speakers.find((speaker) => speaker.code === code)?.name ?? unnamedSpeaker;
}
