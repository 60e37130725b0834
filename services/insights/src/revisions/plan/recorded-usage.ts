import type { AnalystOrigin, InsightType } from '@harmony/contracts';
import type { Reads } from '../reads.js';
import { measures, type History, type Measure, type Moments } from './estimate.js';

/** Conversations of the scope that are looked at, evenly spread over it, and as many of the latest ones. */
const sampledConversations = 200;

/**
 * What answers of the same analyst took: of conversations in the scope, which are as long as those that are asked about,
 * and of the latest ones, since a scope may have no answers yet.
 */
export async function recordedUsage(
  { workspaceId, query }: Reads,
  scope: readonly string[],
  { engine, model }: AnalystOrigin,
): Promise<History[]> {
  const step = Math.max(1, Math.ceil(scope.length / sampledConversations));
  const sample = scope.filter((_, index) => index % step === 0);
  const rows = await query<Record<string, number> & { definition_id: string; type: InsightType | null }>(history, [
    ...[workspaceId, sample, engine, model],
  ]);
  return rows.map((row) => ({
    ...{ definitionId: row.definition_id, type: row.type },
    moments: momentsOf(row),
  }));
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

const history = `
  with sample as (
    select unnest($2::uuid[]) as conversation_id
    union
    (select conversation_id from insights.conversations where workspace_id = $1
      order by happened_at desc limit ${sampledConversations})),
  answers as (
    select r.definition_id, v.question->>'type' as type, (r.usage->>'calls')::float8 as calls,
           (r.usage->>'inputTokens')::float8 + (r.usage->>'outputTokens')::float8 as tokens,
           (r.usage->>'costMicros')::float8 as costMicros, r.duration_ms::float8 as durationMs
      from sample
      join insights.results r using (conversation_id)
      left join insights.definition_versions v
        on v.definition_id = r.definition_id and v.version = r.definition_version::text
     where r.workspace_id = $1 and r.outcome in ('ANSWERED', 'NOT_DISCUSSED') and r.usage is not null
       and r.origin->>'engine' = $3 and r.origin->>'model' = $4)
  select definition_id, type, count(*)::int as count, ${sums} from answers group by definition_id, type`;
