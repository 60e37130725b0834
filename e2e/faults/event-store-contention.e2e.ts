import type { RecordedEvent } from '@harmony/event-store';
import { eventually, startPostgresServer, type PostgresServer } from '@harmony/testing';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { anEvent, openLog, type OpenLog } from './event-store-log.js';

describe('contention on the event store', () => {
  let server: PostgresServer;
  let log: OpenLog;
  let others: OpenLog[];

  beforeAll(async () => {
    server = await startPostgresServer({ durable: true });
    log = await openLog(server);
    others = await Promise.all(Array.from({ length: 3 }, () => openLog(server)));
  }, 120_000);
  afterAll(async () => {
    for (const each of [log, ...others]) await each.close();
    await server.stop();
  }, 60_000);

  it('gives one of 32 writers with the same expectation the stream, and tells the others the actual revision', async () => {
    const streamId = 'contended';
    await log.store.append(streamId, [anEvent()], 'none');
    const stores = [log, ...others].map(({ store }) => store);
    const attempts = Array.from({ length: 32 }, (_, writer) => stores[writer % stores.length] ?? log.store);
    const outcomes = await Promise.allSettled(attempts.map((store) => store.append(streamId, [anEvent()], 0)));
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    const refused = { code: 'WRONG_EXPECTED_REVISION', status: 409, facts: { expected: 0, actual: 1 } };
    for (const outcome of outcomes) if (outcome.status === 'rejected') expect(outcome.reason).toMatchObject(refused);
    const events: RecordedEvent[] = [];
    for await (const event of log.store.readStream(streamId)) events.push(event);
    expect(events).toHaveLength(2);
  }, 60_000);

  it('makes followers wait behind a long transaction, shows its age, and then gives them everything', async () => {
    const ending = new AbortController();
    const got: RecordedEvent[] = [];
    const follower = (async () => {
      const options = { after: 'end' as const, signal: ending.signal };
      for await (const { events } of log.store.subscribe(options)) got.push(...events);
    })();
    const blocker = await log.database.connectOwner();
    const ids: string[] = [];
    try {
      await blocker.query('begin');
      await blocker.query('create table held_open (at timestamptz)');
      for (let count = 0; count < 50; count += 1) {
        const event = anEvent();
        await log.store.append(`waiting-${count}`, [event], 'none');
        ids.push(event.id);
      }
      await eventually(async () => expect(await log.store.horizonLag()).toBeGreaterThan(2));
      expect(got).toEqual([]);
      await blocker.query('commit');
    } finally {
      await blocker.end();
    }
    await eventually(() => expect(got).toHaveLength(ids.length));
    expect(got.map(({ id }) => id)).toEqual(ids);
    await eventually(async () => expect(await log.store.horizonLag()).toBe(0));
    ending.abort();
    await follower;
  }, 120_000);
});
