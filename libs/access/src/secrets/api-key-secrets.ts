import type { Clock } from '@harmony/kernel';
import { timingSafeEqual } from 'node:crypto';
import type { Pool } from 'pg';
import { hashApiKey } from './api-key.js';
import { once } from './once.js';
import { loadPepper } from './pepper.js';
import { RecentProofs } from './recent-proofs.js';
import { statement } from './statement.js';

/** How exact "last used" is; a busy key writes once in this time. */
const usageResolutionMs = 60_000;

/** A key that was proved, with the facts that decide what it may do now. */
export interface ProvedApiKey {
  readonly apiKeyId: string;
  readonly workspaceId: string;
  readonly createdBy: string;
  readonly expiresAt: Date | null;
  /** The key's own role, else that of who created it. */
  readonly roleId: string;
  /** Undefined for a built-in role. */
  readonly permissions: readonly string[] | undefined;
  readonly teamIds: readonly string[];
}

interface Proof {
  readonly key: ProvedApiKey;
  lastUsedAt: Date | null;
}

interface FoundRow {
  hash: Buffer;
  api_key_id: string;
  workspace_id: string;
  created_by: string;
  expires_at: Date | null;
  role_id: string;
  permissions: string[] | null;
  team_ids: string[];
  last_used_at: Date | null;
}

/** One statement, so that a key costs one round trip a request; a removed creator or key leaves no row. */
const find = `
  select secret.hash, key.api_key_id, key.workspace_id, key.created_by, key.expires_at, creator.team_ids,
         coalesce(key.role_id, creator.role_id) as role_id, role.permissions, usage.last_used_at
    from access.api_key_secrets secret
    join access.api_keys key on key.api_key_id = secret.api_key_id
    join access.users creator
      on creator.user_id = key.created_by and creator.workspace_id = key.workspace_id and not creator.removed
    left join access.roles role
      on role.role_id = coalesce(key.role_id, creator.role_id) and role.workspace_id = key.workspace_id
    left join access.api_key_usage usage on usage.api_key_id = key.api_key_id
   where secret.hash = $1`;

/** Hashes of API keys. Runs under the worker role: the workspace is known only after the key was found. */
export class ApiKeySecrets {
  private readonly pepper: () => Promise<Buffer>;
  private readonly recent = new RecentProofs<Proof>();

  constructor(
    private readonly pool: Pool,
    private readonly clock: Clock,
  ) {
    this.pepper = once(() => loadPepper(pool, 'api-keys'));
  }

  /** Stores the hash of a new key. */
  async store(apiKeyId: string, key: string): Promise<void> {
    const sql = 'insert into access.api_key_secrets (api_key_id, hash) values ($1, $2)';
    await statement(this.pool, sql, [apiKeyId, hashApiKey(key, await this.pepper())]);
  }

  /** The key is refused from the next request on, by other processes within a second. Revoking twice is harmless. */
  async revoke(apiKeyIds: readonly string[]): Promise<void> {
    if (apiKeyIds.length === 0) return;
    await statement(this.pool, 'delete from access.api_key_secrets where api_key_id = any($1::uuid[])', [apiKeyIds]);
    this.recent.forget();
  }

  /**
   * The key's facts, as they are or were half a second ago; undefined for a key that never was, was revoked, or whose
   * creator was removed.
   */
  async prove(key: string): Promise<ProvedApiKey | undefined> {
    const proof = await this.recent.of(key, () => this.proofOf(key));
    if (!proof) return undefined;
    const now = this.clock.now();
    if (isUseUnrecorded(proof, now)) await this.recordUse(proof, now);
    return proof.key;
  }

  private async proofOf(key: string): Promise<Proof | undefined> {
    const hash = hashApiKey(key, await this.pepper());
    const [row] = await statement<FoundRow>(this.pool, find, [hash]);
    if (!row || !timingSafeEqual(row.hash, hash)) return undefined;
    const proved = {
      apiKeyId: row.api_key_id,
      workspaceId: row.workspace_id,
      createdBy: row.created_by,
      expiresAt: row.expires_at,
      roleId: row.role_id,
      permissions: row.permissions ?? undefined,
      teamIds: row.team_ids,
    };
    return { key: proved, lastUsedAt: row.last_used_at };
  }

  private async recordUse(proof: Proof, now: Date): Promise<void> {
    proof.lastUsedAt = now;
    await statement(
      this.pool,
      `insert into access.api_key_usage (api_key_id, workspace_id, last_used_at) values ($1, $2, $3)
         on conflict (api_key_id) do update set last_used_at = greatest(api_key_usage.last_used_at, excluded.last_used_at)`,
      [proof.key.apiKeyId, proof.key.workspaceId, now],
    );
  }
}

const isUseUnrecorded = ({ lastUsedAt }: Proof, now: Date): boolean =>
  !lastUsedAt || now.getTime() - lastUsedAt.getTime() >= usageResolutionMs;
