import { createTestDatabase, eventually, type TestDatabase } from '@harmony/testing';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { Notices, noticesOf, type StopListening } from './notices.js';

describe('notices of Postgres', () => {
  let database: TestDatabase;
  let stops: StopListening[] = [];
  beforeAll(async () => {
    database = await createTestDatabase();
  });
  afterEach(async () => {
    await Promise.all(stops.map((stop) => stop()));
    stops = [];
  });
  afterAll(() => database.drop());

  /** Somebody who listens from now on, what they hear, and how often their listening began. */
  const listener = (notices: Notices, channel: string) => {
    const heard: string[] = [];
    let began = 0;
    const stop = notices.listen(channel, {
      heard: ({ payload = '' }) => heard.push(payload),
      listening: () => (began += 1),
    });
    stops.push(stop);
    return { heard, stop, began: (times = 1) => eventually(() => expect(began).toBe(times)), count: () => began };
  };
  const notify = (channel: string, payload: string) =>
    database.pool.query('select pg_notify($1, $2)', [channel, payload]);
  const listening = `select pid from pg_stat_activity where datname = current_database() and query ~ '^(un)?listen '`;
  /** Asked until it is so: a connection that was cut while a statement ran is known to Postgres for a moment longer. */
  const connections = (expected: number): Promise<void> =>
    eventually(async () => expect((await database.pool.query(listening)).rowCount).toBe(expected));

  it('reach whoever listens to their channel, over one connection for all users of a pool', async () => {
    // Given three listeners to two channels, one of whom came later
    const notices = noticesOf(database.pool);
    const [first, other] = [listener(notices, 'first'), listener(notices, 'an "other"; channel')];
    await Promise.all([first.began(), other.began()]);
    const late = listener(noticesOf(database.pool), 'first');
    await late.began();
    // When something is notified on each of them, and on one that nobody listens to
    await notify('nobody', '0');
    await notify('first', '1');
    await notify('an "other"; channel', '2');
    // Then each hears what is for it, once
    await eventually(() => expect([first.heard, late.heard, other.heard]).toEqual([['1'], ['1'], ['2']]));
    await connections(1);
  });

  it('reach nobody who stopped, and those who stay on the same channel', async () => {
    const notices = new Notices(database.pool);
    const [stays, goes, alone] = [listener(notices, 'a'), listener(notices, 'a'), listener(notices, 'b')];
    await Promise.all([stays.began(), goes.began(), alone.began()]);
    const hasty = listener(notices, 'a');
    await Promise.all([goes.stop(), alone.stop(), hasty.stop()]);
    await listener(notices, 'c').began();
    await notify('b', 'unheard');
    await notify('a', 'heard');
    await eventually(() => expect(stays.heard).toEqual(['heard']));
    expect([goes.heard, alone.heard, hasty.heard]).toEqual([[], [], []]);
    expect(hasty.count()).toBe(0);
  });

  it('have no connection when nobody listens, and one again for whoever comes then', async () => {
    const notices = new Notices(database.pool);
    const before = listener(notices, 'a');
    await before.began();
    // When the last one stops, and somebody comes before its connection has ended
    const stopped = before.stop();
    const [after, beside] = [listener(notices, 'a'), listener(notices, 'b')];
    await Promise.all([stopped, after.began(), beside.began()]);
    await notify('a', '1');
    await eventually(() => expect(after.heard).toEqual(['1']));
    expect([after.count(), beside.count()]).toEqual([1, 1]);
    await connections(1);
    await Promise.all([after.stop(), beside.stop()]);
    await connections(0);
  });

  it('say that some may have been missed when their connection was lost and is there again', async () => {
    const notices = new Notices(database.pool);
    const [a, b] = [listener(notices, 'a'), listener(notices, 'b')];
    await Promise.all([a.began(), b.began()]);
    await database.pool.query(`select pg_terminate_backend(pid) from (${listening}) as lost`);
    await Promise.all([a.began(2), b.began(2)]);
    await notify('b', 'again');
    await eventually(() => expect(b.heard).toEqual(['again']));
  });
});
