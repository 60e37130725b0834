import { setTimeout as pause } from 'node:timers/promises';
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
/** Nobody is so far behind, and what another process deleted stays in memory no longer, however busy the log is. */
const keptMs = 5_000;

/** The end of the log, and the wake-ups that had come when it was looked for. */
interface SeenEnd extends LogEnd {
  readonly seen: number;
}

/** What one look at the log found. */
interface Chunk {
  readonly events: readonly RecordedEvent[];
  readonly bytes: number;
  readonly to: LogPosition;
  readonly readAt: number;
}

/**
 * The latest events of the log in memory: all followers of a process wake up at the same time for the same events, so
 * these are read and parsed once and not by each of them. Whoever is further behind reads for themselves.
 */
export class LogTail {
  followers = 0;
  private chunks: readonly Chunk[] = [];
  /** All events after `from`, and up to `to`, are there. Undefined before the first look. */
  private from: LogPosition | undefined;
  private to: LogPosition | undefined;
  /** How often what was in memory had to go. */
  private forgotten = 0;
  private running: { readonly seen: number; readonly end: Promise<SeenEnd> } | undefined;
  private next: Promise<SeenEnd> | undefined;
  /** When the last look began that found something. */
  private lookedAt = -Infinity;

  /** @param paceMs time from a look at the log that found something to the next, at least. */
  constructor(
    private readonly reader: Pick<LogReader, 'end' | 'read' | 'since'>,
    private readonly wakeUps: Pick<WakeUps, 'seen'>,
    private readonly paceMs: number,
    private readonly now: () => number = () => performance.now(),
  ) {}

  /**
   * The end of the log, no older than the latest wake-up. Whoever asks at the same time shares the answer. It comes at
   * once after a rest; where one append follows the other, a look takes along what came within the pace.
   */
  grow(): Promise<SeenEnd> {
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
    const wanted = this.behind(after).filter((event) => isWanted(event, filter));
    const batches: LogBatch[] = [];
    for (let start = 0; start < wanted.length - batchSize; start += batchSize) {
      const events = wanted.slice(start, start + batchSize);
      batches.push({ events, scannedTo: events.at(-1)?.position ?? to, caughtUp: false });
    }
    const last = wanted.slice(batches.length * batchSize);
    return [...batches, { events: last, scannedTo: to, caughtUp: true }];
  }

  /** What is in memory may have been deleted, and what is being read now too. */
  forget(): void {
    this.forgotten += 1;
    this.chunks = [];
    this.from = this.to;
  }

  private async afterRunning(): Promise<SeenEnd> {
    await this.running?.end.catch(() => undefined);
    await this.keepPace();
    this.next = undefined;
    const { seen } = this.wakeUps;
    const running = { seen, end: this.look(seen) };
    this.running = running;
    try {
      return await running.end;
    } finally {
      if (this.running === running) this.running = undefined;
    }
  }

  private async keepPace(): Promise<void> {
    const leftMs = this.lookedAt + this.paceMs - this.now();
    if (leftMs > 0) await pause(leftMs);
  }

  private async look(seen: number): Promise<SeenEnd> {
    const [before, began] = [this.to, this.now()];
    const end = await this.readOn();
    if (before && comparePositions(end.position, before) > 0) this.lookedAt = began;
    return { ...end, seen };
  }

  private async readOn(): Promise<LogEnd> {
    const { to, forgotten } = this;
    if (!to || this.followers < fewestFollowers) {
      const end = await this.reader.end();
      this.restart(end.position);
      return end;
    }
    const { events, end, whole } = await this.reader.since(to, fewEvents);
    if (!whole) return this.readFar(to, forgotten);
    if (events.length > 0) this.add(events, end.position, forgotten);
    this.trim();
    return end;
  }

  private async readFar(after: LogPosition, forgotten: number): Promise<LogEnd> {
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
    this.add(added, end.position, forgotten);
    this.trim();
    return end;
  }

  private add(events: readonly RecordedEvent[], end: LogPosition, forgotten: number): void {
    if (this.forgotten !== forgotten) return this.restart(end);
    this.chunks = [...this.chunks, { events, bytes: bytesOf(events), to: end, readAt: this.now() }];
    this.to = end;
  }

  private restart(end: LogPosition): void {
    this.chunks = [];
    this.from = end;
    this.to = end;
  }

  /** Forgets the oldest events: those that are too many, and those that are too old. */
  private trim(): void {
    let events = this.chunks.reduce((sum, chunk) => sum + chunk.events.length, 0);
    let bytes = this.chunks.reduce((sum, chunk) => sum + chunk.bytes, 0);
    const oldest = this.now() - keptMs;
    for (const chunk of this.chunks) {
      if (events <= maximumEvents && bytes <= maximumBytes && chunk.readAt >= oldest) break;
      events -= chunk.events.length;
      bytes -= chunk.bytes;
      this.from = chunk.to;
      this.chunks = this.chunks.slice(1);
    }
  }

  private behind(after: LogPosition): RecordedEvent[] {
    return this.chunks
      .filter(({ to }) => comparePositions(to, after) > 0)
      .flatMap(({ events }) => events)
      .filter(({ position }) => comparePositions(position, after) > 0);
  }
}

const bytesOf = (events: readonly RecordedEvent[]): number => events.reduce((sum, { bytes = 0 }) => sum + bytes, 0);

const isWanted = ({ type, streamId }: RecordedEvent, { types, streamPrefixes }: LogFilter): boolean =>
  (types === undefined || types.includes(type)) &&
  (streamPrefixes === undefined || streamPrefixes.some((prefix) => streamId.startsWith(prefix)));
