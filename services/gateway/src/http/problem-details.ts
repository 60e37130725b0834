import { errorCatalogue, HarmonyError, type ErrorCode } from '@harmony/contracts';
import { HttpException } from '@nestjs/common';

/** RFC 9457 problem details with the members of D8. */
export interface ProblemDetails {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly code: ErrorCode;
  readonly detail: string;
  readonly correlationId?: string;
  readonly errors?: readonly { pointer: string; detail: string; code?: string }[];
}

export const problemContentType = 'application/problem+json';

/** What a client is told of an error; the inside of an unexpected one stays inside. */
export function problemOf(error: unknown, correlationId?: string): ProblemDetails {
  const known = asHarmonyError(error);
  const { title, status } = errorCatalogue[known.code];
  return {
    type: `urn:harmony:error:${known.code.toLowerCase().replaceAll('_', '-')}`,
    title,
    status,
    code: known.code,
    detail: known.kind === 'bug' ? title : known.message,
    ...(correlationId && { correlationId }),
    ...(known.errors.length > 0 && { errors: known.errors }),
  };
}

const codesOfStatus: Readonly<Record<number, ErrorCode>> = {
  400: 'INVALID_INPUT',
  401: 'UNAUTHENTICATED',
  403: 'FORBIDDEN',
  404: 'NOT_FOUND',
  405: 'METHOD_NOT_ALLOWED',
  413: 'PAYLOAD_TOO_LARGE',
  415: 'UNSUPPORTED_MEDIA_TYPE',
  429: 'RATE_LIMITED',
  503: 'NOT_READY',
};

/** Maps errors of the frameworks by their type and status, never by their text. */
export function asHarmonyError(error: unknown): HarmonyError {
  if (error instanceof HarmonyError) return error;
  const parserError = bodyParserError(error);
  if (parserError) return parserError;
  if (error instanceof HttpException) {
    const code = codesOfStatus[error.getStatus()];
    if (code) return new HarmonyError(code, { cause: error });
  }
  return new HarmonyError('INTERNAL', { cause: error });
}

const codesOfBodyParser: Readonly<Record<string, ErrorCode>> = {
  'entity.parse.failed': 'INVALID_JSON',
  'entity.verify.failed': 'INVALID_JSON',
  'entity.too.large': 'PAYLOAD_TOO_LARGE',
  'charset.unsupported': 'UNSUPPORTED_MEDIA_TYPE',
  'encoding.unsupported': 'UNSUPPORTED_MEDIA_TYPE',
  'request.aborted': 'INVALID_INPUT',
  'request.size.invalid': 'INVALID_INPUT',
};

/** Errors of Express' body parser carry a stable `type`. */
function bodyParserError(error: unknown): HarmonyError | undefined {
  if (!(error instanceof Error) || !('type' in error) || typeof error.type !== 'string') return undefined;
  const code = codesOfBodyParser[error.type];
  return code && new HarmonyError(code, { cause: error });
}
