import { HarmonyError } from '@harmony/contracts';
import type { Pool } from 'pg';
import { z } from 'zod';

/** What a repeat is recognised by: unique a workspace and a route. */
export interface IdempotencyIdentity {
  readonly workspaceId: string;
  /** Method and path, for instance `POST /v1/conversations`. */
  readonly route: string;
  readonly key: string;
  /** Hex digest of the body: the same key with another body is refused. */
  readonly requestSha256: string;
}

export interface StoredAnswer {
  readonly status: number;
  readonly body: unknown;
}

/** A handler that takes longer lets a repeat run the command again, which its derived ids make harmless. */
const lockSeconds = 10;
const keptHours = 24;

const recordSchema = z.object({
  request_sha256: z.string(),
  status: z.number().nullable(),
  body: z.unknown(),
});

/** Remembers the first answer for 24 hours. */
export class IdempotencyStore {
  constructor(private readonly pool: Pool) {}

  /**
   * Claims the key for this request.
   * @returns the stored answer of an earlier equal request, or undefined when the caller shall handle it now.
   * @throws HarmonyError IDEMPOTENCY_KEY_REUSED for another body, IDEMPOTENCY_KEY_IN_FLIGHT while the first one runs.
   */
  async claim(identity: IdempotencyIdentity): Promise<StoredAnswer | undefined> {
    const { workspaceId, route, key, requestSha256 } = identity;
    const claimed = await this.pool.query(
      `insert into gateway.idempotency_keys as existing (workspace_id, route, key, request_sha256, locked_until)
       values ($1, $2, $3, $4, now() + make_interval(secs => $5))
       on conflict (workspace_id, route, key) do update
         set locked_until = excluded.locked_until, request_sha256 = excluded.request_sha256,
             status = null, body = null, created_at = now()
         where existing.created_at < now() - make_interval(hours => $6)
            or (existing.status is null and existing.locked_until < now() and existing.request_sha256 = excluded.request_sha256)`,
      [workspaceId, route, key, requestSha256, lockSeconds, keptHours],
    );
    return claimed.rowCount === 1 ? undefined : this.earlierAnswer(identity);
  }

  private async earlierAnswer({ workspaceId, route, key, requestSha256 }: IdempotencyIdentity): Promise<StoredAnswer> {
    const { rows } = await this.pool.query(
      'select request_sha256, status, body from gateway.idempotency_keys where workspace_id = $1 and route = $2 and key = $3',
      [workspaceId, route, key],
    );
    const inFlight = new HarmonyError('IDEMPOTENCY_KEY_IN_FLIGHT', { retryAfterSeconds: 1 });
    if (rows.length === 0) throw inFlight;
    const record = recordSchema.parse(rows[0]);
    if (record.request_sha256 !== requestSha256) throw new HarmonyError('IDEMPOTENCY_KEY_REUSED');
    if (record.status === null) throw inFlight;
    return { status: record.status, body: record.body };
  }

  async complete({ workspaceId, route, key }: IdempotencyIdentity, answer: StoredAnswer): Promise<void> {
    await this.pool.query(
      `update gateway.idempotency_keys set status = $4, body = $5, locked_until = null
       where workspace_id = $1 and route = $2 and key = $3`,
      [workspaceId, route, key, answer.status, JSON.stringify(answer.body)],
    );
  }

  /** Gives the key back after a failure of ours, so that a repeat is a real try. */
  async release({ workspaceId, route, key }: IdempotencyIdentity): Promise<void> {
    await this.pool.query(
      'delete from gateway.idempotency_keys where workspace_id = $1 and route = $2 and key = $3 and status is null',
      [workspaceId, route, key],
    );
  }

  /** Removes what is older than a day; safe to call at any time. */
  async prune(): Promise<void> {
    await this.pool.query(
      'delete from gateway.idempotency_keys where created_at < now() - make_interval(hours => $1)',
      [keptHours],
    );
  }
}
