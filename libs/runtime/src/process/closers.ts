import type { Logger } from '@harmony/observability';

/** What was opened, to be closed in the opposite order; what is closed together is opened together. */
export class Closers {
  readonly #stack: { readonly part: string; readonly close: () => Promise<void> | void }[] = [];

  add(part: string, close: () => Promise<void> | void): void {
    this.#stack.push({ part, close });
  }

  /** Closes everything, whatever fails on the way. @returns the parts that could not be closed cleanly. */
  async closeAll(logger: Logger): Promise<readonly string[]> {
    const failed: string[] = [];
    for (let next = this.#stack.pop(); next; next = this.#stack.pop()) {
      const started = performance.now();
      try {
        await next.close();
        logger.debug({ part: next.part, milliseconds: Math.round(performance.now() - started) }, 'closed');
      } catch (error) {
        failed.push(next.part);
        logger.error({ part: next.part, error }, 'could not be closed cleanly');
      }
    }
    return failed;
  }
}
