import type { ErrorKind } from '@harmony/contracts';

/** Why a message needed no handler. */
export type SkipReason = 'unknown-type' | 'no-handler' | 'handled-before';

/** How many dead letters a consumer has: failed themselves, and waiting behind a parked one. */
export interface DeadLetterDepth {
  readonly dead: number;
  readonly waiting: number;
}

/** What a consumer tells whoever counts: metrics and logs. Every method is optional and must not throw. */
export interface ConsumerObserver {
  handled?(consumer: string, type: string, durationMs: number): void;
  retried?(consumer: string, type: string, kind: ErrorKind, error: unknown): void;
  skipped?(consumer: string, reason: SkipReason): void;
  /** `code` is an error code of the catalogue, or the name of the error's class. */
  deadLettered?(consumer: string, code: string, origin: string): void;
  /** A message of a parked key was put behind the ones that wait there. */
  parked?(consumer: string): void;
  redriven?(consumer: string, outcome: 'handled' | 'dead'): void;
  lag?(consumer: string, messages: number | undefined): void;
  deadLetters?(consumer: string, depth: DeadLetterDepth): void;
  /** Something that the runtime itself needs does not work; it is tried again, and the consumer is not ready meanwhile. */
  trouble?(consumer: string, what: string, error: unknown): void;
}
