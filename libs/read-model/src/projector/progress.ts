import { HarmonyError } from '@harmony/contracts';
import { comparePositions, formatPosition, logStart, type LogPosition } from '@harmony/event-store';
import { noticesOf, type StopListening } from '@harmony/notices';
import type { Database } from '../database/open-database.js';
import { withClient } from '../database/transaction.js';
import type { ProjectionProgress } from '../query-port.js';
import { announced, progressChannel, readCheckpoint } from './checkpoint.js';
import { wantedChannel } from './ownership.js';

/** Asks by itself this often, in case a notice was lost with its connection. */
const pollEveryMs = 250;
/** What is of interest to a projection is there by then; what is not, it passes by as soon as it is asked to. */
const patienceMs = 50;

interface WaitOptions {
  readonly timeLimitMs: number;
  /** Whether the projection is to come there though it may not be interested in what is on the way. */
  readonly asks: boolean;
}

/** Hears from every projection of every process where it stands. Close it before the database. */
export class ListeningProgress implements ProjectionProgress {
  private readonly known = new Map<string, LogPosition>();
  /** What the owner of a projection was told last. */
  private readonly said = new Map<string, { readonly position: LogPosition; readonly at: number }>();
  private readonly wakers = new Set<() => void>();
  private stopListening: StopListening | undefined;
  private isListening = false;

  constructor(private readonly database: Database) {}

  async positionOf(projection: string): Promise<LogPosition> {
    const { position } = await withClient(this.database.worker, (client) => readCheckpoint(client, projection));
    this.known.set(projection, position);
    return position;
  }

  waitFor(projection: string, position: LogPosition, timeLimitMs = 5_000): Promise<void> {
    return this.wait(projection, position, { timeLimitMs, asks: true });
  }

  waitForMore(projection: string, after: LogPosition, timeLimitMs: number): Promise<void> {
    const { major, minor } = after;
    return this.wait(projection, { major, minor: minor + 1n }, { timeLimitMs, asks: false });
  }

  private async wait(projection: string, position: LogPosition, { timeLimitMs, asks }: WaitOptions): Promise<void> {
    const deadline = performance.now() + timeLimitMs;
    const reached = (): boolean => comparePositions(this.known.get(projection) ?? logStart, position) >= 0;
    if (reached()) return;
    this.listen();
    // What is heard from then on need not be asked for.
    if (!this.isListening) await this.noticed(Math.min(pollEveryMs, timeLimitMs));
    await this.positionOf(projection);
    const timely = Math.min(performance.now() + patienceMs, deadline);
    const isThere = await this.until(reached, () => (asks ? timely - performance.now() : 0));
    if (!isThere && asks) await this.want(projection, position);
    while (!(await this.until(reached, () => Math.min(pollEveryMs, deadline - performance.now())))) {
      await this.positionOf(projection);
      if (reached()) return;
      if (performance.now() >= deadline) {
        throw new HarmonyError('READ_MODEL_BEHIND', { retryAfterSeconds: 1, facts: { projection } });
      }
      if (asks) await this.want(projection, position);
    }
  }

  /** False when no notice came for so long. */
  private async until(reached: () => boolean, waitMs: () => number): Promise<boolean> {
    while (!reached()) if (!(await this.noticed(waitMs()))) return reached();
    return true;
  }

  async close(): Promise<void> {
    await this.stopListening?.();
    this.stopListening = undefined;
    this.isListening = false;
  }

  /** Many may wait for one projection: what was said a moment ago for a position as far away is not said again. */
  private async want(projection: string, position: LogPosition): Promise<void> {
    const said = this.said.get(projection);
    const now = performance.now();
    if (said && now - said.at < pollEveryMs / 2 && comparePositions(said.position, position) === 0) return;
    this.said.set(projection, { position, at: now });
    const values = [wantedChannel(projection), formatPosition(position)];
    await this.database.worker.query({ name: 'want-position', text: 'select pg_notify($1, $2)', values });
  }

  /** True for a notice of any projection, false when none came in time. */
  private async noticed(withinMs: number): Promise<boolean> {
    if (withinMs <= 0) return false;
    return new Promise((resolve) => {
      const end = (isNotice: boolean): void => {
        clearTimeout(timer);
        this.wakers.delete(wake);
        resolve(isNotice);
      };
      const wake = (): void => end(true);
      const timer = setTimeout(end, withinMs, false);
      this.wakers.add(wake);
    });
  }

  private listen(): void {
    this.stopListening ??= noticesOf(this.database.worker).listen(progressChannel, {
      heard: ({ payload = '' }) => this.hear(payload),
      listening: () => {
        this.isListening = true;
        this.wake();
      },
    });
  }

  private hear(payload: string): void {
    for (const { projection, position } of announced(payload)) this.known.set(projection, position);
    this.wake();
  }

  private wake(): void {
    for (const wake of this.wakers) wake();
  }
}
