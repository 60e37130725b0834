import { createTestDatabase } from '@harmony/testing';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { newId } from '@harmony/kernel';
import { openDatabase, type Database } from '../database/open-database.js';
import { ListeningProgress } from '../projector/progress.js';
import { runProjections } from '../projector/run-projections.js';
import { replay } from '../replay/replay.js';
import {
  conversationProjection as projection,
  eventsOf,
  submitted,
  workspaceId,
} from '../testing/conversation-projection.js';
import { MemoryStore } from '../testing/memory-store.js';
import { verify } from '../verify/verify.js';
import { migrate } from './migrate.js';

jest.setTimeout(60_000);

describe('a database whose owner is no superuser', () => {
  const user = `owner_${process.pid}`;
  const store = new MemoryStore();
  let database: Database;
  let remove: () => Promise<void>;

  beforeAll(async () => {
    const server = await createTestDatabase();
    // So that the roles are there, as an administrator would have made them.
    await migrate(server.url, []);
    await server.pool.query('drop schema projections cascade');
    await server.pool.query(`create role ${user} login password 'plain'`);
    await server.pool.query(`grant harmony_worker, harmony_serving to ${user}`);
    await server.pool.query(`grant create on database ${new URL(server.url).pathname.slice(1)} to ${user}`);
    const url = Object.assign(new URL(server.url), { username: user, password: 'plain' }).toString();
    await migrate(url, [], [projection]);
    database = await openDatabase({ url, workerConnections: 5, servingConnections: 2 });
    remove = async () => {
      await server.pool.query(`drop owned by ${user} cascade`);
      await server.pool.query(`drop role ${user}`);
      await server.drop();
    };
  });
  afterAll(async () => {
    await database.close();
    await remove();
  });

  it('is followed, replayed, verified and read like any other', async () => {
    const submit = async (): Promise<void> => {
      const id = newId();
      await store.append(`conversation-${id}`, eventsOf([submitted(id)]));
    };
    const progress = new ListeningProgress(database);
    const running = runProjections([projection], { database, store });
    for (let round = 0; round < 3; round += 1) {
      await submit();
      await replay(projection, { database, store, onError: round % 2 ? 'park' : 'stop' });
      await submit();
      await progress.waitFor(projection.name, await store.head(), 20_000);
      expect(await verify(projection, { database, store })).toMatchObject({ differences: 0 });
    }
    const count = 'select count(*)::int as count from sample.conversations';
    expect(await database.scoped.query(workspaceId, count)).toEqual([{ count: 6 }]);
    expect(await database.scoped.query(newId(), count)).toEqual([{ count: 0 }]);
    await running.stop();
    await progress.close();
  });
});
