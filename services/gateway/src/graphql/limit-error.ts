import { errorCatalogue, HarmonyError, type ErrorCode } from '@harmony/contracts';
import { GraphQLError } from 'graphql';

/** Carries a refusal of ours, with its HTTP status, through Apollo. */
export function limitError(code: ErrorCode, detail: string): GraphQLError {
  const originalError = new HarmonyError(code, { detail });
  return new GraphQLError(detail, { originalError, extensions: { http: { status: errorCatalogue[code].status } } });
}
