import { backoffMs } from '@harmony/kernel';
import { pause } from './pause.js';

/** The operation was given up because the consumer's shutdown ran out of time. */
export class GivenUp extends Error {}

/** What the runtime cannot do without, and tries again until it works; while something does not, the consumer is not ready. */
export class Persistence {
  readonly #troubles = new Map<string, number>();

  constructor(
    private readonly abandoned: AbortSignal,
    private readonly report: (what: string, error: unknown) => void,
  ) {}

  get troubles(): string[] {
    return [...this.#troubles.keys()];
  }

  /** @throws GivenUp once the shutdown has run out of time. */
  async insist<Result>(what: string, operation: () => Promise<Result>): Promise<Result> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        const result = await operation();
        if (attempt > 1) this.#mended(what);
        return result;
      } catch (error) {
        if (attempt === 1) this.#broken(what);
        this.report(what, error);
        await pause(backoffMs(attempt, { firstMs: 50, maximumMs: 5_000 }), this.abandoned);
        if (this.abandoned.aborted) throw new GivenUp(what, { cause: error });
      }
    }
  }

  #broken(what: string): void {
    this.#troubles.set(what, (this.#troubles.get(what) ?? 0) + 1);
  }

  #mended(what: string): void {
    const left = (this.#troubles.get(what) ?? 1) - 1;
    if (left > 0) this.#troubles.set(what, left);
    else this.#troubles.delete(what);
  }
}
