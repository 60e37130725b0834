import { HarmonyError } from '@harmony/contracts';
import { backoffMs } from '@harmony/kernel';
import { setTimeout as pause } from 'node:timers/promises';
import type { Pool } from 'pg';
import type { AppendResult } from '../../port.js';
import { asStoreError, isUnavailable } from '../failures.js';
import { callAppend, type AppendOutcome } from './append-call.js';
import { GroupCommit } from './group-commit.js';
import type { PreparedAppend } from './prepared-append.js';

/** Measured (docs/benchmarks.md): one group leaves the server idle between commits, three gain nothing. */
const limits = { groups: 2, itemsPerGroup: 256, bytesPerGroup: 1_000_000 };

const attempts = 4;
const backoff = { firstMs: 50, maximumMs: 1_000 };

/** Appends with group commit; one bad append of a group fails alone. */
export class Appender {
  private readonly groups = new GroupCommit<PreparedAppend, AppendResult>((group) => this.commit(group), limits);

  /** @param onAppended called after a commit that recorded something. */
  constructor(
    private readonly pool: Pool,
    private readonly onAppended: () => void,
  ) {}

  append = (append: PreparedAppend): Promise<AppendResult> => this.groups.add(append);

  /** Resolves when everything that was asked for has its answer. */
  idle = (): Promise<void> => this.groups.idle();

  private async commit(group: readonly PreparedAppend[]): Promise<readonly AppendOutcome[]> {
    try {
      const outcomes = await this.callUntilKnown(group);
      if (outcomes.some((outcome) => !(outcome instanceof HarmonyError) && !outcome.repeated)) this.onAppended();
      return outcomes;
    } catch (error) {
      const failure = asStoreError(error);
      if (group.length === 1 || failure.kind === 'retriable') return group.map(() => failure);
      return this.oneByOne(group);
    }
  }

  /**
   * A connection lost in mid-call leaves the outcome unknown. The same group with the same ids is safe to repeat: what
   * was recorded the first time comes back as such.
   */
  private async callUntilKnown(group: readonly PreparedAppend[]): Promise<readonly AppendOutcome[]> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await callAppend(this.pool, group);
      } catch (error) {
        if (attempt === attempts || !isUnavailable(error)) throw error;
        await pause(backoffMs(attempt, backoff));
      }
    }
  }

  private async oneByOne(group: readonly PreparedAppend[]): Promise<readonly AppendOutcome[]> {
    const outcomes: AppendOutcome[] = [];
    for (const append of group) outcomes.push(...(await this.commit([append])));
    return outcomes;
  }
}
