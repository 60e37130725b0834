import { HarmonyError } from '@harmony/contracts';
import type { ClientBase } from 'pg';
import { sqlStateOf } from '../database/database-error.js';
import { quoted } from '../database/identifiers.js';
import { servingRole, workerRole } from '../database/settings.js';

/**
 * Makes sure that both roles exist and that the user who signs in may take them on. Roles belong to the whole server,
 * so another database may be creating them at this very moment: whoever comes second finds them there.
 */
export async function ensureRoles(client: ClientBase): Promise<void> {
  for (const role of [workerRole, servingRole]) {
    if (!(await exists(client, role))) await attempt(client, `create role ${quoted(role)} nologin`, role);
    if (!(await isMember(client, role))) await attempt(client, `grant ${quoted(role)} to current_user`, role);
  }
}

async function exists(client: ClientBase, role: string): Promise<boolean> {
  const { rowCount } = await client.query('select from pg_roles where rolname = $1', [role]);
  return rowCount === 1;
}

async function isMember(client: ClientBase, role: string): Promise<boolean> {
  const { rows } = await client.query<{ member: boolean }>("select pg_has_role(current_user, $1, 'member') as member", [
    role,
  ]);
  return rows[0]?.member ?? false;
}

async function attempt(client: ClientBase, statement: string, role: string): Promise<void> {
  try {
    await client.query(statement);
  } catch (error) {
    const state = sqlStateOf(error);
    if (state === '42501') throw mayNotCreate(role, error);
    const somebodyWasFaster = state === '42710' || state === '23505' || state === 'XX000';
    if (!somebodyWasFaster) throw error;
  }
}

const mayNotCreate = (role: string, cause: unknown): HarmonyError =>
  new HarmonyError('INVALID_CONFIGURATION', {
    detail:
      `The database user of DATABASE_URL may not set up the role ${role}. Ask an administrator of the server to run: ` +
      `create role ${workerRole} nologin; create role ${servingRole} nologin; ` +
      `grant ${workerRole}, ${servingRole} to <that user>;`,
    cause,
  });
