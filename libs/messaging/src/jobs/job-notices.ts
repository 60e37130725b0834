import { noticesOf } from '@harmony/notices';
import type { Notification, Pool } from 'pg';
import { untilAborted } from '../runtime/pause.js';

/** Where the queue tells of each job: its task, in how many milliseconds it is due, its key; blanks in between. */
export const jobChannel = 'harmony_jobs';
/** Where graphile-worker tells that a newer version has changed its tables. */
const migrateChannel = 'worker:migrate';

/** Jobs that are due later than that are found when runners look by themselves. */
const farAwayMs = 60_000;

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
 * Tells the listener of new jobs of its tasks, each when it is due, until the signal is aborted; resolves when nothing
 * of the listener is left. What a pool of graphile-worker hears by itself is that there is some job, whoever it is for.
 */
export async function tellOfJobs(pool: Pool, listener: JobListener, until: AbortSignal): Promise<void> {
  const notices = noticesOf(pool);
  const heard = ({ payload = '' }: Notification): void => {
    const [task = '', dueInMs] = payload.split(' ');
    if (listener.tasks.has(task)) tellWhenDue(listener, Number(dueInMs ?? 0), until);
  };
  const stops = [
    notices.listen(migrateChannel, { heard: listener.other }),
    notices.listen(jobChannel, { heard, listening: listener.missed }),
  ];
  await untilAborted(until);
  await Promise.all(stops.map((stop) => stop()));
}

function tellWhenDue({ enqueued }: JobListener, dueInMs: number, until: AbortSignal): void {
  if (!(dueInMs > 0)) enqueued();
  else if (dueInMs <= farAwayMs) {
    // A timer may be a millisecond early, and would find nothing.
    setTimeout(() => until.aborted || enqueued(), dueInMs + 2).unref();
  }
}
