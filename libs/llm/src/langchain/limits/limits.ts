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

/** What one key may do: so many calls at once, and so many calls and tokens in any minute. First come, first served. */
export class Limits {
  private started: Started[] = [];
  private inFlight = 0;
  private pausedUntil = -Infinity;
  private line: Promise<void> = Promise.resolve();
  private freed: (() => void) | undefined;

  constructor(
    private readonly options: LimitOptions,
    private readonly time: Time,
  ) {}

  /**
   * Waits until a call may begin that takes about as many tokens.
   * @throws the reason of the signal
   */
  async acquire(tokens: number, signal: AbortSignal): Promise<Permit> {
    const before = this.line;
    let leave = (): void => undefined;
    this.line = new Promise<void>((resolve) => (leave = resolve));
    try {
      await untilAborted(before, signal);
      await this.untilFree(signal);
      for (let wait = this.waitMs(tokens); wait > 0; wait = this.waitMs(tokens)) await this.time.sleep(wait, signal);
      return this.begin(tokens);
    } finally {
      // Whoever gives up in the line must not let those behind overtake those before.
      void before.then(leave);
    }
  }

  /** The provider wants to be left alone. */
  pause(milliseconds: number): void {
    this.pausedUntil = Math.max(this.pausedUntil, this.time.now() + milliseconds);
  }

  private begin(tokens: number): Permit {
    const entry: Started = { at: this.time.now(), tokens };
    this.started.push(entry);
    this.inFlight += 1;
    return {
      settle: (taken) => (entry.tokens = taken),
      release: () => {
        this.inFlight -= 1;
        this.freed?.();
      },
    };
  }

  private async untilFree(signal: AbortSignal): Promise<void> {
    while (this.inFlight >= this.options.maximumConcurrency) {
      await untilAborted(new Promise<void>((resolve) => (this.freed = resolve)), signal);
    }
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
