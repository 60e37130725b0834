import type { LogBatch, LogFilter, RecordedEvent } from '../../port.js';
import { comparePositions, type LogPosition } from '../../position.js';
import type { LogEnd, LogReader } from '../log/log-reader.js';
import type { WakeUps } from './wake-ups.js';

/** With fewer followers, what each of them filters is less than all there is. */
const fewestFollowers = 3;
const maximumEvents = 2_000;
const maximumBytes = 4_000_000;
/** As many as a look takes along; more are read in a way that is made for many. */
const fewEvents = 100;
/** Nobody is so far behind, and what was deleted elsewhere stays in memory no longer. */
const keptMs = 5_000;

/**
 * The latest events of the log in memory: all followers of a process wake up at the same time for the same events, so
 * these are read and parsed once and not by each of them. Whoever is further behind reads for themselves.
 */
export class LogTail {
  followers = 0;
  private events: readonly RecordedEvent[] = [];
  /** All events after `from`, and up to `to`, are there. Undefined before the first look. */
  private from: LogPosition | undefined;
  private to: LogPosition | undefined;
  private grownAt = 0;
  private running: { readonly seen: number; readonly end: Promise<LogEnd> } | undefined;
  private next: Promise<LogEnd> | undefined;

  constructor(
    private readonly reader: Pick<LogReader, 'end' | 'read' | 'since'>,
    private readonly wakeUps: Pick<WakeUps, 'seen'>,
  ) {}

  /** The end of the log, no older than the latest wake-up. Whoever asks at the same time shares the answer. */
  grow(): Promise<LogEnd> {
    // One that began before the latest wake-up may have missed what that was about.
    if (this.running?.seen === this.wakeUps.seen) return this.running.end;
    this.next ??= this.afterRunning();
    return this.next;
  }

  /**
   * All that follows a place, up to an end at least; the last batch has `caughtUp`. Undefined where memory does not
   * reach back so far, or not to the end.
   */
  read(after: LogPosition, end: LogPosition, filter: LogFilter, batchSize: number): LogBatch[] | undefined {
    const { from, to } = this;
    if (!from || !to || comparePositions(after, from) < 0) return undefined;
    if (comparePositions(after, to) > 0 || comparePositions(end, to) > 0) return undefined;
    const wanted = this.events.slice(this.firstBehind(after)).filter((event) => isWanted(event, filter));
    const batches: LogBatch[] = [];
    for (let start = 0; start < wanted.length - batchSize; start += batchSize) {
      const events = wanted.slice(start, start + batchSize);
      batches.push({ events, scannedTo: events.at(-1)?.position ?? to, caughtUp: false });
    }
    const last = wanted.slice(batches.length * batchSize);
    return [...batches, { events: last, scannedTo: to, caughtUp: true }];
  }

  /** What is in memory may have been deleted. */
  forget(): void {
    this.events = [];
    this.from = this.to;
  }

  private async afterRunning(): Promise<LogEnd> {
    await this.running?.end.catch(() => undefined);
    this.next = undefined;
    const running = { seen: this.wakeUps.seen, end: this.readOn() };
    this.running = running;
    try {
      return await running.end;
    } finally {
      if (this.running === running) this.running = undefined;
    }
  }

  private async readOn(): Promise<LogEnd> {
    const { to } = this;
    if (!to || this.followers < fewestFollowers) {
      const end = await this.reader.end();
      this.restart(end.position);
      return end;
    }
    const { events, end, whole } = await this.reader.since(to, fewEvents);
    if (!whole) return this.readFar(to);
    if (events.length > 0) this.add(events, end.position);
    else if (performance.now() - this.grownAt > keptMs) this.forget();
    return end;
  }

  private async readFar(after: LogPosition): Promise<LogEnd> {
    const end = await this.reader.end();
    const added: RecordedEvent[] = [];
    let bytes = 0;
    for await (const { events } of this.reader.read(after, end.position, {}, maximumEvents)) {
      added.push(...events);
      bytes += bytesOf(events);
      if (added.length > maximumEvents || bytes > maximumBytes) {
        this.restart(end.position);
        return end;
      }
    }
    this.add(added, end.position);
    return end;
  }

  private add(added: readonly RecordedEvent[], end: LogPosition): void {
    this.events = [...this.events, ...added];
    this.to = end;
    this.grownAt = performance.now();
    this.trim();
  }

  private restart(end: LogPosition): void {
    this.events = [];
    this.from = end;
    this.to = end;
  }

  /** Forgets the oldest events that are too many. */
  private trim(): void {
    let bytes = bytesOf(this.events);
    let dropped = 0;
    for (const event of this.events) {
      if (this.events.length - dropped <= maximumEvents && bytes <= maximumBytes) break;
      bytes -= event.bytes ?? 0;
      dropped += 1;
      this.from = event.position;
    }
    if (dropped > 0) this.events = this.events.slice(dropped);
  }

  private firstBehind(after: LogPosition): number {
    let [low, high] = [0, this.events.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      const position = this.events[middle]?.position;
      if (position && comparePositions(position, after) > 0) high = middle;
      else low = middle + 1;
    }
    return low;
  }
}

const bytesOf = (events: readonly RecordedEvent[]): number => events.reduce((sum, { bytes = 0 }) => sum + bytes, 0);

const isWanted = ({ type, streamId }: RecordedEvent, { types, streamPrefixes }: LogFilter): boolean =>
  (types === undefined || types.includes(type)) &&
  (streamPrefixes === undefined || streamPrefixes.some((prefix) => streamId.startsWith(prefix)));
