import { HarmonyError, type ErrorCode } from '@harmony/contracts';
import pg from 'pg';

/** SQLSTATEs, and classes of them, that pass by themselves or by somebody's hand. */
const codesBySqlState: Readonly<Record<string, ErrorCode>> = {
  '08': 'STORE_UNAVAILABLE',
  '40': 'STORE_UNAVAILABLE',
  '53': 'STORE_UNAVAILABLE',
  '53100': 'STORAGE_FULL',
  '57P': 'STORE_UNAVAILABLE',
  '57014': 'STORE_UNAVAILABLE',
  '25P03': 'STORE_UNAVAILABLE',
  '25P04': 'STORE_UNAVAILABLE',
  '25006': 'STORE_UNAVAILABLE',
  '55P03': 'STORE_UNAVAILABLE',
  '22': 'INVALID_INPUT',
  '23': 'INVALID_INPUT',
};

/**
 * What a failure of the driver means in the words of the port. An error with a SQLSTATE is Postgres's answer; whatever
 * else the driver throws is a connection that was lost, refused, or not to be had in time.
 */
export function asStoreError(error: unknown): HarmonyError {
  if (error instanceof HarmonyError) return error;
  if (error instanceof TypeError || error instanceof RangeError) return new HarmonyError('INTERNAL', { cause: error });
  if (!(error instanceof pg.DatabaseError) || !error.code) {
    return new HarmonyError('STORE_UNAVAILABLE', { cause: error, retryAfterSeconds: 1 });
  }
  const state = error.code;
  const code = codesBySqlState[state] ?? codesBySqlState[state.slice(0, 3)] ?? codesBySqlState[state.slice(0, 2)];
  if (code === 'INVALID_INPUT') {
    return new HarmonyError(code, { detail: `PostgreSQL cannot record this: ${error.message}.`, cause: error });
  }
  if (!code) return new HarmonyError('INTERNAL', { cause: error });
  return new HarmonyError(code, { cause: error, retryAfterSeconds: 1 });
}

export const isUnavailable = (error: unknown): boolean =>
  error instanceof HarmonyError && error.code === 'STORE_UNAVAILABLE';
