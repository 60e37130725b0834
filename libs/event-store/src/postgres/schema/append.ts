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
  out found integer, out whole boolean, out first_revision integer, out last_xid xid8, out last_pos bigint)
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

/** The careful way, for whatever the fast ways leave over: repetitions, conflicts, expectations that are not exact. */
const appendSlowly = `
create function event_store.append_slowly(
  stream text, expected integer, event_ids uuid[], event_types text[], events json[],
  out outcome text, out revision integer, out xid xid8, out pos bigint)
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
  outcome := 'appended';
  for e in 1 .. cardinality(event_ids) loop
    revision := revision + 1;
    insert into event_store.events as written (stream_id, revision, id, type, event)
    values (stream, append_slowly.revision, event_ids[e], event_types[e], events[e])
    returning written.xid, written.pos into xid, pos;
  end loop;
end $$;
`;

/** One event at the revision that the caller knows: the common case of an idle store, with nothing to set up for it. */
const appendOne = `
create function event_store.append_one(
  stream text, expected integer, event_id uuid, event_type text, event json,
  out outcome text, out revision integer, out xid xid8, out pos bigint)
language plpgsql as $$
begin
  perform pg_advisory_xact_lock(hashtextextended(stream, 0));
  insert into event_store.events as written (stream_id, revision, id, type, event)
  select stream, expected + 1, event_id, event_type, append_one.event
   where coalesce((select head.revision from event_store.events head
                    where head.stream_id = stream order by head.revision desc limit 1), -1) = expected
     and (expected >= 0 or not exists (select from event_store.tombstones t where t.stream_id = stream))
  returning 'appended', written.revision, written.xid, written.pos into outcome, revision, xid, pos;
  if not found then
    select * into outcome, revision, xid, pos
      from event_store.append_slowly(stream, expected, array[event_id], array[event_type], array[append_one.event]);
  end if;
end $$;
`;

/**
 * Many appends, sorted by stream. The first append of each stream with an exact expectation is decided and written in
 * one statement with all others of its kind; the rest follows one by one.
 */
const appendGroup = `
create function event_store.append_group(
  streams text[], expectations integer[], sizes integer[],
  event_appends integer[], event_numbers integer[], event_ids uuid[], event_types text[], events json[],
  out outcomes text[], out revisions integer[], out xids xid8[], out positions bigint[])
language plpgsql set plan_cache_mode = force_generic_plan as $$
declare
  bases integer[];
  drawn bigint[];
  taken integer := 0;
  before integer := 0;
  slow record;
begin
  perform pg_advisory_xact_lock(hashtextextended(stream, 0)) from unnest(streams) stream;

  bases := array(
    select case when coalesce((select head.revision from event_store.events head
                                where head.stream_id = given.stream order by head.revision desc limit 1), -1)
                     = given.expected
                 and streams[given.append - 1] is distinct from given.stream
                 and (given.expected >= 0
                      or not exists (select from event_store.tombstones t where t.stream_id = given.stream))
                then given.expected end
      from unnest(streams, expectations) with ordinality given(stream, expected, append));

  with written as (
    insert into event_store.events (stream_id, revision, id, type, event)
    select streams[given.append], bases[given.append] + given.number, given.id, given.type, given.event
      from unnest(event_appends, event_numbers, event_ids, event_types, append_group.events)
           as given(append, number, id, type, event)
     where bases[given.append] is not null
    returning events.pos)
  select array_agg(written.pos) into drawn from written;

  for a in 1 .. cardinality(sizes) loop
    if bases[a] is not null then
      taken := taken + sizes[a];
      outcomes[a] := 'appended';
      revisions[a] := bases[a] + sizes[a];
      xids[a] := pg_current_xact_id();
      positions[a] := drawn[taken];
    else
      slow := event_store.append_slowly(
        streams[a], expectations[a], event_ids[before + 1 : before + sizes[a]],
        event_types[before + 1 : before + sizes[a]], append_group.events[before + 1 : before + sizes[a]]);
      outcomes[a] := slow.outcome;
      revisions[a] := slow.revision;
      xids[a] := slow.xid;
      positions[a] := slow.pos;
    end if;
    before := before + sizes[a];
  end loop;
end $$;
`;

export const appendFunctions = [findAppend, appendSlowly, appendOne, appendGroup];
