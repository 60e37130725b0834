import { conversationErrors } from './errors/conversation.js';
import type { ErrorEntry, ErrorKind } from './errors/entry.js';
import { insightErrors } from './errors/insights.js';
import { reportingErrors } from './errors/reporting.js';
import { requestErrors } from './errors/request.js';
import { revisionErrors } from './errors/revisions.js';
import { systemErrors } from './errors/system.js';

export type { ErrorEntry, ErrorKind } from './errors/entry.js';

/** Every error that Harmony shows to anybody, by its stable code. Codes are never renamed or reused. */
export const errorCatalogue = {
  ...requestErrors,
  ...conversationErrors,
  ...insightErrors,
  ...reportingErrors,
  ...revisionErrors,
  ...systemErrors,
} as const satisfies Record<string, ErrorEntry>;

export type ErrorCode = keyof typeof errorCatalogue;

/** One field or argument that was refused: where (a JSON pointer) and why. */
export interface FieldError {
  readonly pointer: string;
  readonly detail: string;
  readonly code?: ErrorCode;
}

export interface ErrorOptions {
  /** What happened in this case, for a person; never a secret, a transcript or a personal datum. */
  readonly detail?: string;
  readonly errors?: readonly FieldError[];
  /** Seconds after which a repeat makes sense; becomes `Retry-After`. */
  readonly retryAfterSeconds?: number;
  /** Facts for programs, for instance the actual revision of a stream. */
  readonly facts?: Readonly<Record<string, unknown>>;
  readonly cause?: unknown;
}

/** The only error that crosses a module border. `code` is stable, `message` is for people. */
export class HarmonyError extends Error {
  readonly code: ErrorCode;
  readonly errors: readonly FieldError[];
  readonly retryAfterSeconds: number | undefined;
  readonly facts: Readonly<Record<string, unknown>>;

  constructor(code: ErrorCode, options: ErrorOptions = {}) {
    super(options.detail ?? errorCatalogue[code].title, { cause: options.cause });
    this.name = 'HarmonyError';
    this.code = code;
    this.errors = options.errors ?? [];
    this.retryAfterSeconds = options.retryAfterSeconds;
    this.facts = options.facts ?? {};
  }

  get kind(): ErrorKind {
    return errorCatalogue[this.code].kind;
  }

  get status(): number {
    return errorCatalogue[this.code].status;
  }

  get title(): string {
    return errorCatalogue[this.code].title;
  }
}

/** The class of any thrown value; what is not ours counts as a bug. */
export function errorKind(error: unknown): ErrorKind {
  return error instanceof HarmonyError ? error.kind : 'bug';
}
