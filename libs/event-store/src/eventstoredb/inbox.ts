import { setImmediate } from 'node:timers/promises';
import { unavailable } from './errors.js';

/** What the client's readable streams have in common. */
interface Source {
  read(size?: number): unknown;
  readonly readableLength: number;
  on(event: 'readable' | 'end' | 'close', listener: () => void): unknown;
  on(event: 'error', listener: (error: Error) => void): unknown;
}

/** What the wait for the next items ended in. */
export type Word = 'items' | 'silence' | 'end';

/**
 * Pulls from a stream of the client. The client's callbacks run ahead of the consumer by whole buffers;
 * here nothing counts before it was taken. What arrived before a failure is handed out before the failure.
 */
export class Inbox<Item> {
  private failure: unknown;
  private over = false;
  private wake: () => void = () => undefined;

  constructor(
    private readonly stream: Source,
    private readonly release: (over: boolean) => void,
  ) {
    const settled = (): void => {
      this.over = true;
      this.wake();
    };
    stream.on('readable', () => this.wake());
    stream.on('end', settled);
    stream.on('close', settled);
    // The client emits errors without ending the stream; and one without a listener would end the process.
    stream.on('error', (error) => {
      this.failure ??= error;
      settled();
    });
  }

  /** At most `limit` items that are there already. */
  take(limit: number): Item[] {
    const items: Item[] = [];
    while (items.length < limit) {
      const item = this.stream.read() as Item | null;
      if (item === null) break;
      items.push(item);
    }
    return items;
  }

  /** True when everything that arrived was taken. */
  get drained(): boolean {
    return this.stream.readableLength === 0;
  }

  /** Waits for items, the end of the stream, or so many milliseconds of silence. Throws what the stream failed with. */
  async next(silenceMs: number, signal?: AbortSignal): Promise<Word> {
    const deadline = performance.now() + silenceMs;
    for (;;) {
      if (signal?.aborted) return 'end';
      if (!this.drained) return 'items';
      if (this.failure) throw this.failure as Error;
      if (this.over) return 'end';
      const left = deadline - performance.now();
      if (left <= 0) return 'silence';
      await this.news(left, signal);
      // A stream tells its end only to those who read on.
      this.stream.read(0);
    }
  }

  /** At most `limit` items: what is there, and what still comes in with it. Larger runs make fewer transactions. */
  async gather(limit: number): Promise<Item[]> {
    const items = this.take(limit);
    for (let count = -1; count < items.length && items.length < limit;) {
      count = items.length;
      await setImmediate();
      items.push(...this.take(limit - items.length));
    }
    return items;
  }

  /** Yields item by item to the end; silence counts as failure. */
  async *drain(silenceMs: number): AsyncGenerator<Item> {
    for (;;) {
      const word = await this.next(silenceMs);
      if (word === 'end') return;
      if (word === 'silence')
        throw unavailable(`The event store was silent for ${silenceMs} ms in the middle of a read.`);
      yield* this.take(1);
    }
  }

  /**
   * Cancels the call and reads what is left of it to nowhere: the client waits for ever, when it is disposed of,
   * for a call that ended with something unread.
   */
  close(): void {
    const discard = (): void => void this.take(Infinity);
    this.stream.on('readable', discard);
    discard();
    this.release(this.over);
  }

  private async news(silenceMs: number, signal?: AbortSignal): Promise<void> {
    await new Promise<void>((resolve) => {
      const wake = (): void => {
        clearTimeout(timer);
        signal?.removeEventListener('abort', wake);
        resolve();
      };
      const timer = setTimeout(wake, silenceMs);
      signal?.addEventListener('abort', wake, { once: true });
      this.wake = wake;
    });
  }
}

/** The inbox of a finite read; leaving it before its end cancels the call. */
export function inboxOfRead<Item>(read: Source & { cancel(): Promise<void> }): Inbox<Item> {
  return new Inbox(read, (over) => {
    // A call that failed to start refuses to be cancelled; it is over either way.
    if (!over) read.cancel().catch(() => undefined);
  });
}
