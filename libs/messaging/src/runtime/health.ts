/** Whether a consumer does its work, judged by its work and not by an open port. */
export interface ConsumerHealth {
  readonly ready: boolean;
  /** Why it is not, for people; empty when ready. */
  readonly reasons: readonly string[];
  readonly inFlight: number;
  /** Messages or positions behind; undefined while unknown. */
  readonly lag: number | undefined;
  readonly lastProgressAt: Date | undefined;
}

/** Collects what readiness is judged by. */
export class Progress {
  #lag: number | undefined;
  #lastProgress: { readonly at: Date; readonly monotonic: number } | undefined;
  #answered = true;
  #over: string | undefined;

  constructor(private readonly stalledAfterMs: number) {}

  /** A message was finished, or there is none to be had. */
  moved(): void {
    this.#lastProgress = { at: new Date(), monotonic: performance.now() };
  }

  /** Standing by while another instance reads is progress, too: its work shows as a lag that shrinks. */
  measured(lag: number | undefined): void {
    const before = this.#lag;
    this.#lag = lag;
    if (lag !== undefined && (lag === 0 || before === undefined || lag < before)) this.moved();
  }

  /** Whether lag and dead letters could be asked for at the last look. */
  reached(answered: boolean): void {
    this.#answered = answered;
  }

  /** There will be no more progress. */
  ended(reason: string): void {
    this.#over ??= reason;
  }

  health(inFlight: number, troubles: readonly string[]): ConsumerHealth {
    const reasons = [...this.#reasons(), ...troubles.map((what) => `${what} fails and is tried again`)];
    const lastProgressAt = this.#lastProgress?.at;
    return { ready: reasons.length === 0, reasons, inFlight, lag: this.#lag, lastProgressAt };
  }

  #reasons(): string[] {
    if (this.#over) return [this.#over];
    if (!this.#answered) return ['its feed or its database does not answer'];
    if (!this.#lastProgress) return ['it has not reached its feed yet'];
    const silence = performance.now() - this.#lastProgress.monotonic;
    const stalled = this.#lag !== 0 && silence > this.stalledAfterMs;
    return stalled ? [`it has made no progress for ${Math.round(silence / 1000)} s`] : [];
  }
}
