/** True while the stream's last revision is the expected one, -1 for a stream that never was. */
const holds = (stream: string, expected: string): string => `
  coalesce((select head.revision from event_store.events head
             where head.stream_id = ${stream} order by head.revision desc limit 1), -1) = ${expected}
  and (${expected} >= 0 or not exists (select from event_store.tombstones where stream_id = ${stream}))`;

/**
 * The fast way for exact expectations: a statement that locks and a second one that writes what still fits, in one
 * transaction. The lock comes first, because it draws no transaction number, and the write sees what the previous holder
 * of the lock committed. One event has statements of its own: arrays would cost it as much as the write.
 */
export const statements = {
  lockOne: {
    name: 'event_store_lock_one',
    parameters: '(text)',
    text: 'select pg_advisory_xact_lock(hashtextextended($1, 0))',
  },
  writeOne: {
    name: 'event_store_write_one',
    parameters: '(text, integer, uuid, text, json)',
    text: `insert into event_store.events (pos, stream_id, revision, id, type, event)
           select 1, $1, $2 + 1, $3, $4, $5 where ${holds('$1', '$2')}
           returning xid, pos`,
  },
  lockAll: {
    name: 'event_store_lock_all',
    parameters: '(text[])',
    text: 'select count(pg_advisory_xact_lock(hashtextextended(stream, 0))) from unnest($1) stream',
  },
  writeAll: {
    name: 'event_store_write_all',
    parameters: '(text[], integer[], integer[], uuid[], text[], text)',
    text: `insert into event_store.events (pos, stream_id, revision, id, type, event)
           select given.pos, given.stream, given.expected + given.number, given.id, given.type, given.event
             from unnest($1, $2, $3, $4, $5, string_to_array($6, E'\\x1e')::json[])
                  with ordinality given(stream, expected, number, id, type, event, pos)
            where ${holds('given.stream', 'given.expected')}
           returning xid, pos`,
  },
} as const;

/**
 * Prepares them on a connection of its own. Generic plans, because planning an append costs more than running it, and
 * Postgres would rather plan anew for arrays, whose lengths it cannot know.
 */
export const preparation = [
  'set plan_cache_mode = force_generic_plan',
  ...Object.values(statements).map(({ name, parameters, text }) => `prepare ${name} ${parameters} as ${text}`),
].join(';');
