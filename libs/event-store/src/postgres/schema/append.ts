/**
 * Records a group of appends in one transaction and one round trip, and answers each of them for itself.
 *
 * The order of steps keeps the log in order (the stress tests prove it, and that another order breaks it):
 * 1. the locks of all streams. An advisory lock draws no transaction number, and the statements after it see what the
 *    previous holder committed. The caller gives the streams sorted, so that two groups cannot wait for each other;
 * 2. the decision about each append, before a position is drawn, so that a refused one leaves no gap;
 * 3. the write.
 * It has to be the first write of its transaction: an earlier one would draw the number before the lock.
 *
 * `streams` holds each stream once, `append_streams` the place of each append's stream in it; `sizes` cuts the arrays of
 * events into appends. An expectation is an exact revision, or -1 none, -2 any, -3 exists. An outcome is `appended`,
 * `repeated`, `refused` (the revision is the actual one, -1 for no stream) or `deleted`.
 *
 * Generic plans, because planning an append costs more than running it.
 */
export const appendFunctions = `
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

create function event_store.append(
  streams text[], append_streams integer[], expectations integer[], sizes integer[],
  event_ids uuid[], event_types text[], events json[],
  out outcomes text[], out revisions integer[], out xids xid8[], out positions bigint[])
language plpgsql set plan_cache_mode = force_generic_plan as $$
declare
  stream text;
  heads integer[];
  head integer;
  expected integer;
  outcome text;
  earlier record;
  xid xid8;
  position bigint;
  before integer := 0;
begin
  foreach stream in array streams loop
    perform pg_advisory_xact_lock(hashtextextended(stream, 0));
  end loop;

  foreach stream in array streams loop
    select e.revision into head from event_store.events e where e.stream_id = stream order by e.revision desc limit 1;
    if not found then
      select case when count(*) = 0 then -1 end into head from event_store.tombstones t where t.stream_id = stream;
    end if;
    heads := heads || head;
  end loop;

  for a in 1 .. cardinality(sizes) loop
    stream := streams[append_streams[a]];
    head := heads[append_streams[a]];
    expected := expectations[a];
    outcome := case when head is null then 'deleted'
                    when expected = head or expected = -2 or expected = -3 and head >= 0 then 'appended'
                    else 'refused' end;
    if head >= 0 and expected <> head then
      earlier := event_store.find_append(stream, event_ids[before + 1 : before + sizes[a]]);
      if earlier.found > 0 then
        outcome := case when earlier.whole and (expected < -1 or earlier.first_revision = expected + 1) then 'repeated'
                        else 'refused' end;
      end if;
    end if;
    xid := null;
    position := null;
    if outcome = 'appended' then
      for e in before + 1 .. before + sizes[a] loop
        head := head + 1;
        insert into event_store.events (stream_id, revision, id, type, event)
        values (stream, head, event_ids[e], event_types[e], events[e])
        returning event_store.events.xid, event_store.events.pos into xid, position;
      end loop;
      heads[append_streams[a]] := head;
    elsif outcome = 'repeated' then
      head := earlier.first_revision + sizes[a] - 1;
      xid := earlier.last_xid;
      position := earlier.last_pos;
    end if;
    outcomes[a] := outcome;
    revisions[a] := head;
    xids[a] := xid;
    positions[a] := position;
    before := before + sizes[a];
  end loop;
end $$;
`;
