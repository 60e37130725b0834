import type { Consumer, EachBatchPayload, Kafka, KafkaMessage } from 'kafkajs';
import type { Delivery } from '../port.js';
import { beating } from './beating.js';
import { retry } from './client.js';
import { Handover } from './handover.js';
import type { Source } from './hydrate.js';

export interface GroupSessionOptions {
  readonly kafka: Kafka;
  readonly group: string;
  readonly topics: readonly string[];
  /** Turns messages into deliveries; takes its time and is tried again by itself. */
  readonly read: (messages: readonly KafkaMessage[], source: Source) => Promise<readonly Delivery[]>;
  /** Messages that are read and handed over together. */
  readonly sliceSize: number;
  /** The next number of a generation; none is used twice in a feed. */
  readonly nextGeneration: () => number;
}

interface Slice {
  readonly generation: number;
  readonly deliveries: readonly Delivery[];
}

const heartbeatMs = 1_000;
/** Longer than any request may take; a client that shows no sign of life for this long has died without a word. */
const silentAfterMs = 45_000;

/**
 * One membership of a consumer group, from joining to its end. It pulls only what is taken: while nobody takes, it
 * beats and fetches nothing. Every rebalance begins a generation; what an older one left is neither handed over nor committed.
 */
export class GroupSession {
  readonly #consumer: Consumer;
  readonly #handover = new Handover<Slice>();
  #generation = 0;
  #assigned: readonly { topic: string; partitions: readonly number[] }[] | undefined;
  #lastSign = performance.now();
  readonly #closing = new AbortController();
  #watch: NodeJS.Timeout | undefined;

  constructor(private readonly options: GroupSessionOptions) {
    this.#consumer = options.kafka.consumer({
      groupId: options.group,
      sessionTimeout: 10_000,
      rebalanceTimeout: 15_000,
      heartbeatInterval: heartbeatMs,
      maxWaitTimeInMs: 500,
      allowAutoTopicCreation: false,
      retry: { ...retry, restartOnFailure: () => Promise.resolve(false) },
    });
  }

  /** The partitions of this member; undefined until it has joined. */
  get assigned(): readonly { topic: string; partitions: readonly number[] }[] | undefined {
    return this.#assigned;
  }

  /** Joins the group. Throws when the brokers cannot be reached. */
  async start(): Promise<void> {
    const { GROUP_JOIN, CRASH, HEARTBEAT, FETCH } = this.#consumer.events;
    this.#consumer.on(GROUP_JOIN, ({ payload }) => this.#joined(payload.memberAssignment));
    this.#consumer.on(CRASH, ({ payload }) => this.#handover.fail(payload.error));
    this.#consumer.on(HEARTBEAT, () => this.#sign());
    this.#consumer.on(FETCH, () => this.#sign());
    await this.#consumer.connect();
    await this.#consumer.subscribe({ topics: [...this.options.topics], fromBeginning: true });
    this.#watch = setInterval(() => this.#checkForSilence(), heartbeatMs).unref();
    await this.#consumer.run({
      autoCommit: false,
      eachBatchAutoResolve: false,
      eachBatch: (payload) => this.#onBatch(payload),
    });
  }

  /** The next deliveries; undefined once the signal is aborted. Throws when the membership is over. */
  async take(signal: AbortSignal): Promise<readonly Delivery[] | undefined> {
    for (;;) {
      const slice = await this.#handover.take(signal);
      if (!slice || slice.generation === this.#generation) return slice?.deliveries;
    }
  }

  /** Commits what is handled, by partition name; names of an older generation are left out. */
  async commit(offsets: ReadonlyMap<string, string>): Promise<void> {
    const current = [...offsets].flatMap(([name, offset]) => {
      const source = this.#parse(name);
      return source ? [{ ...source, offset: (BigInt(offset) + 1n).toString() }] : [];
    });
    if (current.length > 0 && !this.#closing.signal.aborted) await this.#consumer.commitOffsets(current);
  }

  /** Leaves the group. */
  async stop(): Promise<void> {
    this.#closing.abort();
    this.#generation = 0;
    clearInterval(this.#watch);
    await this.#consumer.disconnect();
  }

  async #onBatch(payload: EachBatchPayload): Promise<void> {
    const { topic, partition, messages } = payload.batch;
    const generation = this.#generation;
    const source = { topic, partition, name: `${topic}/${partition}#${generation}` };
    const whileBeating = <Result>(work: Promise<Result>): Promise<Result> =>
      beating(work, () => payload.heartbeat(), heartbeatMs, this.#closing.signal);
    for (let next = 0; next < messages.length; next += this.options.sliceSize) {
      const slice = messages.slice(next, next + this.options.sliceSize);
      const deliveries = await whileBeating(this.#read(slice, source));
      await whileBeating(this.#handover.give({ generation, deliveries }));
      payload.resolveOffset(slice.at(-1)?.offset ?? payload.batch.lastOffset());
      await payload.heartbeat();
    }
  }

  /** What cannot be read ends the membership as itself, before the client wraps it into an error of its own. */
  #read(messages: readonly KafkaMessage[], source: Source): Promise<readonly Delivery[]> {
    return this.options.read(messages, source).catch((error: unknown) => {
      this.#handover.fail(error);
      throw error;
    });
  }

  #joined(assignment: Readonly<Record<string, number[]>>): void {
    this.#generation = this.options.nextGeneration();
    this.#assigned = Object.entries(assignment).map(([topic, partitions]) => ({ topic, partitions }));
    this.#sign();
  }

  #parse(name: string): { topic: string; partition: number } | undefined {
    const [place = '', generation] = name.split('#');
    if (Number(generation) !== this.#generation) return undefined;
    const slash = place.lastIndexOf('/');
    return { topic: place.slice(0, slash), partition: Number(place.slice(slash + 1)) };
  }

  #sign(): void {
    this.#lastSign = performance.now();
  }

  #checkForSilence(): void {
    const silentMs = performance.now() - this.#lastSign;
    if (silentMs > silentAfterMs) this.#handover.fail(new SilentClient(silentMs));
  }
}

/** The client neither fetched nor beat nor crashed; named like its own errors, because a fresh one may do better. */
class SilentClient extends Error {
  override readonly name = 'KafkaJSSilent';

  constructor(silentMs: number) {
    super(`The Kafka client has shown no sign of life for ${Math.round(silentMs / 1000)} seconds.`);
  }
}
