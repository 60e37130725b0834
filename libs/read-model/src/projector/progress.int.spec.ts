import { afterAll, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { newId } from '@harmony/kernel';
import { conversationProjection as projection, eventsOf, submitted } from '../testing/conversation-projection.js';
import { MemoryStore } from '../testing/memory-store.js';
import { startProjectionFixture, type ProjectionFixture } from '../testing/projection-fixture.js';
import { ListeningProgress } from './progress.js';

jest.setTimeout(60_000);

describe('waiting for a projection', () => {
  let fixture: ProjectionFixture;
  let progress: ListeningProgress;
  const store = new MemoryStore();

  beforeAll(async () => {
    fixture = await startProjectionFixture([projection]);
    fixture.run(projection, store);
  });
  beforeEach(() => {
    progress = new ListeningProgress(fixture.database);
  });
  afterAll(() => fixture.close());

  const submit = async (): Promise<string> => {
    const id = newId();
    await store.append(`conversation-${id}`, eventsOf([submitted(id)]));
    return id;
  };

  it('ends when the change can be read, for many who wait at once', async () => {
    await Promise.all(
      Array.from({ length: 20 }, async () => {
        const id = await submit();
        await progress.waitFor(projection.name, await store.head(), 20_000);
        const sql = 'select 1 from sample.conversations where conversation_id = $1';
        expect((await fixture.server.pool.query(sql, [id])).rowCount).toBe(1);
      }),
    );
    expect(await progress.positionOf(projection.name)).toEqual(await store.head());
    await progress.close();
  });

  it('ends also when the notices no longer arrive', async () => {
    await submit();
    await progress.waitFor(projection.name, await store.head(), 20_000);
    await fixture.server.pool.query(
      "select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and query like 'listen %'",
    );
    await submit();
    await progress.waitFor(projection.name, await store.head(), 20_000);
    await progress.close();
  });

  it('ends for what is of no interest to it as well, though its checkpoint passes that by only now and then', async () => {
    const [rare, elsewhere] = [await startProjectionFixture([projection]), new MemoryStore()];
    rare.run(projection, elsewhere, { idleCheckpointMs: 3_600_000 });
    const waiting = new ListeningProgress(rare.database);
    for (let turn = 0; turn < 3; turn += 1) {
      await elsewhere.append(`other-${turn}`, eventsOf([submitted(newId())]));
      await waiting.waitFor(projection.name, await elsewhere.head(), 20_000);
    }
    await waiting.close();
    await rare.close();
  });

  it('for a near and for a far position ends for each when its own is there', async () => {
    const [rare, elsewhere] = [await startProjectionFixture([projection]), new MemoryStore()];
    rare.run(projection, elsewhere, { idleCheckpointMs: 3_600_000 });
    const waiting = new ListeningProgress(rare.database);
    await elsewhere.append('other-1', eventsOf([submitted(newId())]));
    const near = await elsewhere.head();
    const far = { major: near.major + 1n, minor: near.minor + 1n };
    const arrived: string[] = [];
    const both = [
      waiting.waitFor(projection.name, far, 20_000).then(() => arrived.push('far')),
      waiting.waitFor(projection.name, near, 20_000).then(() => arrived.push('near')),
    ];
    await both[1];
    expect(arrived).toEqual(['near']);
    await elsewhere.append('other-2', eventsOf([submitted(newId())]));
    await both[0];
    await waiting.close();
    await rare.close();
  });

  it('for more asks nothing of a projection, which comes to it in its own time', async () => {
    const [rare, elsewhere] = [await startProjectionFixture([projection]), new MemoryStore()];
    rare.run(projection, elsewhere, { idleCheckpointMs: 3_600_000 });
    const waiting = new ListeningProgress(rare.database);
    const start = await waiting.positionOf(projection.name);
    await elsewhere.append('other-1', eventsOf([submitted(newId())]));
    await expect(waiting.waitForMore(projection.name, start, 600)).rejects.toMatchObject({ code: 'READ_MODEL_BEHIND' });
    const id = newId();
    await elsewhere.append(`conversation-${id}`, eventsOf([submitted(id)]));
    await waiting.waitForMore(projection.name, start, 20_000);
    await waiting.close();
    await rare.close();
  });

  it('ends with READ_MODEL_BEHIND when the time is over', async () => {
    const { major, minor } = await store.head();
    const future = { major: major + 1n, minor: minor + 1n };
    await expect(progress.waitFor(projection.name, future, 50)).rejects.toMatchObject({ code: 'READ_MODEL_BEHIND' });
    await progress.close();
  });

  it('says so when no such projection is set up', async () => {
    await expect(progress.positionOf('sample.nothing')).rejects.toMatchObject({ code: 'UNKNOWN_PROJECTION' });
  });
});
