/**
 * Records a group of appends in one transaction and one round trip, and answers each of them for itself.
 *
 * The order of steps keeps the log in order (the stress tests prove it, and that another order breaks it):
 * 1. the locks of all streams. An advisory lock draws no transaction number, and the statements after it see what the
 *    previous holder committed. The caller sorts the appends by stream, so that two groups cannot wait for each other;
 * 2. the decision about each append, before a position is drawn, so that a refused one leaves no gap;
 * 3. the write.
 * It has to be the first write of its transaction: an earlier one would draw the number before the lock.
 *
 * An expectation is an exact revision, or -1 none, -2 any, -3 exists. An outcome is `appended`, `repeated`, `refused`
 * (the revision is the actual one, -1 for no stream) or `deleted`.
 *
 * Generic plans, because planning an append costs more than running it.
 */

/** What is known of events that may have been recorded before: how many, and whether they are one whole append. */
const findAppend = `
create function event_store.find_append(stream text, event_ids uuid[],
  out found integer, out whole boolean, out first_revision integer, out last_xid xid8, out last_pos integer)
language sql stable set plan_cache_mode = force_generic_plan as $$
  select count(*)::integer,
         count(*) = cardinality(event_ids) and bool_and(e.revision - given.n = e.first_revision - 1),
         min(e.first_revision)::integer,
         max(e.xid),
         max(e.pos)
    from unnest(event_ids) with ordinality given(id, n)
    join (select found.*, min(found.revision) over () as first_revision
            from event_store.events found
           where found.stream_id = stream and found.id = any (event_ids)) e on e.id = given.id
$$;
`;

/** One append of one or more events, under the lock of its stream. */
const appendOne = `
create function event_store.append_one(
  stream text, expected integer, first_pos integer, event_ids uuid[], event_types text[], events json[],
  out outcome text, out revision integer, out xid xid8, out pos integer)
language plpgsql set plan_cache_mode = force_generic_plan as $$
declare
  earlier record;
  known integer := 0;
begin
  select max(e.revision) into revision from event_store.events e where e.stream_id = stream;
  if revision is null then
    if exists (select from event_store.tombstones t where t.stream_id = stream) then
      outcome := 'deleted';
      return;
    end if;
    revision := -1;
  else
    earlier := event_store.find_append(stream, event_ids);
    known := earlier.found;
    if earlier.whole and (expected < -1 or earlier.first_revision = expected + 1) then
      outcome := 'repeated';
      revision := earlier.first_revision + cardinality(event_ids) - 1;
      xid := earlier.last_xid;
      pos := earlier.last_pos;
      return;
    end if;
  end if;
  if known > 0 or not (expected = revision or expected = -2 or expected = -3 and revision >= 0) then
    outcome := 'refused';
    return;
  end if;
  insert into event_store.events (pos, stream_id, revision, id, type, event)
  select first_pos + given.n - 1, stream, append_one.revision + given.n, given.id, given.type, given.event
    from unnest(event_ids, event_types, append_one.events) with ordinality given(id, type, event, n);
  outcome := 'appended';
  revision := revision + cardinality(event_ids);
  xid := pg_current_xact_id();
  pos := first_pos + cardinality(event_ids) - 1;
end $$;
`;

/**
 * The events of many appends, sorted by stream; number 1 begins an append. Its place in the arrays is an event's place in
 * the transaction. Bodies are joined by the record separator, which JSON escapes: text needs no quoting that way.
 */
const append = `
create function event_store.append(
  streams text[], expectations integer[], numbers integer[], event_ids uuid[], event_types text[], bodies text,
  out outcomes text[], out revisions integer[], out xids xid8[], out positions integer[])
language plpgsql set plan_cache_mode = force_generic_plan as $$
declare
  events json[] := string_to_array(bodies, E'\\x1e');
  appended record;
  first integer := 1;
  next integer;
begin
  perform pg_advisory_xact_lock(hashtextextended(stream, 0)) from unnest(streams) stream;
  while first <= cardinality(event_ids) loop
    next := first + 1;
    while numbers[next] > 1 loop
      next := next + 1;
    end loop;
    appended := event_store.append_one(
      streams[first], expectations[first], first,
      event_ids[first : next - 1], event_types[first : next - 1], events[first : next - 1]);
    outcomes := outcomes || appended.outcome;
    revisions := revisions || appended.revision;
    xids := xids || appended.xid;
    positions := positions || appended.pos;
    first := next;
  end loop;
end $$;
`;

export const appendFunctions = [findAppend, appendOne, append];
