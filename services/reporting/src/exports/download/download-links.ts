import { loadPepper } from '@harmony/access';
import { HarmonyError } from '@harmony/contracts';
import type { Clock } from '@harmony/kernel';
import { CLOCK, WORKER_POOL } from '@harmony/runtime';
import { Inject, Injectable } from '@nestjs/common';
import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Pool } from 'pg';
import { z } from 'zod';

const lifetimeMs = 3_600_000;

export interface DownloadLink {
  /** Relative to the address of Harmony; needs no further credentials. */
  readonly url: string;
  readonly expiresAt: Date;
}

/** What a link carries, as its query. */
export const signedQuery = z.object({ expires: z.string().regex(/^\d{1,12}$/), signature: z.string().max(100) });

/** Links that open one file to whoever has them, for an hour at most. Every process signs with the same secret. */
@Injectable()
export class DownloadLinks {
  private secret: Promise<Buffer> | undefined;

  constructor(
    @Inject(WORKER_POOL) private readonly pool: Pool,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** @param fileExpiresAt no link outlives its file. */
  async of(exportId: string, fileExpiresAt: Date): Promise<DownloadLink> {
    const latest = Math.min(this.clock.now().getTime() + lifetimeMs, fileExpiresAt.getTime());
    const expires = String(Math.floor(latest / 1000));
    const signature = await this.sign(exportId, expires);
    const url = `/v1/exports/${exportId}/content?expires=${expires}&signature=${signature}`;
    return { url, expiresAt: new Date(Number(expires) * 1000) };
  }

  /** `query` is outside data. @throws HarmonyError DOWNLOAD_LINK_INVALID */
  async require(exportId: string, query: unknown): Promise<void> {
    const parsed = signedQuery.safeParse(query);
    if (!parsed.success) throw new HarmonyError('DOWNLOAD_LINK_INVALID');
    const { expires, signature } = parsed.data;
    // As text: several texts decode to the same bytes, and only one of them was given out.
    const expected = Buffer.from(await this.sign(exportId.toLowerCase(), expires));
    const given = Buffer.from(signature);
    const isSigned = given.length === expected.length && timingSafeEqual(given, expected);
    if (!isSigned || this.clock.now().getTime() >= Number(expires) * 1000) {
      throw new HarmonyError('DOWNLOAD_LINK_INVALID');
    }
  }

  private async sign(exportId: string, expires: string): Promise<string> {
    this.secret ??= loadPepper(this.pool, 'export-links').catch((error: unknown) => {
      this.secret = undefined;
      throw error;
    });
    return createHmac('sha256', await this.secret)
      .update(`${exportId}/${expires}`)
      .digest('base64url');
  }
}
