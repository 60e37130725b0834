import type { AnalystOrigin, InsightType } from '@harmony/contracts';
import type { Reads } from '../reads.js';
import { measures, type History, type Measure, type Moments } from './estimate.js';
import type { RecordedWork } from './plan-estimate.js';
import type { TimedTranscription } from './transcription-estimate.js';

/** Conversations of the scope that are looked at, evenly spread over it, and as many of the latest ones. */
const sampledConversations = 200;

interface UsageRow {
  readonly part: 'EXTRACTION' | 'CRITERIA' | 'ANSWERS';
  readonly subject_id: string;
  readonly type: InsightType | null;
}

/**
 * What extractions, verdicts and answers of the same analyst took: of conversations in the scope, which are as long as
 * those that are asked about, and of the latest ones, since a scope may have no answers yet.
 */
export async function recordedUsage(
  { workspaceId, query }: Reads,
  scope: readonly string[],
  { engine, model }: AnalystOrigin,
): Promise<Omit<RecordedWork, 'transcriptions'>> {
  const rows = await query<UsageRow & Record<string, number>>(usage, [workspaceId, sampleOf(scope), engine, model]);
  const of = (part: UsageRow['part']): History[] =>
    rows
      .filter((row) => row.part === part)
      .map((row) => ({ subjectId: row.subject_id, type: row.type, moments: momentsOf(row) }));
  return { extractions: of('EXTRACTION'), criteria: of('CRITERIA'), answers: of('ANSWERS') };
}

/**
 * How long transcriptions took, by the engine that made the last one of these: which one is configured is known to the
 * service of transcription only.
 */
export const timedTranscriptions = (
  { workspaceId, query }: Reads,
  scope: readonly string[],
): Promise<TimedTranscription[]> => query<TimedTranscription>(transcriptions, [workspaceId, sampleOf(scope)]);

function sampleOf(scope: readonly string[]): string[] {
  const step = Math.max(1, Math.ceil(scope.length / sampledConversations));
  return scope.filter((_, index) => index % step === 0);
}

const momentsOf = (row: Readonly<Record<string, number>>): Record<Measure, Moments> => {
  const of = (measure: Measure): Moments => ({
    count: row['count'] ?? 0,
    sum: row[`sum_${measure.toLowerCase()}`] ?? 0,
    squares: row[`squares_${measure.toLowerCase()}`] ?? 0,
  });
  return { calls: of('calls'), tokens: of('tokens'), costMicros: of('costMicros'), durationMs: of('durationMs') };
};

const sums = measures
  .map(
    (measure) =>
      `sum(${measure})::float8 as sum_${measure}, sum(${measure} * ${measure})::float8 as squares_${measure}`,
  )
  .join(', ');

/**
 * Conversation by conversation, each by the key of its rows: Postgres cannot know how many answers an engine has given,
 * guesses one, and would compare every answer there is with every conversation of the sample.
 */
const usage = `
  with sample as (
    select unnest($2::uuid[]) as conversation_id
    union
    (select conversation_id from insights.conversations where workspace_id = $1
      order by happened_at desc limit ${sampledConversations})),
  recorded as (
    select 'ANSWERS' as part, r.definition_id::text as subject_id, v.question->>'type' as type, r.usage, r.duration_ms
      from sample
      cross join lateral (
        select definition_id, definition_version, usage, duration_ms
          from insights.results a
         where a.conversation_id = sample.conversation_id and a.workspace_id = $1
           and a.outcome in ('ANSWERED', 'NOT_DISCUSSED') and a.usage is not null
           and a.origin->>'engine' = $3 and a.origin->>'model' = $4
        offset 0) r
      left join insights.definition_versions v
        on v.definition_id = r.definition_id and v.version = r.definition_version::text
    union all
    select 'CRITERIA', j.criterion_id::text, null, j.usage, j.duration_ms
      from sample
      cross join lateral (
        select criterion_id, usage, duration_ms
          from insights.verdicts a
         where a.conversation_id = sample.conversation_id and a.workspace_id = $1 and a.finding is not null
           and a.origin->>'engine' = $3 and a.origin->>'model' = $4
        offset 0) j
    union all
    select 'EXTRACTION', 'EXTRACTION', null, c.extracted->'usage', (c.extracted->>'durationMs')::int
      from sample
      join insights.conversations c using (conversation_id)
     where c.workspace_id = $1 and c.extracted->>'engine' = $3 and c.extracted->>'model' = $4),
  measured as (
    select part, subject_id, type, (usage->>'calls')::float8 as calls,
           (usage->>'inputTokens')::float8 + (usage->>'outputTokens')::float8 as tokens,
           (usage->>'costMicros')::float8 as costMicros, duration_ms::float8 as durationMs
      from recorded)
  select part, subject_id, type, count(*)::int as count, ${sums} from measured group by part, subject_id, type`;

const transcriptions = `
  with sample as (
    select unnest($2::uuid[]) as conversation_id
    union
    (select conversation_id from insights.conversations where workspace_id = $1 and transcribed is not null
      order by happened_at desc limit ${sampledConversations})),
  timed as (
    select c.recording_ms, c.transcribed
      from sample
      join insights.conversations c using (conversation_id)
     where c.workspace_id = $1 and c.recording_ms > 0 and c.transcribed->>'durationMs' is not null),
  latest as (
    select transcribed->>'engine' as engine, transcribed->>'model' as model
      from timed order by (transcribed->>'at')::timestamptz desc limit 1)
  select recording_ms::float8 as "recordingMs", (transcribed->>'durationMs')::float8 as "durationMs"
    from timed
    join latest on latest.engine is not distinct from transcribed->>'engine'
               and latest.model is not distinct from transcribed->>'model'`;
