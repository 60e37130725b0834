import { setTimeout as pause } from 'node:timers/promises';

/**
 * Waits for work and beats meanwhile: the group must not give this member up while it waits for room downstream or
 * for the log. Rejects with what the work or a beat rejects with.
 */
export async function beating<Result>(
  work: Promise<Result>,
  beat: () => Promise<void>,
  everyMs: number,
  stop: AbortSignal,
): Promise<Result> {
  const over = new AbortController();
  const signal = AbortSignal.any([over.signal, stop]);
  const beats = (async (): Promise<never> => {
    for (;;) {
      await pause(everyMs, undefined, { signal });
      await beat();
    }
  })();
  beats.catch(() => undefined);
  try {
    return await Promise.race([work, beats]);
  } finally {
    over.abort();
  }
}
