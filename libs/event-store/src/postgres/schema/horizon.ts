/**
 * Age in seconds of the oldest transaction that has written and is still open, anywhere on the server: nobody may read
 * the log beyond it. Runs with the rights of the owner, since a role sees only its own sessions.
 */
export const horizonFunction = `
create function event_store.horizon_lag() returns double precision
language sql volatile security definer set search_path = pg_catalog as $$
  select coalesce(extract(epoch from clock_timestamp() - min(held.since)), 0)::double precision
    from (select xact_start as since from pg_stat_activity where backend_xid is not null
          union all
          select prepared from pg_prepared_xacts) held
$$;
`;
