import { HarmonyError } from '@harmony/contracts';

const segment = /^[A-Za-z0-9_-][A-Za-z0-9._-]{0,199}$/;

/**
 * Refuses every key that is not `workspaceId/area/name` made of letters, digits and `-_.`, so that none can leave
 * its folder, hide, or mean different things to different stores. At most 900 characters, 200 a segment.
 * @throws HarmonyError INVALID_INPUT
 */
export function checkKey(key: string): string {
  if (key.length <= 900 && key.split('/').every((part) => segment.test(part))) return key;
  throw new HarmonyError('INVALID_INPUT', { detail: 'The object key is not valid.' });
}

/** A prefix is the start of some key: a valid key, with or without an unfinished last segment; or nothing. */
export function checkPrefix(prefix: string): string {
  if (prefix !== '') checkKey(prefix.endsWith('/') ? prefix.slice(0, -1) : prefix);
  return prefix;
}
