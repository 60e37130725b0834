import { requirePrincipal, type RequestContext } from '@harmony/access';
import { HarmonyError } from '@harmony/contracts';
import type { Clock } from '@harmony/kernel';
import type { ObjectStore, UploadedPart } from '@harmony/object-store';
import { CLOCK, OBJECT_STORE } from '@harmony/runtime';
import { Inject, Injectable } from '@nestjs/common';
import { inStore, requireOpen, UploadStreams } from './upload-streams.js';

/** Takes one part of an upload as it comes, and hands it to the store. */
@Injectable()
export class ReceivePart {
  constructor(
    private readonly uploads: UploadStreams,
    @Inject(OBJECT_STORE) private readonly objects: ObjectStore,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * @throws HarmonyError NOT_FOUND, UPLOAD_EXPIRED, UPLOAD_ENDED, INVALID_INPUT for a number that the upload does not
   * have, WRONG_PART_SIZE, CHECKSUM_MISMATCH; whatever was there of the part stays then
   */
  async execute(
    id: string,
    number: number,
    body: AsyncIterable<Uint8Array>,
    expectedSha256: string | undefined,
    request: RequestContext,
  ): Promise<UploadedPart> {
    const upload = await this.uploads.find(id, requirePrincipal(request));
    requireOpen(upload, this.clock.now());
    const expected = expectedSha256 === undefined ? {} : { expectedSha256 };
    return this.objects.putPart(inStore(upload), number, body, expected);
  }
}

/**
 * The SHA-256 of a part in hex, out of a Content-Digest header (RFC 9530); undefined where there is none.
 * @throws HarmonyError INVALID_INPUT for one that cannot be read, since a sender who wants a check must get it
 */
export function sha256OfDigest(header: string | undefined): string | undefined {
  if (header === undefined) return undefined;
  const base64 = /(?:^|,)\s*sha-256=:([A-Za-z0-9+/]{43}=):\s*(?:,|$)/.exec(header)?.[1];
  if (base64 !== undefined) return Buffer.from(base64, 'base64').toString('hex');
  throw new HarmonyError('INVALID_INPUT', { detail: 'Content-Digest must hold sha-256=:<base64>:, see RFC 9530.' });
}
