import { interrupted } from './failures.js';

export interface Deadline {
  /** Aborted by the caller's signal, when the time is over, and by `end`. */
  readonly signal: AbortSignal;
  /** Ends whatever still goes on. */
  readonly end: () => void;
}

/** The time that one use of a server may take all together. */
export function deadline(totalMs: number, caller: AbortSignal | undefined): Deadline {
  const controller = new AbortController();
  const timer = setTimeout(() => controller.abort(interrupted('The answer takes longer than the limit.')), totalMs);
  const stop = (): void => controller.abort(caller?.reason);
  caller?.addEventListener('abort', stop, { once: true });
  if (caller?.aborted) stop();
  const end = (): void => {
    clearTimeout(timer);
    caller?.removeEventListener('abort', stop);
    controller.abort();
  };
  return { signal: controller.signal, end };
}
