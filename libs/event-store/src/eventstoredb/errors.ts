import {
  AccessDeniedError,
  MaxAppendSizeExceededError,
  StreamDeletedError,
  WrongExpectedVersionError,
} from '@eventstore/db-client';
import { HarmonyError } from '@harmony/contracts';
import type { ExpectedRevision } from '../port.js';

/** gRPC status codes that a repetition cannot mend. */
const invalidArgument = 3;
const permissionDenied = 7;
const unimplemented = 12;
const unauthenticated = 16;

export const unavailable = (detail: string, cause?: unknown): HarmonyError =>
  new HarmonyError('STORE_UNAVAILABLE', { detail, cause, retryAfterSeconds: 1 });

const statusOf = (error: unknown): unknown => (error instanceof Error && 'code' in error ? error.code : undefined);

/**
 * The client's failures in the words of the port. What is not known to be for good counts as unavailable,
 * since the client passes on lost connections under many names.
 */
export function toHarmonyError(error: unknown, expected?: ExpectedRevision): HarmonyError {
  if (error instanceof HarmonyError) return error;
  if (error instanceof WrongExpectedVersionError) {
    const actual =
      error.actualVersion === 'no_stream' || error.actualVersion < 0n ? 'none' : Number(error.actualVersion);
    return new HarmonyError('WRONG_EXPECTED_REVISION', { facts: { expected, actual }, cause: error });
  }
  if (error instanceof StreamDeletedError) return new HarmonyError('STREAM_DELETED', { cause: error });
  if (error instanceof MaxAppendSizeExceededError) {
    return new HarmonyError('EVENT_TOO_LARGE', { facts: { limit: error.maxAppendSize }, cause: error });
  }
  const status = statusOf(error);
  if (error instanceof AccessDeniedError || status === permissionDenied || status === unauthenticated) {
    const detail = 'The event store refuses the credentials in EVENTSTORE_URL.';
    return new HarmonyError('INVALID_CONFIGURATION', { detail, cause: error });
  }
  if (status === invalidArgument || status === unimplemented) return new HarmonyError('INTERNAL', { cause: error });
  return unavailable('The event store does not answer right now.', error);
}
