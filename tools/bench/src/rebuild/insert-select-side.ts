import type { Pool } from 'pg';

/** The best statement that we could write by hand: every event is parsed once, and nothing leaves the server. */
const statement = `
insert into bench.by_hand (conversation_id, workspace_id, title, turns, words, talk_ms, completed, started_at, updated_at)
select substr(stream_id, 14)::uuid,
       min(event ->> 'workspaceId')::uuid,
       max(event #>> '{data,title}'),
       coalesce(sum(jsonb_array_length(turns)), 0)::int,
       coalesce(sum((event #>> '{data,wordCount}')::int), 0)::int,
       coalesce(sum((turns #>> '{0,endMs}')::bigint - (turns #>> '{0,startMs}')::bigint), 0)::bigint,
       bool_or(type = 'ConversationCompleted'),
       min(event ->> 'occurredAt')::timestamptz,
       max(event ->> 'occurredAt')::timestamptz
  from (select stream_id, type, event, event #> '{data,turns}' as turns
          from (select stream_id, type, event::jsonb as event from event_store.events
                 where starts_with(stream_id, 'conversation-') offset 0) as parsed offset 0) as events
 group by stream_id`;

/** Rebuilds the summaries with one hand-written statement, into an empty table with the same indexes. */
export async function insertSelectRate(pool: Pool, events: number): Promise<number> {
  await pool.query('drop table if exists bench.by_hand');
  await pool.query('create table bench.by_hand (like bench.summaries including all)');
  const start = performance.now();
  await pool.query(statement);
  return events / ((performance.now() - start) / 1_000);
}

/** Rows that only one of the two has. */
export async function differences(pool: Pool): Promise<number> {
  const { rows } = await pool.query<{ count: number }>(
    `select count(*)::int as count from (
       (table bench.summaries except table bench.by_hand) union all
       (table bench.by_hand except table bench.summaries)) as different`,
  );
  return rows[0]?.count ?? -1;
}
