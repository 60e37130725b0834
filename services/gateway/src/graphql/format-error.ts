import { unwrapResolverError } from '@apollo/server/errors';
import { HarmonyError, type ErrorCode } from '@harmony/contracts';
import { GraphQLError, type GraphQLFormattedError } from 'graphql';

/** What Apollo itself refuses, by its codes, in the words of our catalogue. */
const apolloCodes: Readonly<Record<string, ErrorCode>> = {
  GRAPHQL_PARSE_FAILED: 'QUERY_INVALID',
  GRAPHQL_VALIDATION_FAILED: 'QUERY_INVALID',
  OPERATION_RESOLUTION_FAILURE: 'QUERY_INVALID',
  BAD_USER_INPUT: 'INVALID_INPUT',
  BAD_REQUEST: 'QUERY_INVALID',
};

/** Finds the HarmonyError inside whatever layers Apollo and graphql-js put around it. */
export function harmonyErrorIn(error: unknown): HarmonyError | undefined {
  const unwrapped = unwrapResolverError(error);
  if (unwrapped instanceof HarmonyError) return unwrapped;
  if (unwrapped instanceof GraphQLError && unwrapped.originalError) return harmonyErrorIn(unwrapped.originalError);
  return undefined;
}

/**
 * One shape for every GraphQL error: `extensions.code` from the catalogue, the refused fields, and nothing of the inside.
 * `report` is told about what we did not expect.
 */
export const formatErrorWith =
  (report: (error: unknown) => void) =>
  (formatted: GraphQLFormattedError, error: unknown): GraphQLFormattedError => {
    const place = { locations: formatted.locations, path: formatted.path };
    const ours = harmonyErrorIn(error);
    if (ours && ours.kind !== 'bug') return { ...place, message: ours.message, extensions: extensionsOf(ours) };
    const code = apolloCodes[String(formatted.extensions?.['code'])];
    if (code && !ours) return { ...place, message: formatted.message, extensions: { code } };
    report(error);
    const internal = new HarmonyError(ours?.code ?? 'INTERNAL');
    return { ...place, message: internal.title, extensions: { code: internal.code } };
  };

function extensionsOf(error: HarmonyError): Record<string, unknown> {
  return {
    code: error.code,
    ...(error.errors.length > 0 && { errors: error.errors }),
    ...(error.retryAfterSeconds !== undefined && { retryAfterSeconds: error.retryAfterSeconds }),
    ...(Object.keys(error.facts).length > 0 && { facts: error.facts }),
  };
}
