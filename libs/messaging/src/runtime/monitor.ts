import type { Letters } from '../dead-letters/letters.js';
import type { Progress } from './health.js';
import type { ResolvedOptions } from './options.js';
import { pause } from './pause.js';

/** Measures lag and dead letters at intervals, independently of the flow, so that a stuck consumer shows. */
export class Monitor {
  constructor(
    private readonly options: ResolvedOptions,
    private readonly letters: Letters,
    private readonly progress: Progress,
  ) {}

  async run(stopping: AbortSignal): Promise<void> {
    while (!stopping.aborted) {
      await this.#measure();
      await pause(this.options.monitorEveryMs, stopping);
    }
  }

  async #measure(): Promise<void> {
    const { consumer, feed, observer } = this.options;
    try {
      const lag = await feed.lag();
      this.progress.measured(lag);
      observer.lag?.(consumer, lag);
      observer.deadLetters?.(consumer, await this.letters.depth());
      this.progress.reached(true);
    } catch (error) {
      this.progress.reached(false);
      observer.trouble?.(consumer, 'monitor', error);
    }
  }
}
