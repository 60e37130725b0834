import { HarmonyError, type ErrorCode } from '@harmony/contracts';
import pg from 'pg';

/** SQLSTATEs and their first two characters, by what a caller can do about them. */
const codesBySqlState: Readonly<Record<string, ErrorCode>> = {
  '08': 'DATABASE_UNAVAILABLE',
  '53': 'DATABASE_UNAVAILABLE',
  '53100': 'STORAGE_FULL',
  '57P01': 'DATABASE_UNAVAILABLE',
  '57P02': 'DATABASE_UNAVAILABLE',
  '57P03': 'DATABASE_UNAVAILABLE',
  '57P05': 'DATABASE_UNAVAILABLE',
  '25P03': 'DATABASE_UNAVAILABLE',
  '25P04': 'TIMED_OUT',
  '40': 'DATABASE_UNAVAILABLE',
  '55P03': 'TIMED_OUT',
  '57014': 'TIMED_OUT',
};

/** The five characters that Postgres gives an error; undefined for what did not come from the server. */
export const sqlStateOf = (error: unknown): string | undefined =>
  error instanceof pg.DatabaseError ? error.code : undefined;

/** True when Postgres refused the values themselves (SQLSTATE class 22 or 23): repeating cannot help. */
export const isRefusedData = (error: unknown): boolean => /^2[23]/.test(sqlStateOf(error) ?? '');

/**
 * What a failure of the driver means in Harmony's catalogue. Whatever the driver throws without a SQLSTATE is a lost or
 * refused connection; errors of JavaScript itself and refused statements stay what they are, since they are bugs.
 */
export function asHarmonyError(error: unknown): unknown {
  if (error instanceof HarmonyError) return error;
  const state = sqlStateOf(error);
  if (state === undefined)
    return isDriverError(error) ? new HarmonyError('DATABASE_UNAVAILABLE', { cause: error }) : error;
  const code = codesBySqlState[state] ?? codesBySqlState[state.slice(0, 2)];
  return code ? new HarmonyError(code, { cause: error }) : error;
}

/** By name, since errors of Node's own modules are not always instances of this realm's `Error`. */
function isDriverError(error: unknown): boolean {
  const name = typeof error === 'object' && error !== null && 'name' in error ? error.name : undefined;
  return name === 'Error' || name === 'AggregateError';
}
