import { HarmonyError } from '@harmony/contracts';
import { backoffMs, SharedRoundTrips } from '@harmony/kernel';
import { setTimeout as pause } from 'node:timers/promises';
import type { Pool } from 'pg';
import type { AppendResult } from '../../port.js';
import { asStoreError, isUnavailable } from '../failures.js';
import { AppendConnection } from './append-connection.js';
import { appendGroup } from './append-group.js';
import type { AppendOutcome } from './careful-append.js';
import type { PreparedAppend } from './prepared-append.js';

const limits = { groups: 4, patienceMs: 20, itemsPerGroup: 256, bytesPerGroup: 160_000, bytesAtOnce: 64_000 };

const attempts = 4;
const backoff = { firstMs: 50, maximumMs: 1_000 };

/** Appends with group commit; one bad append of a group fails alone. */
export class Appender {
  private readonly groups = new SharedRoundTrips<PreparedAppend, AppendResult>((group) => this.commit(group), limits);
  private readonly idleConnections: AppendConnection[] = [];

  /** @param onAppended called after a commit that recorded something. */
  constructor(
    private readonly pool: Pool,
    private readonly onAppended: () => void,
  ) {}

  append = (append: PreparedAppend): Promise<AppendResult> => this.groups.add(append);

  /** Resolves when everything that was asked for has its answer and the connections are given up. */
  async close(): Promise<void> {
    await this.groups.idle();
    for (const connection of this.idleConnections.splice(0)) connection.close();
  }

  private async commit(group: readonly PreparedAppend[]): Promise<readonly AppendOutcome[]> {
    try {
      const outcomes = await this.appendUntilKnown(group);
      if (outcomes.some((outcome) => !(outcome instanceof HarmonyError) && !outcome.repeated)) this.onAppended();
      return outcomes;
    } catch (error) {
      const failure = asStoreError(error);
      if (group.length === 1 || failure.kind === 'retriable') return group.map(() => failure);
      return this.oneByOne(group);
    }
  }

  /**
   * A connection lost in mid-append leaves the outcome unknown. The same group with the same ids is safe to repeat: what
   * was recorded the first time comes back as such.
   */
  private async appendUntilKnown(group: readonly PreparedAppend[]): Promise<readonly AppendOutcome[]> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await this.appendOnce(group);
      } catch (error) {
        const failure = asStoreError(error);
        if (attempt === attempts || !isUnavailable(failure)) throw failure;
        await pause(backoffMs(attempt, backoff));
      }
    }
  }

  private async appendOnce(group: readonly PreparedAppend[]): Promise<readonly AppendOutcome[]> {
    const connection = this.idleConnections.pop() ?? (await AppendConnection.open(this.pool));
    try {
      const outcomes = await appendGroup(connection, group);
      this.idleConnections.push(connection);
      return outcomes;
    } catch (error) {
      connection.close();
      throw error;
    }
  }

  private async oneByOne(group: readonly PreparedAppend[]): Promise<readonly AppendOutcome[]> {
    const outcomes: AppendOutcome[] = [];
    for (const append of group) outcomes.push(...(await this.commit([append])));
    return outcomes;
  }
}
