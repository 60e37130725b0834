import { HarmonyError } from '@harmony/contracts';
import { createHash, type Hash } from 'node:crypto';
import type { ObjectInfo } from '../port.js';
import { placeOfPart } from './plan.js';
import type { ExpectedDigests, Upload } from './port.js';

/**
 * Reads the object once, or what is left of it after a digest of its beginning, and gives what is known of it.
 * @throws HarmonyError CHECKSUM_MISMATCH, with the wrong `parts` as facts where digests of parts were expected
 */
export async function measureWhole(
  upload: Upload,
  body: AsyncIterable<Buffer>,
  expected: ExpectedDigests,
  soFar: { readonly hash: Hash; readonly bytes: number } = { hash: createHash('sha256'), bytes: 0 },
): Promise<ObjectInfo> {
  const { hash: whole } = soFar;
  const parts = new PartDigests(upload, expected.parts ?? []);
  let { bytes } = soFar;
  for await (const chunk of body) {
    whole.update(chunk);
    parts.update(chunk, bytes);
    bytes += chunk.length;
  }
  const sha256 = whole.digest('hex');
  const wrongParts = parts.wrong();
  const isAsExpected = expected.sha256 === undefined || expected.sha256.toLowerCase() === sha256;
  if (!isAsExpected || wrongParts.length > 0 || bytes !== upload.bytes) {
    throw new HarmonyError('CHECKSUM_MISMATCH', { facts: { parts: wrongParts } });
  }
  return { key: upload.key, bytes, sha256, contentType: upload.contentType };
}

/** Whether a mismatch can be mended by sending the named parts again. */
export const namesParts = ({ facts }: HarmonyError): boolean =>
  Array.isArray(facts['parts']) && facts['parts'].length > 0;

/** What an upload that is over has left: its object, if that is what the sender expects; else nothing was there. */
export function isObjectOf(upload: Upload, info: ObjectInfo, expected: ExpectedDigests): boolean {
  const isAsExpected = expected.sha256 === undefined || expected.sha256.toLowerCase() === info.sha256;
  return info.bytes === upload.bytes && isAsExpected;
}

/** Hashes those parts of a passing object whose digests are expected. */
class PartDigests {
  readonly #parts: readonly { number: number; start: number; end: number; sha256: string; hash: Hash }[];

  constructor(upload: Upload, expected: NonNullable<ExpectedDigests['parts']>) {
    this.#parts = expected.map(({ number, sha256 }) => {
      const { offset, bytes } = placeOfPart(upload, number);
      const hash = createHash('sha256');
      return { number, start: offset, end: offset + bytes, sha256: sha256.toLowerCase(), hash };
    });
  }

  update(chunk: Buffer, offset: number): void {
    for (const { start, end, hash } of this.#parts) {
      const from = Math.max(start - offset, 0);
      const to = Math.min(end - offset, chunk.length);
      if (from < to) hash.update(chunk.subarray(from, to));
    }
  }

  wrong(): number[] {
    return this.#parts.filter(({ hash, sha256 }) => hash.digest('hex') !== sha256).map(({ number }) => number);
  }
}
