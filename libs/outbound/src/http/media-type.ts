import { HarmonyError } from '@harmony/contracts';

export type Accepts = (mediaType: string | undefined) => boolean;

/** `text/html` of `Text/HTML; charset=utf-8`; undefined where nothing is declared. */
export function mediaTypeOf(contentType: string | undefined): string | undefined {
  return contentType?.split(';', 1)[0]?.trim().toLowerCase() || undefined;
}

/** @throws HarmonyError URL_NOT_ACCESSIBLE */
export function requireMediaType(mediaType: string | undefined, accepts: Accepts | undefined): void {
  if (!accepts || accepts(mediaType)) return;
  throw new HarmonyError('URL_NOT_ACCESSIBLE', { facts: { mediaType: mediaType?.slice(0, 100) } });
}
