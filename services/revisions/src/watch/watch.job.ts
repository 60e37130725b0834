import { derivedId, type Clock } from '@harmony/kernel';
import type { JobContext, JobDefinition, JobQueue } from '@harmony/messaging';
import { CLOCK, JOB_QUEUE, JobRunner } from '@harmony/runtime';
import { Inject, Injectable } from '@nestjs/common';
import { setTimeout as pause } from 'node:timers/promises';
import { decideComplete } from '../domain/decide.js';
import { revisionOf } from '../domain/project-revisions.js';
import { RevisionProgress } from '../progress/revision-progress.js';
import { endOf, nextLook, type End, type Standing } from '../progress/standing.js';
import { RevisionStreams } from '../streams/revision-streams.js';
import { watchJob, watchKey, watchPayload, type WatchPayload } from './watch.js';

/** A short revision is seen to its end at once; for a long one nobody's place is taken. */
const turnMs = 2_000;
/** A look at many conversations takes its time, of which most is left to others. */
const rest = { leastMs: 100, times: 20 };
const nextTurnAfterMs = { SOON: 1_000, LATER: 60_000 };

/**
 * Sees a revision to its end: one short job after the other while it is under way, and none when nothing is. What it
 * tells readers and what it decides both come from the read model, so a job that dies leaves nothing half done.
 */
@JobRunner()
@Injectable()
export class WatchJob implements JobDefinition<WatchPayload> {
  readonly name = watchJob.name;
  readonly payload = watchPayload;
  /** Over days: a revision that nobody watches would be under way for ever. */
  readonly attempts = 40;
  readonly timeLimitMs = 60_000;

  constructor(
    private readonly progress: RevisionProgress,
    private readonly revisions: RevisionStreams,
    @Inject(JOB_QUEUE) private readonly jobs: JobQueue,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async run(payload: WatchPayload, { workspaceId, correlationId, signal }: JobContext): Promise<void> {
    const until = performance.now() + turnMs;
    let next: ReturnType<typeof nextLook> = 'SOON';
    for (let restMs = 0; next === 'SOON' && performance.now() + restMs < until;) {
      await pause(restMs, undefined, { signal });
      const start = performance.now();
      next = await this.look(payload, correlationId);
      restMs = Math.max(rest.leastMs, (performance.now() - start) * rest.times);
    }
    if (next !== 'NEVER') await this.lookAgain(payload, nextTurnAfterMs[next], { workspaceId, correlationId });
  }

  private async lookAgain(
    payload: WatchPayload,
    afterMs: number,
    { workspaceId, correlationId }: Pick<JobContext, 'workspaceId' | 'correlationId'>,
  ): Promise<void> {
    const next = { ...payload, turn: payload.turn + 1 };
    const notBefore = new Date(this.clock.now().getTime() + afterMs);
    await this.jobs.enqueue({ ...watchJob, workspaceId, correlationId, key: watchKey(next), payload: next, notBefore });
  }

  /** Tells readers what it sees, ends what has ended, and says when to look again. */
  private async look(payload: WatchPayload, correlationId: string): Promise<ReturnType<typeof nextLook>> {
    const { revisionId, attempt } = payload;
    const seen = await this.progress.look(revisionId);
    // The read model is behind.
    if (!seen || seen.attempt < attempt) return 'SOON';
    if (seen.attempt > attempt) return 'NEVER';
    await this.progress.tell(revisionId, seen);
    if (seen.outcome !== 'PROCESSING') return nextLook(seen);
    const end = endOf(seen);
    if (!end) return 'SOON';
    await this.complete({ ...payload, correlationId }, seen, end);
    return 'NEVER';
  }

  private async complete(
    { revisionId, projectId, correlationId }: WatchPayload & { readonly correlationId: string },
    { workspaceId }: Standing,
    end: End,
  ): Promise<void> {
    const cause = {
      ...{ causationId: derivedId(revisionId, 'end', end.attempt), workspaceId, correlationId },
      ...{ actor: { kind: 'SYSTEM' as const, id: 'revisions' }, occurredAt: this.clock.now().toISOString() },
    };
    await this.revisions.change(projectId, cause, { decision: 'end' }, (current) => {
      const now = revisionOf(current, revisionId);
      // Somebody was faster: another watch, or whoever has cancelled it.
      const isUnderWay = now?.outcome === 'PROCESSING' && now.attempt === end.attempt;
      return isUnderWay ? decideComplete(current, revisionId, end) : [];
    });
  }
}
