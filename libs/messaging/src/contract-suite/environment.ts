import type { Pool } from 'pg';
import type { Feed } from '../port.js';

/** What is published: usually an event with its envelope; anything else must end as a dead letter. */
export interface TestMessage {
  /** Stream id; order is kept within it. */
  readonly key: string;
  readonly event: Readonly<Record<string, unknown>>;
}

/** A place of its own to publish to and read from: a topic, or the streams that start with its name and a hyphen. */
export interface TestTopic {
  /** Resolves once everything is durable, in the order given within each key. */
  publish(messages: readonly TestMessage[]): Promise<void>;
  /** Text that may be no JSON at all; absent where the transport cannot carry it. */
  publishText?(key: string, text: string): Promise<void>;
  /** A fresh feed of a consumer group: it starts where the group last committed, at the beginning if never. */
  feed(consumer: string): Feed;
}

/** What a feed has to bring to be tested. */
export interface FeedEnvironment {
  /** A database in which schema `messaging` is migrated. */
  readonly pool: Pool;
  /** The name starts with `conversation-` and is new for each call. */
  topic(name: string): Promise<TestTopic>;
  close(): Promise<void>;
}

/** How to get the environment, or why this machine cannot have it: the suite then shows as skipped. */
export type EnvironmentSource = (() => Promise<FeedEnvironment>) | { readonly skipped: string };
