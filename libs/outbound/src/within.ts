import { setTimeout as wait } from 'node:timers/promises';

/** The work's own outcome, or a failure once the time is over; the work itself is left to end by itself. */
export async function within<Result>(milliseconds: number, work: Promise<Result>): Promise<Result> {
  const timer = new AbortController();
  const timeOut = wait(milliseconds, undefined, { signal: timer.signal }).then(() => {
    throw new Error(`No answer within ${milliseconds} ms.`);
  });
  try {
    return await Promise.race([work, timeOut]);
  } finally {
    timer.abort();
  }
}
