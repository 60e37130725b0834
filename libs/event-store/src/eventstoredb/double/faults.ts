/** What the double does wrong on purpose; all of it can be changed while it runs. */
export interface Faults {
  /** So many calls are answered with UNAVAILABLE before they are looked at. */
  unavailableCalls: number;
  /** So many appends never get an answer: before or after the log took them. */
  unansweredAppends: { count: number; when: 'before' | 'after' };
  /** Called for each append, before or after the log took it; a test cuts the connection there. */
  duringAppend: { count: number; when: 'before' | 'after'; act: () => void };
  /** A subscription ends without an error after so many events. */
  endSubscriptionAfter: number | undefined;
  /** Subscriptions stay open and send nothing. */
  stalled: boolean;
  /** Sends no "caught up", as servers before 23.10. */
  silentAboutLiveness: boolean;
}

export const noFaults = (): Faults => ({
  unavailableCalls: 0,
  unansweredAppends: { count: 0, when: 'before' },
  duringAppend: { count: 0, when: 'before', act: () => undefined },
  endSubscriptionAfter: undefined,
  stalled: false,
  silentAboutLiveness: false,
});
