import type { HarmonyError } from '@harmony/contracts';
import { backoffMs } from '@harmony/kernel';
import { setTimeout as pause } from 'node:timers/promises';
import type { ExpectedRevision } from '../port.js';
import { toHarmonyError, unavailable } from './errors.js';
import type { Timing } from './options.js';

/** How often and how long something that failed is tried again. */
export class Patience {
  private attempt = 0;
  private givesUpAt: number;

  constructor(
    private readonly timing: Timing,
    private readonly limitMs = timing.patienceMs,
  ) {
    this.givesUpAt = performance.now() + limitMs;
  }

  /** Something worked: start counting afresh. */
  reset(): void {
    this.attempt = 0;
    this.givesUpAt = performance.now() + this.limitMs;
  }

  /** Waits with backoff and jitter before the next try; throws when the failure is for good or the patience is used up. */
  async afterFailure(failure: HarmonyError, signal?: AbortSignal): Promise<void> {
    if (failure.code !== 'STORE_UNAVAILABLE' || performance.now() > this.givesUpAt) throw failure;
    this.attempt += 1;
    const delay = backoffMs(this.attempt, this.timing.backoff);
    await pause(delay, undefined, { signal }).catch(() => undefined);
  }
}

/** Tries a call that may safely be repeated until it answers, fails for good, or the patience is used up. */
export async function persistently<Answer>(
  call: () => Promise<Answer>,
  timing: Timing,
  expected?: ExpectedRevision,
): Promise<Answer> {
  const patience = new Patience(timing);
  for (;;) {
    try {
      return await once(call, timing, expected);
    } catch (error) {
      await patience.afterFailure(toHarmonyError(error, expected));
    }
  }
}

/** Tries a call once, under a deadline of our own: the client waits for ever where a server stays silent. */
export async function once<Answer>(
  call: () => Promise<Answer>,
  { attemptMs }: Timing,
  expected?: ExpectedRevision,
): Promise<Answer> {
  let timer: NodeJS.Timeout | undefined;
  const deadline = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(unavailable(`The event store gave no answer in ${attemptMs} ms.`)), attemptMs);
  });
  try {
    return await Promise.race([call(), deadline]);
  } catch (error) {
    throw toHarmonyError(error, expected);
  } finally {
    clearTimeout(timer);
  }
}
