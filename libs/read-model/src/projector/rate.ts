/** Events a second, smoothed: half of the weight lies on the last `halfLifeMs`. */
export class SmoothedRate {
  private value = 0;
  private since = performance.now();

  constructor(private readonly halfLifeMs = 5_000) {}

  /** Counts events that were handled since the last call and returns the rate. */
  count(events: number): number {
    const now = performance.now();
    const elapsed = Math.max(now - this.since, 1);
    const weight = 1 - 0.5 ** (elapsed / this.halfLifeMs);
    this.value += weight * ((events * 1_000) / elapsed - this.value);
    this.since = now;
    return this.value;
  }
}
