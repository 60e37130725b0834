import type { LogPosition } from '@harmony/event-store';
import type { Pool } from 'pg';
import type { Shadow } from './shadow.js';
import { SmoothedRate } from '../projector/rate.js';

export type ReplayPhase = 'reading' | 'indexing' | 'comparing' | 'swapping';
export type ReplayKind = 'replay' | 'verify';

/** Of a replay or a verification, as it is now. */
export interface ReplayProgress {
  readonly projection: string;
  readonly phase: ReplayPhase;
  /** Of the first event, before which there is nothing to do. */
  readonly start: LogPosition;
  /** The end of the log when the phase began; more may come. */
  readonly target: LogPosition;
  readonly position: LogPosition;
  /** 0 to 1, by position in the log: a count of events says nothing about those that are not looked at. */
  readonly fraction: number;
  readonly events: number;
  /** Events a second, smoothed. */
  readonly rate: number;
  /** Undefined until there is something to judge by. */
  readonly etaSeconds: number | undefined;
}

/** The first number grows over the whole log, on either store: transactions on Postgres, bytes on EventStoreDB. */
function fractionOf(start: LogPosition, position: LogPosition, target: LogPosition): number {
  const whole = Number(target.major - start.major);
  return whole <= 0 ? 1 : Math.max(0, Math.min(1, Number(position.major - start.major) / whole));
}

/** Keeps the figures of one replay, and its row in `projections.replays` for those who look from elsewhere. */
export class ReplayRecord {
  private readonly rate = new SmoothedRate();
  private readonly startedAt = new Date();
  private readonly began = performance.now();
  private lastWrite = -Infinity;
  private counted = 0;
  private progress: ReplayProgress;

  constructor(
    private readonly database: Pool,
    private readonly kind: ReplayKind,
    start: Pick<ReplayProgress, 'projection' | 'start' | 'target'>,
    private readonly onProgress: (progress: ReplayProgress) => void,
  ) {
    const { start: position } = start;
    this.progress = { ...start, phase: 'reading', position, fraction: 0, events: 0, rate: 0, etaSeconds: undefined };
  }

  async moved({ first: start, position, events }: Pick<Shadow, 'first' | 'position' | 'events'>): Promise<void> {
    const { target } = this.progress;
    const fraction = fractionOf(start, position, target);
    const rate = this.rate.count(events - this.counted);
    this.counted = events;
    const seconds = (performance.now() - this.began) / 1_000;
    const etaSeconds = fraction > 0.01 ? (seconds * (1 - fraction)) / fraction : undefined;
    this.progress = { ...this.progress, start, position, events, rate, fraction, etaSeconds };
    this.onProgress(this.progress);
    if (performance.now() - this.lastWrite > 500) await this.write('running');
  }

  async enter(phase: ReplayPhase): Promise<void> {
    this.progress = { ...this.progress, phase, fraction: 1, etaSeconds: undefined };
    this.onProgress(this.progress);
    await this.write('running');
  }

  async end(state: 'done' | 'cancelled' | 'failed', cause: string | null = null): Promise<void> {
    await this.write(state, cause);
  }

  private async write(state: string, cause: string | null = null): Promise<void> {
    this.lastWrite = performance.now();
    const { projection, phase, start, position, target, events, rate } = this.progress;
    await this.database.query(
      `insert into projections.replays (projection, kind, state, start_major, start_minor, major, minor, target_major,
                                        target_minor, events, rate, cause, started_at, updated_at)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, now())
       on conflict (projection) do update
         set kind = excluded.kind, state = excluded.state, start_major = excluded.start_major,
             start_minor = excluded.start_minor, major = excluded.major, minor = excluded.minor,
             target_major = excluded.target_major, target_minor = excluded.target_minor, events = excluded.events,
             rate = excluded.rate, cause = excluded.cause, started_at = excluded.started_at, updated_at = now()`,
      [
        projection,
        this.kind,
        state === 'running' ? phase : state,
        ...[start, position, target].flatMap(({ major, minor }) => [major, minor]),
        events,
        rate,
        cause,
        this.startedAt,
      ],
    );
  }
}
