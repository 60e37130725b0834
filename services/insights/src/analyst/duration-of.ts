/** How long questions took that ended with these errors. */
const durations = new WeakMap<Error, number>();

/** Keeps what a question has taken with the error that ended it. */
export function noteDuration(error: unknown, milliseconds: number): void {
  if (error instanceof Error) durations.set(error, milliseconds);
}

/**
 * Whole milliseconds of the question that ended with this error, or with one that caused it; 0 where nobody was asked,
 * and where the process has died since.
 */
export function durationOf(error: unknown): number {
  return error instanceof Error ? (durations.get(error) ?? durationOf(error.cause)) : 0;
}
