import { HarmonyError, isKnownEventType, type EventType } from '@harmony/contracts';
import { Server, type CustomTransportStrategy, type MessageHandler } from '@nestjs/microservices';
import { isObservable, lastValueFrom } from 'rxjs';
import type { EventHandler, Feed } from '../port.js';
import { Consumer } from '../runtime/consumer.js';
import type { ConsumerHealth } from '../runtime/health.js';
import type { ConsumerOptions } from '../runtime/options.js';

export interface TransportOptions extends Omit<ConsumerOptions, 'feed' | 'handlers'> {
  /** Makes the feed once the handlers are known; it may leave out every type that has none. */
  readonly feed: (types: readonly EventType[]) => Feed;
  /** Called when the consumer has failed for good: the process must go down. */
  readonly failed: (error: unknown) => void;
}

export const harmonyTransport = Symbol('harmony');

/** Nest's extension point for transports, over our consumer runtime: handlers stay `@EventPattern` methods of controllers. */
export class HarmonyTransport extends Server implements CustomTransportStrategy {
  override readonly transportId = harmonyTransport;
  override readonly propagatesEventHandlerErrors = true;
  #consumer: Consumer | undefined;

  constructor(private readonly options: TransportOptions) {
    super();
  }

  /** Refuses to start with a handler that could never be called, or with two for one event. */
  listen(callback: (error?: unknown) => void): void {
    try {
      const handlers = handlersOf(this.messageHandlers);
      const feed = this.options.feed([...handlers.keys()]);
      this.#consumer = new Consumer({ ...this.options, feed, handlers });
    } catch (error) {
      callback(error);
      return;
    }
    this.#consumer.run().catch((error: unknown) => this.options.failed(error));
    callback();
  }

  async close(): Promise<void> {
    await this.#consumer?.stop();
  }

  health(): ConsumerHealth {
    const idle = {
      ready: false,
      reasons: ['it has not started'],
      inFlight: 0,
      lag: undefined,
      lastProgressAt: undefined,
    };
    return this.#consumer?.health() ?? idle;
  }

  on(): never {
    throw new HarmonyError('INTERNAL', { detail: 'The transport has no events of its own; ask for its health.' });
  }

  /** The consumer behind the transport; undefined before it listens. */
  unwrap<Unwrapped = Consumer | undefined>(): Unwrapped {
    return this.#consumer as Unwrapped;
  }
}

function handlersOf(registered: ReadonlyMap<string, MessageHandler>): Map<EventType, EventHandler> {
  const handlers = new Map<EventType, EventHandler>();
  for (const [pattern, handler] of registered) {
    if (!handler.isEventHandler) throw wiring(`"${pattern}" is a request; events are handled with @EventPattern.`);
    if (!isKnownEventType(pattern)) throw wiring(`"${pattern}" is not an event type of the catalogue.`);
    if (handler.next) throw wiring(`"${pattern}" has two handlers; one consumer handles an event once.`);
    handlers.set(pattern, async (event, context) => {
      const result: unknown = await handler(event, context);
      if (isObservable(result)) await lastValueFrom(result, { defaultValue: undefined });
    });
  }
  return handlers;
}

const wiring = (detail: string): HarmonyError => new HarmonyError('INTERNAL', { detail });
