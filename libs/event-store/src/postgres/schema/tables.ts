/**
 * `(xid, pos)` orders the log: the transaction that recorded an event and the event's place in it. The transaction's
 * number is drawn after the stream is locked, so within a stream the order of the log is the order of revisions; a reader
 * stays below the oldest transaction that still runs. A second append in one transaction fails on the primary key.
 *
 * `event` holds envelope and data word for word, as text and not as jsonb: cheaper to write and to read, and
 * nothing of it is changed. The columns before it are what the store itself needs to know.
 */
export const tables = `
create table event_store.events (
  xid xid8 not null default pg_current_xact_id(),
  pos integer not null,
  stream_id text collate "C" not null,
  revision integer not null,
  id uuid not null,
  type text collate "C" not null,
  recorded_at timestamptz not null default now(),
  event json not null,
  primary key (xid, pos),
  unique (stream_id, revision),
  unique (id, stream_id)
);

create table event_store.tombstones (
  stream_id text collate "C" primary key,
  deleted_at timestamptz not null default now()
);
`;
