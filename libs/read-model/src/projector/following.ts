import { comparePositions, type LogBatch, type LogPosition } from '@harmony/event-store';
import type { Database } from '../database/open-database.js';
import type { Standing } from './batch-transactions.js';
import type { BatchWriter } from './batch-writer.js';
import { beat } from './checkpoint.js';
import type { ProjectionLog } from './log.js';
import { SmoothedRate } from './rate.js';

const heartbeatMs = 10_000;

/** What one owner of a projection does with each batch, and in quiet times. */
export class Following {
  private readonly rate = new SmoothedRate();
  /** Scanned without finding anything since the last write; the checkpoint must say so before long. */
  private scanned: LogPosition | undefined;
  private lastWrite = performance.now();
  /** Positions that somebody waits for. */
  private wanted: LogPosition[] = [];
  private wake: () => void = () => undefined;

  constructor(
    private readonly database: Database,
    private readonly writer: BatchWriter,
    private readonly log: ProjectionLog,
    private readonly idleCheckpointMs: number,
    private standing: Standing,
  ) {}

  get current(): Standing {
    return this.standing;
  }

  /** How long to wait for the next batch before {@link quiet} is due. */
  get quietMs(): number {
    if (this.isWanted) return 0;
    return this.scanned ? this.idleCheckpointMs : heartbeatMs;
  }

  /** Somebody waits until the checkpoint has come there: it does so as soon as it can, interesting or not. */
  want(position: LogPosition): void {
    const isKnown = this.wanted.some((one) => comparePositions(one, position) === 0);
    if (isKnown || comparePositions(position, this.standing.checkpoint.position) <= 0) return;
    this.wanted.push(position);
    if (this.isWanted) this.wake();
  }

  /** Resolves when {@link quiet} is due before its time. */
  woken(): Promise<void> {
    return new Promise((resolve) => (this.wake = resolve));
  }

  async take({ events, scannedTo }: LogBatch): Promise<void> {
    if (events.length > 0) return this.write(events, scannedTo);
    if (comparePositions(scannedTo, this.standing.checkpoint.position) > 0) this.scanned = scannedTo;
    if (this.isWanted || performance.now() - this.lastWrite >= this.idleCheckpointMs) await this.writeScanned();
  }

  async quiet(): Promise<void> {
    if (this.scanned) await this.writeScanned();
    else await beat(this.database.worker, this.standing.checkpoint);
  }

  /** Whether somebody waits for what was scanned. */
  private get isWanted(): boolean {
    const { scanned } = this;
    return scanned !== undefined && this.wanted.some((one) => comparePositions(scanned, one) >= 0);
  }

  private async writeScanned(): Promise<void> {
    if (this.scanned) await this.write([], this.scanned);
  }

  private async write(events: LogBatch['events'], to: LogPosition): Promise<void> {
    const before = this.standing.parked;
    this.standing = await this.writer.write(this.standing, events, to, this.rate.count(events.length));
    this.tellParked(before);
    this.scanned = undefined;
    this.wanted = this.wanted.filter((one) => comparePositions(to, one) < 0);
    this.lastWrite = performance.now();
  }

  private tellParked(before: Standing['parked']): void {
    const projection = this.standing.checkpoint.name;
    for (const [streamId, { event, code, cause }] of this.standing.parked) {
      if (before.get(streamId)?.event.id === event.id) continue;
      const fields = { projection, streamId, eventId: event.id, type: event.type, code, cause };
      this.log.error(fields, 'event cannot be applied: its stream waits');
    }
  }
}
