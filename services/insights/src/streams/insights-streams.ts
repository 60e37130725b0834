import { streams, type HarmonyEvent } from '@harmony/contracts';
import {
  appendLimitBytes,
  isConflict,
  StreamCache,
  type AppendResult,
  type EventStore,
  type Loaded,
} from '@harmony/event-store';
import { backoffMs, eventsFrom, type Cause, type Clock, type Fact } from '@harmony/kernel';
import { CLOCK, EVENT_STORE } from '@harmony/runtime';
import { Inject, Injectable } from '@nestjs/common';
import { setImmediate as breathe, setTimeout as pause } from 'node:timers/promises';
import { CompleteRuns } from '../complete-run/complete-runs.js';
import { evolve, type Insights } from '../domain/insights.js';

/** What somebody wants to append to the insights of a conversation. */
export interface Decision {
  /** Its time is not taken: facts happen when they are recorded. */
  readonly cause: Cause;
  /** Tells apart what one cause leads to in one stream: event ids derive from the cause, this and the index. */
  readonly name: string;
  readonly decide: (current: Insights | undefined) => readonly Fact[];
}

interface Waiting {
  readonly decision: Decision;
  readonly done: (result: AppendResult | undefined) => void;
  readonly failed: (error: unknown) => void;
}

/** What became of those that went together; whoever did not fit is still waiting. */
type Appended = { readonly waiting: readonly Waiting[] } & (
  { readonly result: AppendResult | undefined } | { readonly error: unknown }
);

/** What is to be appended, and the state after it. */
interface Decided {
  readonly events: readonly HarmonyEvent[];
  readonly state: Insights | undefined;
}

/** Leaves room for the end of a run, and for what the store adds itself. */
const batchBytes = appendLimitBytes - 300_000;
const attempts = 20;
const conflictBackoff = { firstMs: 5, maximumMs: 500 };

/**
 * The insights of conversations. Many questions about one conversation are answered at the same time, so what is to be
 * appended meanwhile goes into one append: within a process nobody is ever in another one's way.
 */
@Injectable()
export class InsightsStreams {
  private readonly cache: StreamCache<Insights>;
  private readonly queues = new Map<string, Waiting[]>();

  constructor(
    @Inject(EVENT_STORE) private readonly store: EventStore,
    private readonly completeRuns: CompleteRuns,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {
    this.cache = new StreamCache(store, { stream: streams.insights, evolve }, { entries: 300 });
  }

  /** @throws HarmonyError STREAM_DELETED */
  load(conversationId: string): Promise<Loaded<Insights>> {
    return this.cache.load(conversationId);
  }

  /** As this process last saw it, which may be a moment ago; undefined where it never did. */
  known(conversationId: string): Insights | undefined {
    return this.cache.known(conversationId)?.state;
  }

  /** What this process knows, after what is decided on it: nothing is appended, and nobody else sees it. */
  async foreseen(conversationId: string, decisions: readonly Decision[]): Promise<Insights | undefined> {
    const loaded = this.cache.known(conversationId) ?? (await this.cache.load(conversationId));
    const stream = streams.insights(conversationId);
    return decisions.reduce((state, { cause, name, decide }) => {
      const events = eventsFrom(cause, `${stream}/${name}`, decide(state));
      return this.cache.after({ ...loaded, state }, events);
    }, loaded.state);
  }

  /**
   * Appends what is decided on the state that this process knows, which is at least as new as the caller's last look; on
   * the present one where somebody else was faster. The end of a run goes with what completes it. Undefined when there was nothing to append.
   * @throws HarmonyError STREAM_DELETED
   */
  append(conversationId: string, decision: Decision): Promise<AppendResult | undefined> {
    return new Promise((done, failed) => {
      const queue = this.queues.get(conversationId);
      const waiting = { decision, done, failed };
      if (queue) {
        queue.push(waiting);
        return;
      }
      const first = [waiting];
      this.queues.set(conversationId, first);
      void this.drain(conversationId, first);
    });
  }

  private async drain(conversationId: string, queue: Waiting[]): Promise<void> {
    // Whoever is about to append too goes with the first one.
    await breathe();
    while (queue.length > 0) {
      const batch = [...queue];
      try {
        const appended = await this.appendTogether(conversationId, batch);
        queue.splice(0, appended.waiting.length);
        for (const { done, failed } of appended.waiting) {
          if ('error' in appended) failed(appended.error);
          else done(appended.result);
        }
      } catch (error) {
        queue.splice(0, batch.length);
        for (const { failed } of batch) failed(error);
      }
    }
    this.queues.delete(conversationId);
  }

  private async appendTogether(conversationId: string, batch: readonly Waiting[]): Promise<Appended> {
    for (let attempt = 1; ; attempt += 1) {
      const known = attempt === 1 ? this.cache.known(conversationId) : undefined;
      const loaded = known ?? (await this.cache.load(conversationId));
      const { waiting, ...decided } = await this.decideTogether(conversationId, loaded, batch);
      if (decided.events.length === 0) return { waiting, result: undefined };
      try {
        return { waiting, result: await this.appendEvents(conversationId, loaded, decided) };
      } catch (error) {
        if (attempt === attempts || !isConflict(error)) return { waiting, error };
        await pause(backoffMs(attempt, conflictBackoff));
      }
    }
  }

  private async appendEvents(
    conversationId: string,
    { revision }: Loaded<Insights>,
    { events, state }: Decided,
  ): Promise<AppendResult> {
    const stream = streams.insights(conversationId);
    const result = await this.store.append(stream, events, revision < 0 ? 'none' : revision);
    this.cache.keep(conversationId, { state, revision: result.revision, position: result.position });
    return result;
  }

  /** As many decisions as fit into one append; the first one always does, or the store says that it is too large. */
  private async decideTogether(
    conversationId: string,
    loaded: Loaded<Insights>,
    batch: readonly Waiting[],
  ): Promise<Decided & { readonly waiting: readonly Waiting[] }> {
    const events: HarmonyEvent[] = [];
    const waiting: Waiting[] = [];
    const occurredAt = this.timeAfter(loaded.state);
    let { state } = loaded;
    let bytes = 0;
    for (const one of batch) {
      const { cause, name, decide } = one.decision;
      const added = eventsFrom({ ...cause, occurredAt }, `${streams.insights(conversationId)}/${name}`, decide(state));
      const size = Buffer.byteLength(JSON.stringify(added));
      if (waiting.length > 0 && bytes + size > batchBytes) break;
      state = this.cache.after({ ...loaded, state }, added);
      events.push(...added);
      waiting.push(one);
      bytes += size;
    }
    const cause = waiting.at(-1)?.decision.cause;
    const ends = cause ? await this.completeRuns.eventsAfter(state, { ...cause, occurredAt }) : [];
    return { waiting, events: [...events, ...ends], state: this.cache.after({ ...loaded, state }, ends) };
  }

  /**
   * Now, not when whoever appends began: a question may take minutes. Never before what is there already, whatever the
   * clocks of other processes say, or a run would seem to have ended before its answers.
   */
  private timeAfter(state: Insights | undefined): string {
    const now = this.clock.now();
    return state && Date.parse(state.latestAt) > now.getTime() ? state.latestAt : now.toISOString();
  }
}
