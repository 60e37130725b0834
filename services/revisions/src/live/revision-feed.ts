import type { Principal } from '@harmony/access';
import { errorKind, HarmonyError } from '@harmony/contracts';
import { backoffMs } from '@harmony/kernel';
import type { Logger } from '@harmony/observability';
import { LOGGER } from '@harmony/runtime';
import { Inject, Injectable, type OnModuleDestroy } from '@nestjs/common';
import { setTimeout as pause } from 'node:timers/promises';
import { RevisionQueries } from '../read-model/revision-queries.js';
import type { RevisionView } from '../read-model/revision-view.js';
import { ChangeQueries, noMarks, type Marks } from './change-queries.js';

/** A listener is told something at most twice a second. */
export const tellEveryMs = 500;

const patience = { firstMs: 500, maximumMs: 5_000 };

/** What one reader is told: the revisions of a project that changed since the last message. */
export interface RevisionChange {
  readonly projectId: string;
  readonly revisions: readonly RevisionView[];
}

/** Tells readers how revisions go on. It looks at the read model, so whoever hears of a change finds it there. */
@Injectable()
export class RevisionFeed implements OnModuleDestroy {
  private readonly stopping = new AbortController();

  constructor(
    private readonly changes: ChangeQueries,
    private readonly queries: RevisionQueries,
    @Inject(LOGGER) private readonly log: Logger,
  ) {}

  /**
   * Yields at once what is under way in a project that the caller was found to be allowed to read, and from then on what
   * changes, for as long as it is listened to and the reader may.
   */
  listen(principal: Principal, projectId: string): AsyncIterableIterator<RevisionChange> {
    const ended = new AbortController();
    const signal = AbortSignal.any([this.stopping.signal, ended.signal]);
    const told = this.tell(principal, projectId, signal);
    // A generator that waits cannot be ended from outside; so the waiting is ended first.
    const end = async (): Promise<IteratorReturnResult<undefined>> => {
      ended.abort();
      await told.return(undefined);
      return { done: true, value: undefined };
    };
    return {
      next: () => told.next(),
      return: end,
      throw: async (error: unknown) => {
        await end();
        throw error;
      },
      [Symbol.asyncIterator]() {
        return this;
      },
    };
  }

  onModuleDestroy(): void {
    this.stopping.abort();
  }

  private async *tell(
    principal: Principal,
    projectId: string,
    signal: AbortSignal,
  ): AsyncGenerator<RevisionChange, undefined> {
    let marks: Marks | undefined;
    for (let failures = 0; !signal.aborted;) {
      try {
        const now = await this.changes.marksOf(principal.workspaceId, projectId);
        const ids = changedBetween(marks ?? noMarks, now);
        if (!marks || ids.length > 0) {
          const known = marks ? ids : ids.filter((id) => now.get(id)?.isProcessing);
          yield { projectId, revisions: known.length > 0 ? await this.queries.byIds(principal, known) : [] };
        }
        marks = now;
        failures = 0;
      } catch (error) {
        // Somebody has switched it off, or taken the right away.
        if (error instanceof HarmonyError && error.kind === 'rejected') return undefined;
        failures += 1;
        this.log.warn({ error, kind: errorKind(error), failures }, 'The live feed of revisions tries again');
        await rest(backoffMs(Math.min(failures, 10), patience), signal);
      }
      await rest(tellEveryMs, signal);
    }
    return undefined;
  }
}

const changedBetween = (before: Marks, now: Marks): string[] =>
  [...now].flatMap(([id, { mark }]) => (before.get(id)?.mark === mark ? [] : [id]));

const rest = (milliseconds: number, signal: AbortSignal): Promise<void> =>
  pause(milliseconds, undefined, { signal }).catch(() => undefined);
