import type { Letters } from '../dead-letters/letters.js';
import type { Progress } from './health.js';
import type { ResolvedOptions } from './options.js';
import { pause } from './pause.js';

/** While the feed does not say how far behind the consumer is, it is asked this often: nobody is ready before it does. */
const untilMeasuredMs = 500;

/** Measures lag and dead letters at intervals, independently of the flow, so that a stuck consumer shows. */
export class Monitor {
  constructor(
    private readonly options: ResolvedOptions,
    private readonly letters: Letters,
    private readonly progress: Progress,
  ) {}

  async run(stopping: AbortSignal): Promise<void> {
    const { monitorEveryMs } = this.options;
    while (!stopping.aborted) {
      const measured = await this.#measure();
      await pause(measured ? monitorEveryMs : Math.min(untilMeasuredMs, monitorEveryMs), stopping);
    }
  }

  /** False where there was no answer. */
  async #measure(): Promise<boolean> {
    const { consumer, feed, observer } = this.options;
    try {
      const lag = await feed.lag();
      this.progress.measured(lag);
      observer.lag?.(consumer, lag);
      observer.deadLetters?.(consumer, await this.letters.depth());
      this.progress.reached(true);
      return lag !== undefined;
    } catch (error) {
      this.progress.reached(false);
      observer.trouble?.(consumer, 'monitor', error);
      return false;
    }
  }
}
