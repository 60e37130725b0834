import { createTestDatabase, type TestDatabase } from '@harmony/testing';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { scopes } from '@harmony/contracts';
import fc from 'fast-check';
import type { Principal } from './principal.js';
import { isInScope, scopeFilter } from './scope-filter.js';

const id = (kind: string, index: number): string => `0000000${index}-0000-4000-8000-00000000000${kind}`;
const people = [1, 2, 3, 4].map((index) => id('a', index));
const teams = [1, 2, 3].map((index) => id('b', index));

const record = fc.record({
  ownerId: fc.constantFrom(...people),
  createdBy: fc.constantFrom(...people),
  teamId: fc.option(fc.constantFrom(...teams)),
});
const reader = fc
  .record({ userId: fc.constantFrom(...people), teamIds: fc.subarray(teams) })
  .map(({ userId, teamIds }): Principal => ({
    kind: 'USER',
    id: userId,
    userId,
    workspaceId: id('c', 1),
    roleId: id('d', 1),
    permissions: new Set(),
    teamIds,
  }));

describe('the scope filter', () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await createTestDatabase();
  });
  afterAll(() => database.drop());

  it('lets through in SQL exactly what it lets through in memory', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(record, { maxLength: 30 }),
        reader,
        fc.constantFrom(...scopes),
        async (records, who, scope) => {
          const { sql, parameters } = scopeFilter(who, scope, 2);
          const source = `select ordinality::int as position, owner_id, created_by, team_id from rows from (
          jsonb_to_recordset($1::jsonb) as ("owner_id" uuid, "created_by" uuid, "team_id" uuid)) with ordinality`;
          const rows = records.map((one) => ({
            owner_id: one.ownerId,
            created_by: one.createdBy,
            team_id: one.teamId,
          }));
          const found = await database.pool.query<{ position: number }>(
            `select position from (${source}) as record where ${sql} order by position`,
            [JSON.stringify(rows), ...parameters],
          );
          const expected = records.flatMap((one, index) => (isInScope(who, scope, one) ? [index + 1] : []));
          expect(found.rows.map(({ position }) => position)).toEqual(expected);
        },
      ),
      { numRuns: 200 },
    );
  });

  it('finds a row of several teams when one of them is the reader’s', async () => {
    const who = { userId: people[0], teamIds: [teams[1]] } as unknown as Principal;
    const columns = { owner: 'person', createdBy: 'person', team: 'unused', teams: 'team_ids' };
    const { sql, parameters } = scopeFilter(who, 'team', 2, columns);
    const source = `jsonb_to_recordset($1::jsonb) as record(person uuid, team_ids jsonb)`;
    const rows = [[], [teams[0]], [teams[0], teams[1]]].map((teamIds) => ({ person: people[1], team_ids: teamIds }));
    const found = await database.pool.query(`select team_ids from ${source} where ${sql}`, [
      JSON.stringify(rows),
      ...parameters,
    ]);
    expect(found.rows).toEqual([{ team_ids: [teams[0], teams[1]] }]);
  });
});
