import { HarmonyError } from '@harmony/contracts';
import { checkKey } from '../keys.js';
import type { MeasuredBody } from '../measured-body.js';
import { maximumPartCount, minimumPartBytes } from './port.js';
import type { ExpectedDigests, Upload, UploadedPart, UploadPlan } from './port.js';

type Sizes = Pick<UploadPlan, 'bytes' | 'partBytes'>;

/** How many parts the plan has. */
export const partCountOf = ({ bytes, partBytes }: Sizes): number => Math.ceil(bytes / partBytes);

/** Where the part begins in the object, and how many bytes it has. */
export function placeOfPart(plan: Sizes, number: number): { readonly offset: number; readonly bytes: number } {
  if (!Number.isInteger(number) || number < 1 || number > partCountOf(plan)) {
    throw new HarmonyError('INVALID_INPUT', { detail: `The upload has the parts 1 to ${partCountOf(plan)}.` });
  }
  const offset = (number - 1) * plan.partBytes;
  return { offset, bytes: Math.min(plan.partBytes, plan.bytes - offset) };
}

export function checkPlan(plan: UploadPlan): void {
  checkKey(plan.key);
  const parts = partCountOf(plan);
  const isWhole = Number.isSafeInteger(plan.bytes) && Number.isSafeInteger(plan.partBytes);
  const isLargeEnough = plan.bytes > 0 && (plan.partBytes >= minimumPartBytes || (parts === 1 && plan.partBytes > 0));
  if (isWhole && isLargeEnough && parts <= maximumPartCount) return;
  throw new HarmonyError('INVALID_INPUT', { detail: 'The upload cannot be cut into parts like this.' });
}

/** The part that a body was, once it has passed. */
export function partOf(number: number, { measure: { bytes, sha256 } }: MeasuredBody): UploadedPart {
  return { number, bytes, ...(sha256 && { sha256 }) };
}

/**
 * Holds what has arrived against the plan and against the digests that are expected.
 * @throws HarmonyError UPLOAD_INCOMPLETE or CHECKSUM_MISMATCH, with the part numbers as facts
 */
export function checkParts(upload: Upload, stored: readonly UploadedPart[], expected: ExpectedDigests): void {
  const arrived = new Map(stored.map((part) => [part.number, part]));
  const numbers = Array.from({ length: partCountOf(upload) }, (_, index) => index + 1);
  const missing = numbers.filter((number) => !arrived.has(number));
  const wrongSize = numbers.filter((number) => {
    const part = arrived.get(number);
    return part && part.bytes !== placeOfPart(upload, number).bytes;
  });
  if (missing.length + wrongSize.length > 0)
    throw new HarmonyError('UPLOAD_INCOMPLETE', { facts: { missing, wrongSize } });
  const parts = (expected.parts ?? [])
    .filter(({ number, sha256 }) => {
      placeOfPart(upload, number);
      const known = arrived.get(number)?.sha256;
      return known !== undefined && known !== sha256.toLowerCase();
    })
    .map(({ number }) => number);
  if (parts.length > 0) throw new HarmonyError('CHECKSUM_MISMATCH', { facts: { parts } });
}
