import { eventually } from '@harmony/testing';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { newId } from '@harmony/kernel';
import { PostgresEventStore, eventStoreMigrations } from '@harmony/event-store';
import { lastPosition } from '@harmony/event-store/testing';
import { migrate } from '../migrations/migrate.js';
import { replay } from '../replay/replay.js';
import {
  completed,
  conversationProjection as projection,
  eventsOf,
  submitted,
} from '../testing/conversation-projection.js';
import { MemoryStore } from '../testing/memory-store.js';
import { startProjectionFixture, type ProjectionFixture } from '../testing/projection-fixture.js';
import { verify } from '../verify/verify.js';
import { claimCheckpoint } from './checkpoint.js';

jest.setTimeout(60_000);

describe('a projector under faults', () => {
  let fixture: ProjectionFixture;
  let store: MemoryStore;

  beforeEach(async () => {
    fixture = await startProjectionFixture([projection]);
    store = new MemoryStore();
  });
  afterEach(() => fixture.close());

  const happen = async (count: number): Promise<void> => {
    for (let index = 0; index < count; index += 1) {
      const id = newId();
      await store.append(`conversation-${id}`, eventsOf([submitted(id), completed(id)]));
    }
  };
  const counted = async (): Promise<unknown> => (await fixture.rows(projection, 'media'))[0]?.['conversations'];

  it('applies everything once when the connection dies after the rows and before the checkpoint', async () => {
    await fixture.server.pool.query(`
      create sequence deaths;
      grant usage on sequence deaths to harmony_worker;
      create function die() returns trigger language plpgsql security definer as $$
      begin
        if nextval('deaths') <= 3 then perform pg_terminate_backend(pg_backend_pid()); perform pg_sleep(1); end if;
        return new;
      end $$;
      create trigger die before update of major on projections.checkpoints for each row execute function die()`);
    await happen(5);
    fixture.run(projection, store, { batchSize: 3 });
    await fixture.reached(projection, await store.head());
    const { rows } = await fixture.server.pool.query('select last_value::int as attempts from deaths');
    expect(rows[0]).toMatchObject({ attempts: expect.any(Number) });
    expect(Number(rows[0].attempts)).toBeGreaterThan(3);
    expect(await counted()).toBe(5);
    expect(await fixture.checkpoint(projection)).toMatchObject({ events: 10 });
  });

  it('applies everything once while all its connections are cut again and again', async () => {
    fixture.run(projection, store, { batchSize: 2 });
    for (let round = 0; round < 5; round += 1) {
      await happen(4);
      await fixture.server.pool.query(
        "select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and application_name = 'harmony'",
      );
    }
    await fixture.reached(projection, await store.head());
    expect(await counted()).toBe(20);
    expect(await verify(projection, { database: fixture.database, store })).toMatchObject({ differences: 0 });
  });

  it('has one owner: the second waits, and takes over when the first one stops', async () => {
    const first = fixture.run(projection, store);
    await eventually(async () => expect((await fixture.checkpoint(projection)).state).toBe('live'));
    const { owner } = await fixture.checkpoint(projection);
    fixture.run(projection, store);
    await happen(2);
    await fixture.reached(projection, await store.head());
    expect((await fixture.checkpoint(projection)).owner).toBe(owner);
    await first.stop();
    await happen(2);
    await fixture.reached(projection, await store.head());
    expect((await fixture.checkpoint(projection)).owner).not.toBe(owner);
    expect(await counted()).toBe(4);
  });

  it('rolls back and stops when somebody else has moved the checkpoint in spite of the lock', async () => {
    await happen(1);
    const run = fixture.run(projection, store);
    await fixture.reached(projection, await store.head());
    await claimCheckpoint(fixture.database.worker, projection.name, newId());
    await happen(1);
    await expect(run.failed).rejects.toMatchObject({ code: 'CHECKPOINT_CONFLICT' });
    expect(await counted()).toBe(1);
  });

  it('loses nothing when it is stopped in mid stream', async () => {
    await happen(20);
    for (let round = 0; round < 5; round += 1) await fixture.run(projection, store, { batchSize: 1 }).stop();
    fixture.run(projection, store);
    await fixture.reached(projection, await store.head());
    expect(await counted()).toBe(20);
  });

  it('follows and replays the log on PostgreSQL while many append', async () => {
    await migrate(fixture.server.url, [eventStoreMigrations]);
    const log = PostgresEventStore.open({ pool: fixture.database.worker });
    fixture.run(projection, log, { batchSize: 5 });
    const appends = Array.from({ length: 60 }, async () => {
      const id = newId();
      await log.append(`conversation-${id}`, eventsOf([submitted(id), completed(id)]), 'none');
    });
    await replay(projection, { database: fixture.database, store: log });
    await Promise.all(appends);
    await fixture.reached(projection, await lastPosition(fixture.database.worker));
    expect(await counted()).toBe(60);
    expect(await fixture.checkpoint(projection)).toMatchObject({ events: 120, generation: '2' });
    expect(await verify(projection, { database: fixture.database, store: log })).toMatchObject({ differences: 0 });
    await log.close();
  });
});
