import { HarmonyError } from '@harmony/contracts';

const maximumLength = 4_096;

/**
 * An address as somebody typed it; blanks around it do not matter.
 * @throws HarmonyError INVALID_URL, and URL_NOT_ALLOWED unless it is http or https without credentials
 */
export function parseUrl(text: string): URL {
  const trimmed = text.trim();
  // The parser would silently leave out line breaks and tabs.
  const isOneWord = trimmed.length <= maximumLength && !/[\s\p{Cc}\p{Surrogate}]/u.test(trimmed);
  if (!isOneWord || !URL.canParse(trimmed)) throw new HarmonyError('INVALID_URL');
  return requireWebUrl(new URL(trimmed));
}

/** @throws HarmonyError URL_NOT_ALLOWED */
export function requireWebUrl(url: URL): URL {
  const isWeb = url.protocol === 'http:' || url.protocol === 'https:';
  if (!isWeb || url.username !== '' || url.password !== '') throw new HarmonyError('URL_NOT_ALLOWED');
  return url;
}
