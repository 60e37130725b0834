import { requirePermission, type Principal } from '@harmony/access';
import { errorKind, HarmonyError } from '@harmony/contracts';
import { comparePositions, formatPosition, logStart, parsePosition, type LogPosition } from '@harmony/event-store';
import { backoffMs } from '@harmony/kernel';
import type { Logger } from '@harmony/observability';
import type { ProjectionProgress } from '@harmony/read-model';
import { LOGGER, PROJECTION_PROGRESS } from '@harmony/runtime';
import { Inject, Injectable, type OnModuleDestroy } from '@nestjs/common';
import { setTimeout as pause } from 'node:timers/promises';
import { reportsProjection } from '../projections/reports.projection.js';
import { ChangeQueries, type Look } from './change-queries.js';
import { ReportChannels } from './report-channels.js';
import type { ReportChange } from './report-change.js';
import { ReportListener } from './report-listener.js';

/** The read model is looked at at most this often, however many events come in. */
const lookEveryMs = 50;
/** Looks that overlap a little lose nobody who could read a conversation until just now. */
const overlapMs = 60_000;
const patience = { firstMs: 100, maximumMs: 1_000 };

/**
 * Tells readers of reports that there is something new to read. It watches the read model that reports are made of, so
 * whoever hears of a change finds it there.
 */
@Injectable()
export class ReportFeed implements OnModuleDestroy {
  private readonly channels = new ReportChannels();
  private looks: ReadonlyMap<string, Look> = new Map();
  private readonly stopping = new AbortController();
  private following: Promise<void> | undefined;
  private reached: LogPosition | undefined;

  constructor(
    @Inject(PROJECTION_PROGRESS) private readonly progress: ProjectionProgress,
    private readonly queries: ChangeQueries,
    @Inject(LOGGER) private readonly log: Logger,
  ) {}

  /**
   * Yields what changes in the report of a project that the caller was found to be allowed to read, from now on, or
   * behind the cursor of an earlier message, for as long as it is listened to.
   * @throws HarmonyError FORBIDDEN, or INVALID_INPUT for a cursor of something else
   */
  async listen(principal: Principal, projectId: string, since?: string): Promise<AsyncIterableIterator<ReportChange>> {
    requirePermission(principal, 'conversations', 'read');
    const from = since === undefined ? undefined : cursorOf(since);
    this.reached ??= await this.progress.positionOf(reportsProjection.name);
    const listener = new ReportListener(principal, projectId, formatPosition(from ?? this.reached));
    this.channels.add(listener);
    this.following ??= this.follow();
    try {
      if (from) await this.catchUp(listener, from);
    } catch (error) {
      this.channels.remove(listener);
      throw error;
    }
    return this.iterate(listener);
  }

  onModuleDestroy(): void {
    this.stopping.abort();
    this.channels.close();
  }

  private async catchUp(listener: ReportListener, position: LogPosition): Promise<void> {
    const look = { position, lookedAt: new Date(0) };
    const { workspaceId } = listener.principal;
    const { projects, reached } = await this.queries.since(workspaceId, [listener.projectId], look);
    for (const change of projects) listener.notify(change, formatPosition(reached));
  }

  /** One round a change of the read model, for as long as anybody listens; a failure costs time and no change. */
  private async follow(): Promise<void> {
    for (let failures = 0; !this.channels.isEmpty && !this.stopping.signal.aborted;) {
      try {
        await this.progress.waitForMore(reportsProjection.name, this.reached ?? logStart, 30_000);
        await this.look();
        failures = 0;
        await this.rest(lookEveryMs);
      } catch (error) {
        if (error instanceof HarmonyError && error.code === 'READ_MODEL_BEHIND') continue;
        failures += 1;
        this.log.warn({ error, kind: errorKind(error), failures }, 'The live feed of reports tries again');
        await this.rest(backoffMs(Math.min(failures, 10), patience));
      }
    }
    this.following = undefined;
    this.reached = undefined;
    this.looks = new Map();
  }

  private async look(): Promise<void> {
    const { reached: before = logStart } = this;
    const position = await this.progress.positionOf(reportsProjection.name);
    const looks = new Map<string, Look>();
    const lookedAt = new Date(Date.now() - overlapMs);
    for (const [workspaceId, channels] of this.channels.entries()) {
      const look = this.looks.get(workspaceId) ?? { position: before, lookedAt };
      const { projects, reached } = await this.queries.since(workspaceId, [...channels.keys()], look);
      const next = comparePositions(reached, position) > 0 ? reached : position;
      looks.set(workspaceId, { position: next, lookedAt });
      for (const change of projects) channels.get(change.projectId)?.gather(change, formatPosition(next));
    }
    this.looks = looks;
    this.reached = position;
  }

  private rest(milliseconds: number): Promise<void> {
    return pause(milliseconds, undefined, { signal: this.stopping.signal }).catch(() => undefined);
  }

  /** A generator that waits cannot be ended from outside; so the waiting is ended first. */
  private iterate(listener: ReportListener): AsyncIterableIterator<ReportChange> {
    const end = (): Promise<IteratorReturnResult<undefined>> => {
      this.channels.remove(listener);
      return Promise.resolve({ done: true, value: undefined });
    };
    return {
      next: async () => {
        const value = await listener.take();
        return value ? { done: false, value } : { done: true, value: undefined };
      },
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
}

function cursorOf(since: string): LogPosition {
  const position = parsePosition(since);
  if (position) return position;
  throw new HarmonyError('INVALID_INPUT', {
    detail: 'The cursor is not one that a message of a report had.',
    errors: [{ pointer: '/since', detail: 'Pass the cursor of the last message, unchanged.' }],
  });
}
