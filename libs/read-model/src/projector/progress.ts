import { HarmonyError } from '@harmony/contracts';
import { comparePositions, formatPosition, logStart, parsePosition, type LogPosition } from '@harmony/event-store';
import type pg from 'pg';
import type { Database } from '../database/open-database.js';
import { withClient } from '../database/transaction.js';
import type { ProjectionProgress } from '../query-port.js';
import { readCheckpoint } from './checkpoint.js';
import { wantedChannel } from './ownership.js';

/** Asks by itself this often, in case a notice was lost with its connection. */
const pollEveryMs = 250;
/** What is of interest to a projection is there by then; what is not, it passes by as soon as it is asked to. */
const patienceMs = 50;

/**
 * Hears from every projection of every process where it stands, over one connection of this process.
 * Close it before the database.
 */
export class ListeningProgress implements ProjectionProgress {
  private readonly known = new Map<string, LogPosition>();
  private readonly wakers = new Set<() => void>();
  private listening: Promise<pg.Client> | undefined;

  constructor(private readonly database: Database) {}

  async positionOf(projection: string): Promise<LogPosition> {
    const { position } = await withClient(this.database.worker, (client) => readCheckpoint(client, projection));
    this.known.set(projection, position);
    return position;
  }

  async waitFor(projection: string, position: LogPosition, timeLimitMs = 5_000): Promise<void> {
    const deadline = performance.now() + timeLimitMs;
    const reached = (): boolean => comparePositions(this.known.get(projection) ?? logStart, position) >= 0;
    if (reached()) return;
    await this.listen();
    for (let waitMs = patienceMs; ; waitMs = pollEveryMs) {
      // Asked once after the listening began, and then every now and then.
      if (comparePositions(await this.positionOf(projection), position) >= 0) return;
      if (waitMs > patienceMs) await this.want(projection, position);
      const until = Math.min(performance.now() + waitMs, deadline);
      while (await this.noticed(until - performance.now())) if (reached()) return;
      if (performance.now() >= deadline) {
        throw new HarmonyError('READ_MODEL_BEHIND', { retryAfterSeconds: 1, facts: { projection } });
      }
    }
  }

  private async want(projection: string, position: LogPosition): Promise<void> {
    const values = [wantedChannel(projection), formatPosition(position)];
    await this.database.worker.query({ name: 'want-position', text: 'select pg_notify($1, $2)', values });
  }

  async close(): Promise<void> {
    const client = await this.listening?.catch(() => undefined);
    await client?.end();
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

  private async listen(): Promise<void> {
    this.listening ??= this.connect();
    await this.listening.catch((error: unknown) => {
      this.listening = undefined;
      throw error;
    });
  }

  private async connect(): Promise<pg.Client> {
    const client = await this.database.connectWorker();
    client.on('notification', ({ payload }) => this.hear(payload ?? ''));
    client.on('end', () => (this.listening = undefined));
    await client.query('listen projection_advanced');
    return client;
  }

  private hear(payload: string): void {
    const [projection = '', text = ''] = payload.split(' ');
    const position = parsePosition(text);
    if (!position) return;
    this.known.set(projection, position);
    for (const wake of this.wakers) wake();
  }
}
