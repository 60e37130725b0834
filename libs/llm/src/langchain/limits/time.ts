import { setTimeout as pause } from 'node:timers/promises';

/** The clock and its waits, as a port, so that tests need not wait. */
export interface Time {
  /** Milliseconds; only differences count. */
  now(): number;
  /** @throws the reason of the signal */
  sleep(milliseconds: number, signal: AbortSignal): Promise<void>;
}

export const realTime: Time = {
  now: () => performance.now(),
  sleep: (milliseconds, signal) => pause(milliseconds, undefined, { signal }).catch(() => signal.throwIfAborted()),
};
