/**
 * Erases a stream for good under its lock. Gives back null when it was done, or had been done before; else the actual
 * revision that the expectation did not fit, -1 for no stream. Expectations as in `append`.
 */
export const deleteStreamFunction = `
create function event_store.delete_stream(stream text, expected integer) returns integer
language plpgsql as $$
declare
  head integer;
begin
  perform pg_advisory_xact_lock(hashtextextended(stream, 0));
  if exists (select from event_store.tombstones t where t.stream_id = stream) then
    return null;
  end if;
  select coalesce(max(e.revision), -1) into head from event_store.events e where e.stream_id = stream;
  if not (expected = head or expected = -2 or expected = -3 and head >= 0) then
    return head;
  end if;
  insert into event_store.tombstones (stream_id) values (stream);
  delete from event_store.events e where e.stream_id = stream;
  return null;
end $$;
`;
