import type { EventToAppend, RecordedEvent } from '../../port.js';
import type { LogPosition } from '../../position.js';
import { StoredEvent, StoredPosition } from './stored-event.js';

/** The columns that {@link CopiedRows} expects, in its order. */
export const copiedColumns = 'xid, pos, stream_id, revision, recorded_at, event';

const microsecondsBefore2000 = Date.UTC(2000, 0, 1) * 1000;

/**
 * Rows of a binary COPY, kept as bytes until they are asked for: objects that wait on the heap are moved around by each
 * collection of garbage. In a row, each field is its length in four bytes, then its bytes.
 */
export class CopiedRows {
  private buffer: Buffer;
  private starts: number[] = [];
  private taken = 0;
  /** Of all rows together. */
  bytes = 0;

  // Events of one append share their transaction and their time.
  private xid = 0n;
  private xidHigh = -1;
  private xidLow = -1;
  private time = '';
  private timeHigh = -1;
  private timeLow = -1;

  /** @param capacity bytes to make room for at once. */
  constructor(capacity: number) {
    this.buffer = Buffer.allocUnsafe(capacity);
  }

  /** Forgets all rows, to take others into the same memory. */
  clear(): void {
    this.starts = [];
    this.taken = 0;
    this.bytes = 0;
  }

  /** Copies a row, since the driver uses its buffer again. */
  add(message: Buffer, start: number): void {
    const end = this.bytes + message.length - start;
    if (end > this.buffer.length) {
      const larger = Buffer.allocUnsafe(2 * end);
      this.buffer.copy(larger, 0, 0, this.bytes);
      this.buffer = larger;
    }
    message.copy(this.buffer, this.bytes, start);
    this.starts.push(this.bytes);
    this.bytes = end;
  }

  get count(): number {
    return this.starts.length;
  }

  get left(): number {
    return this.count - this.taken;
  }

  /** Where the last row stands; undefined without rows. */
  get lastPosition(): LogPosition | undefined {
    const start = this.starts.at(-1);
    if (start === undefined) return undefined;
    return new StoredPosition(this.buffer.readBigInt64BE(start + 4), BigInt(this.buffer.readInt32BE(start + 16)));
  }

  /** The next events, in order. */
  take(count: number): RecordedEvent[] {
    const starts = this.starts.slice(this.taken, this.taken + count);
    this.taken += starts.length;
    return starts.map((start) => this.read(this.buffer, start));
  }

  private read(row: Buffer, start: number): RecordedEvent {
    const position = new StoredPosition(this.readXid(row, start + 4), BigInt(row.readInt32BE(start + 16)));
    const streamStart = start + 24;
    const streamEnd = streamStart + row.readInt32BE(start + 20);
    const revision = row.readInt32BE(streamEnd + 4);
    const recordedAt = this.readTime(row, streamEnd + 12);
    const bodyStart = streamEnd + 24;
    const bytes = row.readInt32BE(streamEnd + 20);
    const streamId = row.toString('utf8', streamStart, streamEnd);
    const event = JSON.parse(row.toString('utf8', bodyStart, bodyStart + bytes)) as EventToAppend;
    return new StoredEvent(event, streamId, revision, position, recordedAt, bytes);
  }

  private readXid(row: Buffer, offset: number): bigint {
    const high = row.readInt32BE(offset);
    const low = row.readInt32BE(offset + 4);
    if (high !== this.xidHigh || low !== this.xidLow) {
      this.xidHigh = high;
      this.xidLow = low;
      this.xid = row.readBigInt64BE(offset);
    }
    return this.xid;
  }

  /** ISO 8601, UTC; Postgres counts microseconds since 2000. */
  private readTime(row: Buffer, offset: number): string {
    const high = row.readInt32BE(offset);
    const low = row.readInt32BE(offset + 4);
    if (high !== this.timeHigh || low !== this.timeLow) {
      this.timeHigh = high;
      this.timeLow = low;
      const microseconds = Number(row.readBigInt64BE(offset)) + microsecondsBefore2000;
      this.time = new Date(microseconds / 1000).toISOString();
    }
    return this.time;
  }
}
