import type { ActionItem, AnalystOrigin, ConversationStatistics, Evidence, Extraction } from '@harmony/contracts';
import { unnamedSpeaker, type Speaker } from '@harmony/transcript';
import { roleOf, type SpeakerMatch } from '../domain/spoken.js';
import { sidesOf } from '../domain/statistics.js';
import type { CountedTurn } from '../domain/talk.js';

/** A row of `extraction.extractions` as Postgres gives it back. */
export interface ExtractionRow {
  readonly conversation_id: string;
  readonly speakers: readonly Speaker[];
  readonly speaker_matches: Readonly<Record<string, SpeakerMatch | null>>;
  readonly extraction_version: number | null;
  readonly transcript_version: number | null;
  readonly extraction: Extraction | null;
  readonly statistics: ConversationStatistics | null;
  /** Of the transcript that was looked through, where speakers are matched; null elsewhere. */
  readonly talk: readonly CountedTurn[] | null;
  readonly origin: AnalystOrigin | null;
  readonly extracted_at: Date | null;
}

type SpeakerStatistics = ConversationStatistics['speakers'][number];

export interface QuestionView {
  readonly text: string;
  readonly speakerCode: string;
  readonly speakerName: string;
  readonly evidence: Evidence;
}

/** What a conversation says, as its readers see it. */
export interface ExtractionView {
  readonly conversationId: string;
  readonly version: number;
  readonly transcriptVersion: number;
  readonly summary: string;
  readonly keyPoints: Extraction['keyPoints'];
  readonly actionItems: (ActionItem & { readonly evidence: Evidence[] })[];
  readonly topics: readonly string[];
  readonly questions: readonly QuestionView[];
  readonly statistics: Omit<ConversationStatistics, 'speakers'> & {
    readonly speakers: readonly (Omit<SpeakerStatistics, 'speaker'> & {
      readonly speakerCode: string;
      readonly speakerName: string;
    })[];
  };
  readonly analyst: Pick<AnalystOrigin, 'engine' | 'model' | 'templateVersion'> & { readonly isLocal: boolean };
  readonly extractedAt: Date;
}

/** `people`: names by the ids of users and contacts. Null until the conversation has been looked through. */
export function toView(row: ExtractionRow, people: ReadonlyMap<string, string>): ExtractionView | null {
  const { extraction, statistics, origin, extracted_at: extractedAt } = row;
  const { extraction_version: version, transcript_version: transcriptVersion } = row;
  if (!extraction || !statistics || !origin || !extractedAt || version === null || transcriptVersion === null)
    return null;
  const named = (code: string) => ({ speakerCode: code, speakerName: nameOf(row, code, people) });
  const { questions, ...found } = extraction;
  return {
    ...{ conversationId: row.conversation_id, version, transcriptVersion, extractedAt, ...found },
    questions: questions.map(({ speaker, ...question }) => ({ ...question, ...named(speaker) })),
    statistics: {
      ...statistics,
      sides: sidesNow(row, statistics),
      speakers: statistics.speakers.map(({ speaker, ...talk }) => ({ ...talk, ...named(speaker) })),
    },
    analyst: analystView(origin),
  };
}

/** By who sits where now: speakers are often matched after their conversation was looked through. */
const sidesNow = (
  { speaker_matches: matches, speakers, talk }: ExtractionRow,
  { sides }: ConversationStatistics,
): ConversationStatistics['sides'] => (talk ? sidesOf(talk, (code) => roleOf({ matches, speakers }, code)) : sides);

const analystView = ({ engine, model, templateVersion }: AnalystOrigin): ExtractionView['analyst'] => ({
  ...{ engine, model, templateVersion, isLocal: engine === 'local' },
});

/** Whom the speaker is matched to, as they are called now, else as the transcript names them, else "User" (P8). */
function nameOf(
  { speakers, speaker_matches: matches }: ExtractionRow,
  code: string,
  people: ReadonlyMap<string, string>,
): string {
  const match = matches[code];
  const matched = match?.kind === 'NAME' ? match.name : match && people.get(match.id);
  return matched ?? speakers.find((speaker) => speaker.code === code)?.name ?? unnamedSpeaker;
}
