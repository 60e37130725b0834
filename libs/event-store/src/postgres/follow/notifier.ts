import type { Pool } from 'pg';

export const channel = 'harmony_event_store';

const pauseMs = 10;

/**
 * Tells other processes that the log has grown: after the commit and at most once in ten milliseconds, because a NOTIFY
 * inside the append's transaction makes all commits of the server queue behind one lock.
 */
export class Notifier {
  private asked = false;
  private working: Promise<void> | undefined;

  /** @param self what the notices say, so that their sender can tell its own from those of others. */
  constructor(
    private readonly pool: Pool,
    private readonly self: string,
  ) {}

  notify = (): void => {
    this.asked = true;
    this.working ??= this.work().finally(() => (this.working = undefined));
  };

  /** Resolves when the last notice is out. */
  idle = async (): Promise<void> => this.working;

  private async work(): Promise<void> {
    while (this.asked) {
      this.asked = false;
      // A notice that does not get out costs its readers nothing but the wait for their next poll.
      await this.pool
        .query({ name: 'event-store-notify', text: `select pg_notify('${channel}', $1)`, values: [this.self] })
        .catch(() => undefined);
      await new Promise((resolve) => setTimeout(resolve, pauseMs));
    }
  }
}
