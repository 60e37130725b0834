import { expect, it } from '@jest/globals';
import { createTestDatabase } from './test-database.js';

it('gives each test file a real PostgreSQL database of its own', async () => {
  const database = await createTestDatabase();
  const { rows } = await database.pool.query<{ version: string }>('select version() as version');
  expect(rows[0]?.version).toContain('PostgreSQL');
  await database.drop();
});
