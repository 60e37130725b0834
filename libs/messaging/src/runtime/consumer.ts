import { HarmonyError } from '@harmony/contracts';
import { causeCode, Letters, type Death } from '../dead-letters/letters.js';
import { Redriver } from '../dead-letters/redriver.js';
import { Inbox } from '../inbox/inbox.js';
import type { Delivery } from '../port.js';
import { Committer } from './committer.js';
import { Handling, type Outcome } from './handling.js';
import { Progress, type ConsumerHealth } from './health.js';
import { InFlight } from './in-flight.js';
import { lookUp, type Known } from './intake.js';
import { Lanes } from './lanes.js';
import { messageOf, type Message } from './message.js';
import { Monitor } from './monitor.js';
import { withDefaults, type ConsumerOptions, type ResolvedOptions } from './options.js';
import type { Place } from './offsets.js';
import { pause, untilAborted } from './pause.js';
import { GivenUp, Persistence } from './persistence.js';

/** Whether a message needs nothing more, or only its mark in the inbox, or comes again. */
type End = 'settled' | 'unmarked' | 'given-up';

/**
 * Reads a feed and hands each event to its handler: in order within a key, side by side across keys, at least once,
 * with retries by class of error, dead letters, and commits that never pass what is not settled.
 */
export class Consumer {
  readonly #options: ResolvedOptions;
  readonly #stopping = new AbortController();
  readonly #abandoned = new AbortController();
  readonly #persistence: Persistence;
  readonly #inbox: Inbox;
  readonly #letters: Letters;
  readonly #handling: Handling;
  readonly #committer: Committer;
  readonly #redriver: Redriver;
  readonly #monitor: Monitor;
  readonly #progress: Progress;
  readonly #inFlight: InFlight;
  readonly #lanes = new Lanes();
  /** Keys that were parked here or seen parked; Postgres has the truth and is asked before a message waits. */
  readonly #parkedKeys = new Set<string>();
  #failure: { readonly error: unknown } | undefined;
  #finished: Promise<void> | undefined;

  constructor(options: ConsumerOptions) {
    this.#options = withDefaults(options);
    const { consumer, pool, feed, observer, commitEveryMs, inFlight, stalledAfterMs } = this.#options;
    const signals = { stopping: this.#stopping.signal, abandoned: this.#abandoned.signal };
    this.#progress = new Progress(stalledAfterMs);
    this.#inFlight = new InFlight(inFlight);
    this.#persistence = new Persistence(signals.abandoned, (what, error) => observer.trouble?.(consumer, what, error));
    this.#inbox = new Inbox(pool, consumer);
    this.#letters = new Letters(pool, consumer);
    this.#handling = new Handling(this.#options, this.#inbox, signals);
    this.#committer = new Committer({
      feed,
      inbox: this.#inbox,
      everyMs: commitEveryMs,
      persistence: this.#persistence,
      stopping: signals.stopping,
      failed: (error) => this.#fail(error),
    });
    this.#redriver = new Redriver({
      options: this.#options,
      inbox: this.#inbox,
      letters: this.#letters,
      lanes: this.#lanes,
      persistence: this.#persistence,
      handle: (message) => this.#handling.handle(message),
    });
    this.#monitor = new Monitor(this.#options, this.#letters, this.#progress);
  }

  /**
   * Consumes until {@link stop} is called.
   * @throws what the feed was lost by; the process should go down then, to be started afresh.
   */
  run(): Promise<void> {
    this.#finished ??= this.#run();
    return this.#finished;
  }

  /** Stops pulling, lets running handlers finish within the drain time, commits and closes the feed. */
  async stop(): Promise<void> {
    this.#progress.ended('it is stopping');
    this.#stopping.abort();
    await this.#finished?.catch(() => undefined);
  }

  health(): ConsumerHealth {
    return this.#progress.health(this.#inFlight.messages, this.#persistence.troubles);
  }

  async #run(): Promise<void> {
    const helpers = [this.#redriver.run(this.#stopping.signal), this.#monitor.run(this.#stopping.signal)];
    const reading = this.#read().catch((error: unknown) => this.#fail(error));
    await untilAborted(this.#stopping.signal);
    await this.#drain(reading);
    await Promise.all(helpers);
    if (this.#failure) throw this.#failure.error;
  }

  async #read(): Promise<void> {
    for await (const batch of this.#options.feed.deliveries(this.#stopping.signal)) await this.#take(batch);
    if (!this.#stopping.signal.aborted) throw new HarmonyError('NOT_READY', { detail: 'The feed ended by itself.' });
  }

  #fail(error: unknown): void {
    const { consumer, observer } = this.#options;
    if (error instanceof GivenUp) return;
    observer.trouble?.(consumer, 'feed', error);
    // Whatever a feed throws while it is asked to stop is no reason to bring the process down.
    if (!this.#stopping.signal.aborted) this.#failure = { error };
    this.#progress.ended('its feed is lost');
    this.#stopping.abort();
  }

  async #take(batch: readonly Delivery[]): Promise<void> {
    const messages = batch.map(messageOf);
    const wanted = messages.filter((message) => this.#handling.skipReason(message) === undefined);
    const known = await this.#lookUp(wanted);
    await this.#committer.room();
    for (const message of messages) {
      const { bytes } = message.delivery;
      if (!this.#inFlight.tryEnter(bytes) && !(await this.#inFlight.enter(bytes, this.#stopping.signal))) return;
      this.#accept(message, known);
    }
  }

  async #lookUp(messages: readonly Message[]): Promise<Known> {
    const { pool, consumer } = this.#options;
    if (messages.length === 0) return { settled: new Set(), parkedKeys: new Set() };
    const known = await this.#persistence.insist('inbox', () => lookUp(pool, consumer, messages));
    for (const key of known.parkedKeys) this.#parkedKeys.add(key);
    return known;
  }

  #accept(message: Message, known: Known): void {
    const { key, partition, offset } = message.delivery;
    const place = this.#committer.receive(partition, offset);
    this.#lanes.add(key, () => this.#process(message, place, known));
  }

  async #process(message: Message, place: Place, known: Known): Promise<void> {
    try {
      const end = await this.#settle(message, known);
      if (end !== 'given-up') {
        this.#committer.finish(place, end === 'unmarked' ? message.eventId : undefined);
        this.#progress.moved();
      }
    } catch (error) {
      this.#fail(error);
    }
    this.#inFlight.leave(message.delivery.bytes);
  }

  async #settle(message: Message, known: Known): Promise<End> {
    const { consumer, observer } = this.#options;
    if (this.#stopping.signal.aborted) return 'given-up';
    if (known.settled.has(message.messageId) || this.#committer.willMark(message.messageId)) {
      observer.skipped?.(consumer, 'handled-before');
      return 'settled';
    }
    if (this.#parkedKeys.has(message.delivery.key) && (await this.#waitsBehind(message))) return 'settled';
    return this.#conclude(message, await this.#handling.handle(message));
  }

  async #waitsBehind(message: Message): Promise<boolean> {
    const { consumer, observer } = this.#options;
    const { key } = message.delivery;
    if (this.#handling.skipReason(message)) return false;
    const parked = await this.#persistence.insist('dead letters', () => this.#letters.appendIfParked(message));
    if (parked) observer.parked?.(consumer);
    else this.#parkedKeys.delete(key);
    return parked;
  }

  #conclude(message: Message, outcome: Outcome): End | Promise<End> {
    const { consumer, observer } = this.#options;
    switch (outcome.kind) {
      case 'handled':
        return outcome.marked ? 'settled' : 'unmarked';
      case 'skipped':
        observer.skipped?.(consumer, outcome.reason);
        return 'settled';
      case 'given-up':
        return 'given-up';
      case 'dead':
        return this.#bury(message, outcome.death);
    }
  }

  async #bury(message: Message, death: Death): Promise<End> {
    const { consumer, observer, afterDeadLetter } = this.#options;
    const parks = afterDeadLetter === 'park-key';
    await this.#persistence.insist('dead letters', () => this.#letters.bury(message, death, parks));
    if (parks) this.#parkedKeys.add(message.delivery.key);
    observer.deadLettered?.(consumer, causeCode(death.error), message.delivery.origin);
    return 'settled';
  }

  async #drain(reading: Promise<void>): Promise<void> {
    const { drainMs, feed } = this.#options;
    const idle = new AbortController();
    const drained = Promise.all([reading, this.#lanes.idle()]).then(() => idle.abort());
    await pause(drainMs, idle.signal);
    this.#abandoned.abort();
    // A handler that heeds its signal ends now; one that does not is left behind, and its message comes again.
    await Promise.race([drained, pause(Math.min(drainMs, 1_000), idle.signal)]);
    await this.#committer.flush();
    await feed.close().catch((error: unknown) => this.#fail(error));
  }
}
