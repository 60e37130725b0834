import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { newId } from '@harmony/kernel';
import { rowAfter, type ProjectedTable, type Projection } from '../port.js';
import { replay } from '../replay/replay.js';
import { conversationProjection as projection, eventsOf, submitted } from '../testing/conversation-projection.js';
import { MemoryStore } from '../testing/memory-store.js';
import { startProjectionFixture, type ProjectionFixture } from '../testing/projection-fixture.js';
import { verify } from './verify.js';

jest.setTimeout(60_000);

describe('a verification', () => {
  let fixture: ProjectionFixture;
  let store: MemoryStore;
  const ids = Array.from({ length: 20 }, () => newId());
  const impureProjection = impure(projection);

  beforeEach(async () => {
    fixture = await startProjectionFixture([projection]);
    store = new MemoryStore();
    for (const id of ids) await store.append(`conversation-${id}`, eventsOf([submitted(id)]));
  });
  afterEach(() => fixture.close());

  const live = async (followed: Projection): Promise<void> => {
    fixture.run(followed, store);
    await fixture.reached(followed, await store.head());
  };
  const options = (): { database: ProjectionFixture['database']; store: MemoryStore } => ({
    database: fixture.database,
    store,
  });

  it('finds no difference between live rows and a replay of an unchanged definition', async () => {
    await live(projection);
    expect(await verify(projection, options())).toEqual({
      position: await store.head(),
      rows: 21,
      buckets: expect.any(Number),
      differences: 0,
      examples: [],
    });
    expect(await replay(projection, { ...options(), verify: true })).toMatchObject({ comparison: { differences: 0 } });
  });

  it('names the live rows that somebody changed, added or removed, down to the fields', async () => {
    await live(projection);
    const [changed, removed, model] = ids;
    const { pool } = fixture.server;
    await pool.query(`update sample.conversations set title = 'Forged', words = 7 where conversation_id = $1`, [
      changed,
    ]);
    await pool.query('delete from sample.conversations where conversation_id = $1', [removed]);
    const added = newId();
    await pool.query(
      `insert into sample.conversations select (c).* from (
         select jsonb_populate_record(c, jsonb_build_object('conversation_id', $1::text)) as c
           from sample.conversations c where conversation_id = $2) forged`,
      [added, model],
    );
    const { differences, examples } = await verify(projection, options());
    expect(differences).toBe(3);
    const table = 'conversations';
    expect([...examples].sort((left, right) => left.kind.localeCompare(right.kind))).toEqual([
      { table, key: { conversation_id: changed }, kind: 'changed', fields: ['title', 'words'] },
      { table, key: { conversation_id: removed }, kind: 'missing', fields: [] },
      { table, key: { conversation_id: added }, kind: 'surplus', fields: [] },
    ]);
  });

  it('keeps a replay from exchanging tables that differ when it was asked to verify', async () => {
    await live(projection);
    await fixture.server.pool.query('update sample.media set conversations = 0');
    await expect(replay(projection, { ...options(), verify: true })).rejects.toMatchObject({
      code: 'REPLAY_DIFFERS',
      facts: { comparison: { differences: 1, examples: [{ table: 'media', fields: ['conversations'] }] } },
    });
    expect(await fixture.rows(projection, 'media')).toMatchObject([{ conversations: 0 }]);
    await replay(projection, options());
    expect(await fixture.rows(projection, 'media')).toMatchObject([{ conversations: 20 }]);
  });

  it('catches a fold that is not pure', async () => {
    await live(impureProjection);
    expect(await verify(impureProjection, options())).toMatchObject({ differences: 20 });
  });

  it('compares at one position although events keep arriving and the live tables lag behind', async () => {
    await live(projection);
    const held = await fixture.server.pool.connect();
    await held.query('begin; lock table sample.conversations in exclusive mode');
    const late = newId();
    await store.append(`conversation-${late}`, eventsOf([submitted(late)]));
    const { position, differences } = await verify(projection, options());
    expect({ position, differences }).toEqual({ position: { major: 20n, minor: 20n }, differences: 0 });
    await held.query('rollback');
    held.release();
  });
});

/** The same projection with a random number in its rows. */
function impure(pure: Projection): Projection {
  const [conversations] = pure.tables;
  const submittedFold = conversations?.on.ConversationSubmitted;
  if (!conversations || !submittedFold) throw new Error('The sample projection folds submissions.');
  const table: ProjectedTable = {
    ...conversations,
    on: {
      ConversationSubmitted: {
        keys: submittedFold.keys,
        becomes: (event, key) => ({ ...rowAfter(submittedFold, undefined, event, key), share: Math.random() }),
      },
    },
  };
  return { ...pure, tables: [table] };
}
