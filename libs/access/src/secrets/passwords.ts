import { HarmonyError } from '@harmony/contracts';
import type { Pool } from 'pg';
import { statement } from './statement.js';
import { defaultScryptCost, hashPassword, type HashedPassword, type ScryptCost } from './password.js';

export const passwordLength = { minimum: 12, maximum: 200 } as const;

/** Passwords of the local sign-in, by user. Runs under the worker role. */
export class Passwords {
  constructor(
    private readonly pool: Pool,
    readonly cost: ScryptCost = defaultScryptCost,
  ) {}

  /** @throws HarmonyError INVALID_INPUT for a password outside {@link passwordLength}. */
  async set(userId: string, password: string): Promise<void> {
    requireLength(password);
    const { salt, hash, cost, blockSize, parallelization } = await hashPassword(password, this.cost);
    await statement(
      this.pool,
      `insert into access.passwords (user_id, salt, hash, cost, block_size, parallelization)
         values ($1, $2, $3, $4, $5, $6)
         on conflict (user_id) do update set salt = excluded.salt, hash = excluded.hash, cost = excluded.cost,
           block_size = excluded.block_size, parallelization = excluded.parallelization, changed_at = now()`,
      [userId, salt, hash, cost, blockSize, parallelization],
    );
  }

  async remove(userId: string): Promise<void> {
    await statement(this.pool, 'delete from access.passwords where user_id = $1', [userId]);
  }

  /** Every present user with this email address, in any workspace, who has a password. */
  async ofEmail(
    email: string,
    workspaceId: string | undefined,
  ): Promise<{ userId: string; workspaceId: string; password: HashedPassword }[]> {
    const rows = await statement<HashedPassword & { userId: string; workspaceId: string }>(
      this.pool,
      `select person.user_id as "userId", person.workspace_id as "workspaceId", salt, hash, cost,
              block_size as "blockSize", parallelization
         from access.users person join access.passwords using (user_id)
        where lower(email) = lower($1) and not removed and ($2::uuid is null or workspace_id = $2)
        order by person.user_id limit 5`,
      [email, workspaceId ?? null],
    );
    return rows.map(({ userId, workspaceId: workspace, ...password }) => ({
      userId,
      workspaceId: workspace,
      password,
    }));
  }
}

/** @throws HarmonyError INVALID_INPUT, never repeating the password. */
export function requireLength(password: string): void {
  const { minimum, maximum } = passwordLength;
  if (password.length >= minimum && password.length <= maximum) return;
  const detail = `A password has ${minimum} to ${maximum} characters.`;
  throw new HarmonyError('INVALID_INPUT', { detail, errors: [{ pointer: '/password', detail }] });
}
