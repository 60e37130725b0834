import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '@harmony/kernel';
import { eventually } from '@harmony/testing';
import { conversationProjection as projection } from '../testing/conversation-projection.js';
import { startProjectionFixture, type ProjectionFixture } from '../testing/projection-fixture.js';
import { compileTable } from './compiled-table.js';
import { RowCache } from './row-cache.js';
import { loadRows } from './rows.js';

describe('loading rows of a read model', () => {
  let fixture: ProjectionFixture;
  beforeAll(async () => {
    fixture = await startProjectionFixture([projection]);
  });
  afterAll(() => fixture.close());

  const [conversations] = projection.tables.map((table) => compileTable(table, 'sample'));
  const rowsReadInSequence = async (): Promise<number> => {
    const sql = `select seq_tup_read::int as read from pg_stat_user_tables where schemaname = 'sample' and relname = 'conversations'`;
    const { rows } = await fixture.server.pool.query<{ read: number }>(sql);
    return rows[0]?.read ?? -1;
  };

  it('finds them by their keys, also where its plan was made when the table was empty', async () => {
    if (!conversations) throw new Error('There is no such table.');
    const client = await fixture.database.connectWorker();
    const load = async (keys: readonly string[]): Promise<(string | undefined)[]> => {
      const cache = new RowCache(conversations, false);
      const rows = keys.map((key) => cache.touch([key]));
      await loadRows(client, [{ cache, rows: cache.takeUnknown() }]);
      return rows.map(({ row }) => row && String(row['title']));
    };
    // Given loads from an empty table, so many that Postgres keeps their plan, and many rows since
    const [first, last] = [newId(), newId()];
    for (let turn = 0; turn < 12; turn += 1) expect(await load([first])).toEqual([undefined]);
    await fixture.server.pool.query(
      `insert into sample.conversations
         (conversation_id, workspace_id, title, tags, custom_fields, words, completed, created_at)
       select id, gen_random_uuid(), coalesce(title, 'other'), '{}', '{}', 0, false, now() from (
         select $1::uuid, 'first' union all select $2, 'last'
         union all select gen_random_uuid(), null from generate_series(1, 20000)) as given(id, title)`,
      [first, last],
    );
    const before = await rowsReadInSequence();
    // When some of them are loaded
    expect(await load([last, newId(), first])).toEqual(['last', undefined, 'first']);
    await client.end();
    // Then nobody looked through the table; what a connection did is told at its end
    await eventually(async () => {
      const { rowCount } = await fixture.server.pool.query(
        `select 1 from pg_stat_user_tables where schemaname = 'sample' and relname = 'conversations' and idx_tup_fetch >= 2`,
      );
      expect(rowCount).toBe(1);
    });
    expect(await rowsReadInSequence()).toBe(before);
  });
});
