import { decodeEvent, HarmonyError, isKnownEventType, streams, type HarmonyEvent } from '@harmony/contracts';
import { appendLimitBytes, type AppendResult, type EventStore, type LogPosition } from '@harmony/event-store';
import { eventsFrom, type Cause, type Fact } from '@harmony/kernel';
import { EVENT_STORE } from '@harmony/runtime';
import { Inject, Injectable } from '@nestjs/common';
import { evolve, type Conversation } from '../domain/conversation.js';

/** A conversation as its stream tells it now. */
export interface LoadedConversation {
  /** Undefined: never submitted. */
  readonly conversation: Conversation | undefined;
  /** Of the stream's last event; -1 for an empty stream. */
  readonly revision: number;
  readonly position: LogPosition | undefined;
}

export interface ChangeOptions {
  /**
   * Tells apart what one cause leads to in one stream: event ids derive from the cause, this and the index,
   * so two different decisions must not share it.
   */
  readonly decision: string;
}

/** What is still to be appended of a long list of facts. */
export interface Rest {
  /** How many of the facts the stream holds already. */
  readonly done: number;
  /** Of the stream's last event. */
  readonly revision: number;
  readonly signal: AbortSignal;
}

const attempts = 5;

/** Leaves room below the limit of an append for what the store itself adds. */
const batchBytes = appendLimitBytes - 100_000;

/** Conversations in the event store: read, decide, append at the exact revision. */
@Injectable()
export class ConversationStreams {
  constructor(@Inject(EVENT_STORE) private readonly store: EventStore) {}

  async load(conversationId: string): Promise<LoadedConversation> {
    let loaded: LoadedConversation = { conversation: undefined, revision: -1, position: undefined };
    for await (const recorded of this.store.readStream(streams.conversation(conversationId))) {
      const { revision, position, type } = recorded;
      const known = isKnownEventType(type) ? evolve(loaded.conversation, decodeEvent(recorded)) : loaded.conversation;
      loaded = { conversation: known, revision, position };
    }
    return loaded;
  }

  /** @throws HarmonyError WRONG_EXPECTED_REVISION when the stream is not at this revision. */
  append(conversationId: string, cause: Cause, facts: readonly Fact[], revision: number): Promise<AppendResult> {
    const stream = streams.conversation(conversationId);
    return this.store.append(stream, eventsFrom(cause, stream, facts), revision < 0 ? 'none' : revision);
  }

  /**
   * Appends a list of facts that may be too long for one append, from the `done`-th on. The list must be the same each
   * time, so that a run that was interrupted is continued by another one.
   * @throws HarmonyError WRONG_EXPECTED_REVISION when somebody else continues it at the same time.
   */
  async appendRest(conversationId: string, cause: Cause, facts: readonly Fact[], rest: Rest): Promise<void> {
    const stream = streams.conversation(conversationId);
    let revision = rest.revision;
    for (const batch of batches(eventsFrom(cause, stream, facts).slice(rest.done))) {
      rest.signal.throwIfAborted();
      ({ revision } = await this.store.append(stream, batch, revision));
    }
  }

  /**
   * Appends what is decided on the present state, and decides anew when somebody else was faster.
   * Undefined when there was nothing to do.
   */
  async change(
    conversationId: string,
    cause: Cause,
    { decision }: ChangeOptions,
    decide: (conversation: Conversation | undefined) => readonly Fact[],
  ): Promise<AppendResult | undefined> {
    for (let attempt = 1; ; attempt += 1) {
      const { conversation, revision } = await this.load(conversationId);
      const facts = decide(conversation);
      if (facts.length === 0) return undefined;
      const stream = streams.conversation(conversationId);
      const events = eventsFrom(cause, `${stream}/${decision}`, facts);
      try {
        return await this.store.append(stream, events, revision < 0 ? 'none' : revision);
      } catch (error) {
        if (attempt === attempts || !isConflict(error)) throw error;
      }
    }
  }
}

function batches(events: readonly HarmonyEvent[]): HarmonyEvent[][] {
  const all: HarmonyEvent[][] = [];
  let bytes = Infinity;
  for (const event of events) {
    const size = Buffer.byteLength(JSON.stringify(event));
    if (bytes + size <= batchBytes) all.at(-1)?.push(event);
    else all.push([event]);
    bytes = bytes + size <= batchBytes ? bytes + size : size;
  }
  return all;
}

export const isConflict = (error: unknown): boolean =>
  error instanceof HarmonyError && error.code === 'WRONG_EXPECTED_REVISION';
