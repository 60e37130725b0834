import type { ByteRange } from '@harmony/object-store';

/** What of a file a request wants: all of it, one stretch, or one that it does not have. */
export type RequestedRange = ByteRange | 'whole' | 'unsatisfiable';

export interface RangeHeaders {
  readonly range: string | undefined;
  readonly ifRange: string | undefined;
}

/**
 * Reads `Range` and `If-Range` (RFC 9110, section 14). A range that is not understood, several at once, and one of
 * another version of the file count as a request for the whole, as the standard allows.
 */
export function requestedRange(
  { range, ifRange }: RangeHeaders,
  { bytes, etag }: { readonly bytes: number; readonly etag: string },
): RequestedRange {
  const isOfOtherVersion = ifRange !== undefined && ifRange !== etag;
  const stretch = isOfOtherVersion ? undefined : stretchOf(range ?? '', bytes);
  if (!stretch) return 'whole';
  return stretch.start <= stretch.end ? stretch : 'unsatisfiable';
}

/** Cut off at the end of the file; from its end on where only a length is given. Undefined for what is no one stretch. */
function stretchOf(range: string, bytes: number): ByteRange | undefined {
  const [, first = '', last = ''] = /^bytes=(\d*)-(\d*)$/.exec(range) ?? [];
  if (first === '') return last === '' ? undefined : { start: Math.max(0, bytes - Number(last)), end: bytes - 1 };
  if (last === '') return { start: Number(first), end: bytes - 1 };
  const isBackwards = Number(last) < Number(first);
  return isBackwards ? undefined : { start: Number(first), end: Math.min(Number(last), bytes - 1) };
}
