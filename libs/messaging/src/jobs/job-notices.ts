import type { Notification, Pool } from 'pg';
import { backoffMs } from '@harmony/kernel';
import { dedicatedClient } from '../database/database.js';
import { pause, untilAborted } from '../runtime/pause.js';

/** Where the queue tells of each job: its task, in how many milliseconds it is due, its key; blanks in between. */
export const jobChannel = 'harmony_jobs';
/** Where graphile-worker tells that a newer version has changed its tables. */
const migrateChannel = 'worker:migrate';

/** Jobs that are due later than that are found when runners look by themselves. */
const farAwayMs = 60_000;

const backoff = { firstMs: 100, maximumMs: 5_000 };

/** Whoever waits for jobs of some tasks. */
export interface JobListener {
  readonly tasks: ReadonlySet<string>;
  /** One job more. */
  readonly enqueued: () => void;
  /** There may be any number of jobs that nobody told of. */
  readonly missed: () => void;
  /** A notice that is none of a job. */
  readonly other: (notice: Notification) => void;
}

/**
 * Hears of new jobs for all runners of a process, over one connection, and tells only those that run them: what each
 * pool of graphile-worker hears by itself is that there is some job, whoever it is for. The connection is there while
 * anybody listens and is replaced when it is lost; runners look for jobs now and then by themselves as well.
 */
export class JobNotices {
  private readonly listeners = new Set<JobListener>();
  private listening: AbortController | undefined;
  private ended: Promise<void> = Promise.resolve();

  /** @param pool whose options the connection has; it takes none of the pool's. */
  constructor(private readonly pool: Pool) {}

  /** Tells the listener until the signal is aborted; resolves when nothing of it is left. */
  async tell(listener: JobListener, until: AbortSignal): Promise<void> {
    this.listeners.add(listener);
    this.start();
    await untilAborted(until);
    this.listeners.delete(listener);
    if (this.listeners.size > 0) return;
    this.listening?.abort();
    this.listening = undefined;
    await this.ended;
  }

  private start(): void {
    if (this.listening) return;
    const listening = new AbortController();
    this.listening = listening;
    this.ended = this.ended.then(() => this.listen(listening.signal));
  }

  private async listen(signal: AbortSignal): Promise<void> {
    for (let failures = 0; !signal.aborted; failures += 1) {
      try {
        await this.listenUntilLost(signal, () => (failures = 0));
      } catch {
        // The runners look for jobs by themselves until there is a connection again.
      }
      await pause(backoffMs(failures + 1, backoff), signal);
    }
  }

  private async listenUntilLost(signal: AbortSignal, onListening: () => void): Promise<void> {
    const client = await dedicatedClient(this.pool);
    try {
      const lost = new AbortController();
      client.on('end', () => lost.abort());
      client.on('notification', this.hear);
      await client.query(`listen ${jobChannel}; listen "${migrateChannel}"`);
      onListening();
      for (const { missed } of this.listeners) missed();
      await untilAborted(AbortSignal.any([signal, lost.signal]));
    } finally {
      await client.end();
    }
  }

  private readonly hear = (notice: Notification): void => {
    const [task = '', dueInMs] = (notice.payload ?? '').split(' ');
    for (const listener of this.listeners) {
      if (notice.channel !== jobChannel) listener.other(notice);
      else if (listener.tasks.has(task)) this.tellWhenDue(listener, Number(dueInMs ?? 0));
    }
  };

  private tellWhenDue(listener: JobListener, dueInMs: number): void {
    if (!(dueInMs > 0)) listener.enqueued();
    else if (dueInMs <= farAwayMs) {
      // A timer may be a millisecond early, and would find nothing.
      setTimeout(() => this.listeners.has(listener) && listener.enqueued(), dueInMs + 2).unref();
    }
  }
}
