import type { EventType, HarmonyEvent } from '@harmony/contracts';
import { randomUUID } from 'node:crypto';
import { Consumer } from '../runtime/consumer.js';
import type { ConsumerOptions } from '../runtime/options.js';
import { defaultRetryPolicy } from '../runtime/retry-policy.js';
import type { EventHandler, Feed, MessageContext } from '../port.js';
import type { FeedEnvironment, TestMessage, TestTopic } from './environment.js';

export const workspaceId = '0b8f8a34-5a0e-4c8c-9d0f-3b1a1f0a7e11';

/** A valid event of a type with little data; `tag` travels as the correlation id. */
export function event(tag: string, overrides: Readonly<Record<string, unknown>> = {}): Record<string, unknown> {
  return {
    id: randomUUID(),
    type: 'ConversationCompleted',
    version: 1,
    occurredAt: '2025-01-01T00:00:00.000Z',
    workspaceId,
    actor: { kind: 'SYSTEM', id: 'contract-suite' },
    correlationId: tag,
    causationId: 'contract-suite',
    data: { conversationId: randomUUID() },
    ...overrides,
  };
}

export type Handle = (event: HarmonyEvent, context: MessageContext) => Promise<void>;

/** A feed that counts its commits, can lose them as a crash would, and can be lost itself. */
export class WatchedFeed implements Feed {
  readonly commits: { partition: string; offset: string }[] = [];
  /** From now on commits vanish, as if the process had died before each. */
  losingCommits = false;
  #lose: (error: Error) => void = () => undefined;
  readonly #lost: Promise<never>;

  constructor(readonly inner: Feed) {
    this.#lost = new Promise<never>((_, reject) => (this.#lose = reject));
    this.#lost.catch(() => undefined);
  }

  lose(error: Error): void {
    this.#lose(error);
  }

  async *deliveries(signal: AbortSignal): ReturnType<Feed['deliveries']> {
    const batches = this.inner.deliveries(signal)[Symbol.asyncIterator]();
    for (;;) {
      const next = await Promise.race([batches.next(), this.#lost]);
      if (next.done) return;
      yield next.value;
    }
  }

  async commit(partition: string, offset: string): Promise<void> {
    if (this.losingCommits) return;
    await this.inner.commit(partition, offset);
    this.commits.push({ partition, offset });
  }

  lag(): Promise<number | undefined> {
    return this.inner.lag();
  }

  close(): Promise<void> {
    return this.inner.close();
  }
}

export interface Opened {
  readonly consumer: Consumer;
  readonly feed: WatchedFeed;
  /** Settles with {@link Consumer.run}. */
  readonly finished: Promise<void>;
  /** `type:correlationId` of each call of a handler, in order. */
  readonly calls: string[];
  stop(): Promise<void>;
  /** Stops as a crash would: nothing of what follows is committed. */
  crash(): Promise<void>;
}

/** One test's topic and consumer group, and the consumers that were opened on it. */
export class Harness {
  readonly consumer = `suite-${randomUUID()}`;
  readonly name = `conversation-${randomUUID()}`;
  readonly #opened: Opened[] = [];

  private constructor(
    readonly environment: FeedEnvironment,
    private readonly topics: TestTopic[],
  ) {}

  static async start(environment: FeedEnvironment): Promise<Harness> {
    const harness = new Harness(environment, []);
    harness.topics.push(await environment.topic(harness.name));
    return harness;
  }

  get topic(): TestTopic {
    const [topic] = this.topics;
    if (!topic) throw new Error('The harness has no topic yet.');
    return topic;
  }

  key(name: string): string {
    return `${this.name}-${name}`;
  }

  publish(...messages: readonly (readonly [key: string, event: Record<string, unknown>])[]): Promise<void> {
    return this.topic.publish(messages.map(([key, body]): TestMessage => ({ key: this.key(key), event: body })));
  }

  open(handle: Handle, overrides: Partial<ConsumerOptions> = {}): Opened {
    const feed = new WatchedFeed(this.topic.feed(this.consumer));
    const calls: string[] = [];
    const recording: EventHandler = async (received, context) => {
      calls.push(received.correlationId);
      await handle(received, context);
    };
    const handlers = new Map<EventType, EventHandler>([['ConversationCompleted', recording]]);
    const consumer = new Consumer({ ...this.#defaults(), feed, handlers, ...overrides });
    const finished = consumer.run();
    finished.catch(() => undefined);
    const stop = async (): Promise<void> => {
      await consumer.stop();
    };
    const crash = async (): Promise<void> => {
      feed.losingCommits = true;
      await consumer.stop();
    };
    const opened = { consumer, feed, finished, calls, stop, crash };
    this.#opened.push(opened);
    return opened;
  }

  async close(): Promise<void> {
    await Promise.all(this.#opened.map((opened) => opened.stop()));
  }

  #defaults(): Omit<ConsumerOptions, 'feed' | 'handlers'> {
    return {
      consumer: this.consumer,
      pool: this.environment.pool,
      afterDeadLetter: 'continue',
      retry: { ...defaultRetryPolicy, firstMs: 1, maximumMs: 5 },
      commitEveryMs: 5,
      monitorEveryMs: 50,
      drainMs: 5_000,
    };
  }
}

/** A promise to be settled by the test: holds a handler until the test lets it go. */
export function gate(): { readonly open: () => void; readonly opened: Promise<void> } {
  let open = (): void => undefined;
  const opened = new Promise<void>((resolve) => (open = resolve));
  return { open: () => open(), opened };
}
