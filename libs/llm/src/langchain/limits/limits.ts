import type { CallPriority } from '../../port.js';
import type { Time } from './time.js';

export interface LimitOptions {
  /** Calls at the same time. */
  readonly maximumConcurrency: number;
  /** 0 is no limit. */
  readonly requestsPerMinute: number;
  /** 0 is no limit. */
  readonly tokensPerMinute: number;
}

interface Started {
  readonly at: number;
  tokens: number;
}

/** A call that was let through. */
export interface Permit {
  /** What the call has really taken; before, it counts as estimated. */
  settle(tokens: number): void;
  /** Once, when the call has ended. */
  release(): void;
}

const minuteMs = 60_000;

/** So many live calls in a row pass a re-run that waits; then it is its turn, so that it does not wait for ever. */
const passes = 9;

/** Somebody who waits. */
interface Ticket {
  readonly priority: CallPriority;
}

/**
 * What one key may do: so many calls at once, and so many calls and tokens in any minute. Live calls go before re-runs;
 * otherwise first come, first served.
 */
export class Limits {
  private started: Started[] = [];
  private inFlight = 0;
  private pausedUntil = -Infinity;
  private readonly waiting: Record<CallPriority, Ticket[]> = { live: [], revision: [] };
  private passed = 0;
  /** Whoever waits looks again when it resolves. */
  private changed = signalled();

  constructor(
    private readonly options: LimitOptions,
    private readonly time: Time,
  ) {}

  /**
   * Waits until a call may begin that takes about as many tokens.
   * @throws the reason of the signal
   */
  async acquire(tokens: number, signal: AbortSignal, priority: CallPriority = 'live'): Promise<Permit> {
    const ticket: Ticket = { priority };
    const line = this.waiting[priority];
    line.push(ticket);
    try {
      for (;;) {
        await this.untilTurn(ticket, signal);
        const wait = this.waitMs(tokens);
        if (wait <= 0) return this.begin(tokens, priority);
        await this.time.sleep(wait, signal);
      }
    } finally {
      line.splice(line.indexOf(ticket), 1);
      this.wake();
    }
  }

  /** The provider wants to be left alone. */
  pause(milliseconds: number): void {
    this.pausedUntil = Math.max(this.pausedUntil, this.time.now() + milliseconds);
  }

  private begin(tokens: number, priority: CallPriority): Permit {
    this.passed = priority === 'live' && this.waiting.revision.length > 0 ? this.passed + 1 : 0;
    const entry: Started = { at: this.time.now(), tokens };
    this.started.push(entry);
    this.inFlight += 1;
    return {
      settle: (taken) => (entry.tokens = taken),
      release: () => {
        this.inFlight -= 1;
        this.wake();
      },
    };
  }

  private async untilTurn(ticket: Ticket, signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    while (this.next() !== ticket || this.inFlight >= this.options.maximumConcurrency) {
      await untilAborted(this.changed.promise, signal);
    }
  }

  private next(): Ticket | undefined {
    const { live, revision } = this.waiting;
    return this.passed < passes ? (live[0] ?? revision[0]) : (revision[0] ?? live[0]);
  }

  private wake(): void {
    const { tell } = this.changed;
    this.changed = signalled();
    tell();
  }

  private waitMs(tokens: number): number {
    const now = this.time.now();
    this.started = this.started.filter(({ at }) => at > now - minuteMs);
    return Math.max(this.pausedUntil - now, this.untilRequestMs(now), this.untilTokensMs(now, tokens));
  }

  private untilRequestMs(now: number): number {
    const { requestsPerMinute } = this.options;
    if (requestsPerMinute === 0) return 0;
    const oldest = this.started[this.started.length - requestsPerMinute];
    return oldest === undefined ? 0 : oldest.at + minuteMs - now;
  }

  /** A call that is larger than the limit itself goes when nothing else was asked for a minute. */
  private untilTokensMs(now: number, tokens: number): number {
    const { tokensPerMinute } = this.options;
    if (tokensPerMinute === 0) return 0;
    let taken = this.started.reduce((sum, entry) => sum + entry.tokens, tokens);
    for (const entry of this.started) {
      if (taken <= tokensPerMinute) return 0;
      taken -= entry.tokens;
      if (taken <= tokensPerMinute) return entry.at + minuteMs - now;
    }
    const last = this.started.at(-1);
    return last === undefined ? 0 : last.at + minuteMs - now;
  }
}

function signalled(): { readonly promise: Promise<void>; readonly tell: () => void } {
  let tell = (): void => undefined;
  const promise = new Promise<void>((resolve) => (tell = resolve));
  return { promise, tell };
}

/** @throws the reason of the signal, as soon as it is aborted */
async function untilAborted(promise: Promise<void>, signal: AbortSignal): Promise<void> {
  signal.throwIfAborted();
  let abort = (): void => undefined;
  const aborted = new Promise<void>((resolve) => (abort = resolve));
  signal.addEventListener('abort', abort, { once: true });
  try {
    await Promise.race([promise, aborted]);
  } finally {
    signal.removeEventListener('abort', abort);
  }
  signal.throwIfAborted();
}
