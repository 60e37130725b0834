/** The time, as a port, so that a test can hold it. Ordering never depends on it. */
export interface Clock {
  now(): Date;
}

export const systemClock: Clock = { now: () => new Date() };
