import { HarmonyError } from '@harmony/contracts';

/** What a cursor holds: the values of the sort columns of one row. */
export type CursorKey = readonly (string | number)[];

/** Opaque to clients; stable as long as the sort columns are. */
export const encodeCursor = (key: CursorKey): string => Buffer.from(JSON.stringify(key)).toString('base64url');

/** @throws HarmonyError INVALID_INPUT for anything that {@link encodeCursor} did not write for `length` columns. */
export function decodeCursor(cursor: string, length: number): CursorKey {
  const key = parseJson(Buffer.from(cursor, 'base64url').toString('utf8'));
  if (isCursorKey(key) && key.length === length) return key;
  throw foreignCursor();
}

export const foreignCursor = (): HarmonyError =>
  new HarmonyError('INVALID_INPUT', {
    detail: 'The cursor is not one that this list returned.',
    errors: [{ pointer: '/after', detail: 'Pass the endCursor of the page before, unchanged.' }],
  });

const isCursorKey = (value: unknown): value is CursorKey =>
  Array.isArray(value) && value.every((part) => typeof part === 'string' || typeof part === 'number');

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
