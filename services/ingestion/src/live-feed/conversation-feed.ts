import { requirePermission, type Principal } from '@harmony/access';
import { errorKind, HarmonyError, streamPrefixes } from '@harmony/contracts';
import { logStart, type EventStore, type LogPosition, type RecordedEvent } from '@harmony/event-store';
import { backoffMs } from '@harmony/kernel';
import type { Logger } from '@harmony/observability';
import type { ProjectionProgress } from '@harmony/read-model';
import { EVENT_STORE, LOGGER, PROJECTION_PROGRESS } from '@harmony/runtime';
import { Inject, Injectable, type OnModuleDestroy } from '@nestjs/common';
import { setTimeout as pause } from 'node:timers/promises';
import { conversationsProjection } from '../projections/conversations.projection.js';
import { ConversationQueries } from '../read-model/conversation-queries.js';
import type { ConversationView } from '../read-model/conversation-row.js';
import { Subscriber } from './subscriber.js';

const isRetriable = (error: unknown): boolean => errorKind(error) === 'retriable';
/** The tombstone says once more what the stream of a deleted conversation may be too short-lived to tell. */
const followed = [streamPrefixes.conversation, streamPrefixes.tombstone];
const patience = { firstMs: 100, maximumMs: 1_000 };

/**
 * Tells listeners of conversations that changed. One subscription of the log a process, begun with the first listener;
 * each event is told once its read model holds it, as the row that the listener may read.
 */
@Injectable()
export class ConversationFeed implements OnModuleDestroy {
  private readonly subscribers = new Set<Subscriber>();
  private readonly stopping = new AbortController();
  private following: Promise<void> | undefined;
  private reached = logStart;

  constructor(
    @Inject(EVENT_STORE) private readonly store: EventStore,
    @Inject(PROJECTION_PROGRESS) private readonly progress: ProjectionProgress,
    private readonly queries: ConversationQueries,
    @Inject(LOGGER) private readonly log: Logger,
  ) {}

  /**
   * Yields conversations as they change, from now on, for as long as they are listened to. With an id, only that one,
   * and its present state first, so that nobody misses what happened just before; it ends when this reader can see it
   * no more.
   * @throws HarmonyError FORBIDDEN, or NOT_FOUND for an id that is unknown or not for this reader
   */
  async listen(principal: Principal, conversationId?: string): Promise<AsyncIterableIterator<ConversationView>> {
    requirePermission(principal, 'conversations', 'read');
    const subscriber = new Subscriber(principal, conversationId?.toLowerCase());
    this.subscribers.add(subscriber);
    try {
      const reached = await this.begin();
      // What was scanned before this listener came is not told to it, so its first look must not be older than that.
      await this.untilVisible(reached, subscriber.signal);
      const present = conversationId === undefined ? [] : [await this.queries.byId(principal, conversationId)];
      return this.iterate(subscriber, this.changes(subscriber, present));
    } catch (error) {
      this.subscribers.delete(subscriber);
      throw error;
    }
  }

  onModuleDestroy(): void {
    this.stopping.abort();
    for (const subscriber of this.subscribers) subscriber.end();
  }

  private async *changes(
    subscriber: Subscriber,
    present: readonly ConversationView[],
  ): AsyncGenerator<ConversationView, void> {
    yield* present;
    while (!subscriber.signal.aborted) {
      const ids = await subscriber.take();
      const load = (): Promise<Map<string, ConversationView>> => this.queries.byIds(subscriber.principal, ids);
      const seen = await this.insist(load, subscriber.signal, isRetriable);
      yield* seen?.values() ?? [];
      // Deleted, or out of this reader's sight: nothing will ever be told of it again.
      if (subscriber.conversationId !== undefined && seen?.size === 0) this.forget(subscriber);
    }
  }

  /** A generator that waits cannot be ended from outside; so the waiting is ended first. */
  private iterate(
    subscriber: Subscriber,
    changes: AsyncGenerator<ConversationView, void>,
  ): AsyncIterableIterator<ConversationView> {
    const end = (): void => this.forget(subscriber);
    return {
      next: () => changes.next(),
      return: () => {
        end();
        return changes.return();
      },
      throw: (error: unknown) => {
        end();
        return changes.throw(error);
      },
      [Symbol.asyncIterator]() {
        return this;
      },
    };
  }

  private forget(subscriber: Subscriber): void {
    subscriber.end();
    this.subscribers.delete(subscriber);
  }

  /** @returns how far the log is scanned; whatever comes behind it is told to every listener there is by then. */
  private async begin(): Promise<LogPosition> {
    this.following ??= this.store.head().then((position) => {
      this.reached = position;
      void this.follow(position);
    });
    await this.following.catch((error: unknown) => {
      this.following = undefined;
      throw error;
    });
    return this.reached;
  }

  /** Goes on after every failure from the last position that was told, so nothing is left out. */
  private async follow(start: LogPosition): Promise<void> {
    const { signal } = this.stopping;
    let after = start;
    await this.insist(async () => {
      const filter = { streamPrefixes: followed };
      for await (const { events, scannedTo } of this.store.subscribe({ after, filter, signal })) {
        this.reached = scannedTo;
        await this.announce(events);
        after = scannedTo;
      }
      signal.throwIfAborted();
      throw new HarmonyError('STORE_UNAVAILABLE', { detail: 'The subscription of the log ended by itself.' });
    }, signal);
  }

  private async announce(events: readonly RecordedEvent[]): Promise<void> {
    const last = events.at(-1);
    if (!last || this.subscribers.size === 0) return;
    await this.untilVisible(last.position, this.stopping.signal);
    for (const { workspaceId, streamId } of events) {
      const conversationId = streamId.slice(streamId.indexOf('-') + 1);
      for (const subscriber of this.subscribers) subscriber.notify(workspaceId, conversationId);
    }
  }

  private async untilVisible(position: LogPosition, signal: AbortSignal): Promise<void> {
    await this.insist(() => this.progress.waitFor(conversationsProjection.name, position), signal, isRetriable);
  }

  /** Tries until it works, the signal is aborted (undefined then), or an error comes that waiting does not mend. */
  private async insist<Result>(
    work: () => Promise<Result>,
    signal: AbortSignal,
    passes: (error: unknown) => boolean = () => true,
  ): Promise<Result | undefined> {
    for (let attempt = 1; !signal.aborted; attempt += 1) {
      try {
        return await work();
      } catch (error) {
        if (signal.aborted) break;
        if (!passes(error)) throw error;
        this.log.warn({ error, attempt }, 'The live feed of conversations tries again');
        await pause(backoffMs(Math.min(attempt, 10), patience), undefined, { signal }).catch(() => undefined);
      }
    }
    return undefined;
  }
}
