import { HarmonyError } from '@harmony/contracts';
import type { MediaLimits } from './limits.js';
import { processUsage } from './process-usage.js';

const lookEveryMs = 100;

/** Looks after one child: calls back once, with the limit that it passed or the reason why it is not wanted any more. */
export class Watch {
  readonly #startedAt = performance.now();
  readonly #timer: NodeJS.Timeout;
  #heardAt = performance.now();
  #isOver = false;

  constructor(
    private readonly pid: number,
    private readonly limits: MediaLimits,
    private readonly onVerdict: (verdict: unknown) => void,
    private readonly signal: AbortSignal,
  ) {
    this.#timer = setInterval(() => void this.#look(), lookEveryMs);
    signal.addEventListener('abort', this.#onAbort, { once: true });
    if (signal.aborted) this.#onAbort();
  }

  /** The child has given a byte. */
  heard(): void {
    this.#heardAt = performance.now();
  }

  end(): void {
    this.#isOver = true;
    clearInterval(this.#timer);
    this.signal.removeEventListener('abort', this.#onAbort);
  }

  readonly #onAbort = (): void => this.#judge(this.signal.reason);

  async #look(): Promise<void> {
    const now = performance.now();
    const { wallClockMs, silenceMs, cpuSeconds, memoryBytes } = this.limits;
    if (now - this.#startedAt > wallClockMs || now - this.#heardAt > silenceMs) {
      return this.#judge(new HarmonyError('MEDIA_TIME_LIMIT'));
    }
    const usage = await processUsage(this.pid);
    if (usage && usage.cpuSeconds > cpuSeconds) this.#judge(resourceLimit('processor time'));
    if (usage && usage.residentBytes > memoryBytes) this.#judge(resourceLimit('memory'));
  }

  #judge(verdict: unknown): void {
    if (this.#isOver) return;
    this.end();
    this.onVerdict(verdict);
  }
}

export const resourceLimit = (resource: string): HarmonyError =>
  new HarmonyError('MEDIA_RESOURCE_LIMIT', { facts: { resource } });
