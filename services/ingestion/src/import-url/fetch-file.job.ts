import { HarmonyError, type ErrorCode } from '@harmony/contracts';
import { isConflict } from '@harmony/event-store';
import type { Cause, Clock, Fact } from '@harmony/kernel';
import type { JobContext, JobDefinition } from '@harmony/messaging';
import { CLOCK, JobRunner } from '@harmony/runtime';
import { Inject, Injectable } from '@nestjs/common';
import { z } from 'zod';
import { unlessDeleted } from '../deletion/unless-deleted.js';
import { ReceiveFile } from './receive-file.js';
import { UrlFetchStreams } from './url-fetch-streams.js';
import {
  decideArrival,
  decideFetchFailure,
  decideStart,
  isOpenFetch,
  type OpenFetch,
  type UrlFetch,
} from './url-fetch.js';

export const fetchFileJob = 'ingestion.fetch-file';

const payload = z.object({ conversationId: z.uuid() });
export type FetchFilePayload = z.output<typeof payload>;

/** Gets the file behind a link. A run that was killed begins again as the same try and ends in the same events. */
@JobRunner()
@Injectable()
export class FetchFileJob implements JobDefinition<FetchFilePayload> {
  readonly name = fetchFileJob;
  readonly payload = payload;
  readonly attempts = 6;
  /** More than the download may take. */
  readonly timeLimitMs = 70 * 60_000;
  /** As long as a server likes: nobody's links may hold up what others paste or delete. */
  readonly isLong = true;

  constructor(
    private readonly fetches: UrlFetchStreams,
    private readonly files: ReceiveFile,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async run({ conversationId }: FetchFilePayload, context: JobContext): Promise<void> {
    try {
      await this.fetch(conversationId, context);
    } catch (error) {
      if (!isDeleted(error)) throw error;
      // Also what an earlier run stored that died before it could say so.
      await this.files.discardAll(conversationId, context);
    }
  }

  /** Called when the last try failed: the conversation says so, and with which code. */
  async failed({ conversationId }: FetchFilePayload, error: unknown, context: JobContext): Promise<void> {
    await unlessDeleted(this.recordFailure(conversationId, error, context, false));
  }

  private async fetch(conversationId: string, context: JobContext): Promise<void> {
    const { state } = await this.fetches.load(conversationId);
    if (!isOpenFetch(state)) return;
    await this.change(state, context, `intake-started-${state.attempt + 1}`, decideStart);
    try {
      const arrived = await this.files.execute(state, context.workspaceId, context.signal);
      await this.recordArrival(state, arrived, context);
    } catch (error) {
      // An interrupted try goes on as the same one; the runner tells `failed` about the last one.
      if (context.signal.aborted || isPoison(error)) throw error;
      const isFinal = error instanceof HarmonyError && error.kind === 'rejected' && !isConflict(error);
      if (isFinal || !context.lastAttempt) await this.recordFailure(conversationId, error, context, !isFinal);
      if (!isFinal) throw error;
    }
  }

  private async recordArrival(fetch: OpenFetch, arrived: Fact, context: JobContext): Promise<void> {
    const decision = `intake-arrived-${fetch.asked}`;
    const decide = (current: UrlFetch | undefined): Fact[] =>
      current?.asked === fetch.asked ? decideArrival(current, arrived, this.clock.now()) : [];
    const isDone = (await this.change(fetch, context, decision, decide)) || (await this.isRecorded(fetch));
    if (!isDone) await this.files.discard(fetch, context.workspaceId);
  }

  /** Another runner that took over may have been faster with the same file. */
  private async isRecorded({ conversationId, asked }: OpenFetch): Promise<boolean> {
    try {
      const { state } = await this.fetches.load(conversationId);
      return state !== undefined && state.isFetched && state.asked === asked;
    } catch (error) {
      if (isDeleted(error)) return false;
      throw error;
    }
  }

  private async recordFailure(id: string, error: unknown, context: JobContext, willRetry: boolean): Promise<void> {
    const { state } = await this.fetches.load(id);
    if (!isOpenFetch(state)) return;
    const decision = `intake-failed-${state.attempt}-${willRetry ? 'for-now' : 'for-good'}`;
    const code = codeOf(error, willRetry);
    await this.change(state, context, decision, (current) =>
      decideFetchFailure(current, { code, willRetry, now: this.clock.now() }),
    );
  }

  private async change(
    fetch: OpenFetch,
    context: JobContext,
    decision: string,
    decide: (state: UrlFetch | undefined) => Fact[],
  ): Promise<boolean> {
    const cause = this.causeFor(fetch, context);
    return (await this.fetches.change(fetch.conversationId, cause, { decision }, decide)) !== undefined;
  }

  private causeFor({ cause: causationId }: OpenFetch, { workspaceId, correlationId }: JobContext): Cause {
    const actor = { kind: 'SYSTEM', id: 'ingestion' } as const;
    return { causationId, correlationId, workspaceId, actor, occurredAt: this.clock.now().toISOString() };
  }
}

/** A server that was never there when it was asked is one that cannot be reached. */
function codeOf(error: unknown, willRetry: boolean): ErrorCode {
  if (!(error instanceof HarmonyError)) return 'INTERNAL';
  return error.code === 'URL_UNAVAILABLE' && !willRetry ? 'URL_NOT_ACCESSIBLE' : error.code;
}

const isPoison = (error: unknown): boolean => error instanceof HarmonyError && error.kind === 'poison';
const isDeleted = (error: unknown): boolean => error instanceof HarmonyError && error.code === 'STREAM_DELETED';
