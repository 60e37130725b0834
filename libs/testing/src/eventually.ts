import { setTimeout as pause } from 'node:timers/promises';

export interface EventuallyOptions {
  /** Gives up after this many milliseconds; generous, since it is a limit and not a measurement. */
  readonly withinMs?: number;
  readonly everyMs?: number;
}

/** Waits for an effect by asking for it again until the question stops throwing, then returns its answer. */
export async function eventually<Answer>(
  question: () => Promise<Answer> | Answer,
  { withinMs = 20_000, everyMs = 20 }: EventuallyOptions = {},
): Promise<Answer> {
  const deadline = performance.now() + withinMs;
  for (;;) {
    try {
      return await question();
    } catch (error) {
      if (performance.now() > deadline) throw error;
      await pause(everyMs);
    }
  }
}
