import type { BackoffOptions } from '@harmony/kernel';

export interface EventStoreDbOptions {
  /** `esdb://` or `esdb+discover://`, as the client's manual has it. */
  readonly url: string;
  /** A reader of the log that heard nothing for this long asks the store whether it missed something. Milliseconds. */
  readonly silenceMs?: number;
  /** Limit of a single try of a call. Milliseconds. */
  readonly attemptMs?: number;
  /** How long failing tries are repeated before the caller gets STORE_UNAVAILABLE. Milliseconds. */
  readonly patienceMs?: number;
  readonly backoff?: BackoffOptions;
}

export type Timing = Required<Omit<EventStoreDbOptions, 'url'>>;

export const withDefaults = ({
  silenceMs = 10_000,
  attemptMs = 5_000,
  patienceMs = 15_000,
  backoff = { firstMs: 50, maximumMs: 5_000 },
}: EventStoreDbOptions): Timing => ({ silenceMs, attemptMs, patienceMs, backoff });
