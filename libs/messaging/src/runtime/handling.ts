import { decodeEvent, errorKind, HarmonyError, isKnownEventType, type HarmonyEvent } from '@harmony/contracts';
import type { MessageContext } from '../port.js';
import type { Death } from '../dead-letters/letters.js';
import { databaseError } from '../database/database.js';
import type { Inbox } from '../inbox/inbox.js';
import type { Message } from './message.js';
import type { SkipReason } from './observer.js';
import type { ResolvedOptions } from './options.js';
import { pause } from './pause.js';
import { GivenUp } from './persistence.js';
import { judge } from './retry-policy.js';
import { Slots } from './slots.js';

/** How it ended with one message; `given-up` means that the shutdown came first, and the message comes again. */
export type Outcome =
  | { readonly kind: 'given-up' }
  /** Not yet marked: the handler did not do so itself, in a transaction with its work. */
  | { readonly kind: 'handled'; readonly marked: boolean }
  | { readonly kind: 'skipped'; readonly reason: SkipReason }
  | { readonly kind: 'dead'; readonly death: Death };

/** One try of a handler. */
interface Call {
  readonly attempt: number;
  /** The handler marked the message itself, in a transaction with its work. */
  marked: boolean;
}

/** Decodes one message and tries its handler until it succeeds, its budget is over or the consumer stops. */
export class Handling {
  readonly #slots: Slots;

  constructor(
    private readonly options: ResolvedOptions,
    private readonly inbox: Inbox,
    private readonly signals: { readonly stopping: AbortSignal; readonly abandoned: AbortSignal },
  ) {
    this.#slots = new Slots(options.concurrency);
  }

  /** Why the message needs no handler, if so. What has no readable type goes on, to fail as undecodable. */
  skipReason({ type }: Message): SkipReason | undefined {
    if (type === undefined) return undefined;
    if (!isKnownEventType(type)) return 'unknown-type';
    return this.options.handlers.has(type) ? undefined : 'no-handler';
  }

  /** Never rejects for what the message or its handler does. */
  handle(message: Message): Promise<Outcome> {
    const reason = this.skipReason(message);
    if (reason) return Promise.resolve({ kind: 'skipped', reason });
    try {
      return this.#attempts(message, decode(message));
    } catch (error) {
      if (!(error instanceof HarmonyError) || error.kind !== 'poison') throw error;
      return Promise.resolve({ kind: 'dead', death: { error, attempts: 1, firstFailedAt: new Date() } });
    }
  }

  async #attempts(message: Message, event: HarmonyEvent): Promise<Outcome> {
    const { consumer, retry, observer } = this.options;
    const startedAt = performance.now();
    let firstFailedAt: Date | undefined;
    for (let attempt = 1; ; attempt += 1) {
      if (this.signals.stopping.aborted) return { kind: 'given-up' };
      const call: Call = { attempt, marked: false };
      try {
        await this.#attempt(message, event, call);
        observer.handled?.(consumer, event.type, performance.now() - startedAt);
        return { kind: 'handled', marked: call.marked };
      } catch (thrown) {
        const error = databaseError(thrown);
        if (error instanceof GivenUp || this.signals.abandoned.aborted) return { kind: 'given-up' };
        firstFailedAt ??= new Date();
        const verdict = judge({ error, attempt, ageMs: performance.now() - startedAt }, retry);
        if (verdict === 'dead-letter') return { kind: 'dead', death: { error, attempts: attempt, firstFailedAt } };
        observer.retried?.(consumer, event.type, errorKind(error), error);
        await pause(verdict, this.signals.stopping);
      }
    }
  }

  async #attempt(message: Message, event: HarmonyEvent, call: Call): Promise<void> {
    const turn = this.#slots.enter();
    if (turn) await turn;
    try {
      if (this.signals.stopping.aborted) throw new GivenUp('The consumer stopped before the message had its turn.');
      await this.#call(event, this.#context(message, event, call));
    } finally {
      this.#slots.leave();
    }
  }

  #call(event: HarmonyEvent, context: MessageContext): Promise<void> | undefined {
    const { handlers, around } = this.options;
    const handler = handlers.get(event.type);
    if (!around) return handler?.(event, context);
    return around(event, context, async () => handler?.(event, context));
  }

  #context(message: Message, event: HarmonyEvent, call: Call): MessageContext {
    return {
      consumer: this.options.consumer,
      attempt: call.attempt,
      origin: message.delivery.origin,
      signal: this.signals.abandoned,
      once: async (work) => {
        await this.inbox.once(event.id, work);
        call.marked = true;
      },
    };
  }
}

function decode({ delivery }: Message): HarmonyEvent {
  if (typeof delivery.raw === 'string') {
    throw new HarmonyError('UNDECODABLE_EVENT', { detail: 'The message is not valid JSON.' });
  }
  return decodeEvent(delivery.raw);
}
