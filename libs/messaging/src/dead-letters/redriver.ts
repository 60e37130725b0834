import { noticesOf } from '@harmony/notices';
import type pg from 'pg';
import { dedicatedClient } from '../database/database.js';
import type { Inbox } from '../inbox/inbox.js';
import type { Outcome } from '../runtime/handling.js';
import type { Lanes } from '../runtime/lanes.js';
import { messageOf, type Message } from '../runtime/message.js';
import type { ResolvedOptions } from '../runtime/options.js';
import { pause } from '../runtime/pause.js';
import type { Persistence } from '../runtime/persistence.js';
import { redriveChannel } from './dead-letters.js';
import type { Letters, Redrive } from './letters.js';

interface Parts {
  readonly options: ResolvedOptions;
  readonly inbox: Inbox;
  readonly letters: Letters;
  readonly lanes: Lanes;
  readonly persistence: Persistence;
  readonly handle: (message: Message) => Promise<Outcome>;
}

const keysAtOnce = 100;

/**
 * Handles requested dead letters again, in the lane of their key, and what waits behind them. One instance of a
 * consumer does so at a time: it holds a session lock on a connection of its own.
 */
export class Redriver {
  constructor(private readonly parts: Parts) {}

  /** Until the signal is aborted; a lost connection is replaced. */
  async run(stopping: AbortSignal): Promise<void> {
    const { consumer, pool, observer, monitorEveryMs } = this.parts.options;
    const bell = new Bell(consumer);
    const stopListening = noticesOf(pool).listen(redriveChannel, { heard: bell.heard, listening: bell.ring });
    while (!stopping.aborted) {
      try {
        const client = await dedicatedClient(pool);
        try {
          await this.#serve(client, bell, stopping);
        } finally {
          await client.end();
        }
      } catch (error) {
        observer.trouble?.(consumer, 're-drive', error);
        await pause(monitorEveryMs, stopping);
      }
    }
    await stopListening();
  }

  async #serve(client: pg.Client, bell: Bell, stopping: AbortSignal): Promise<void> {
    const { consumer, monitorEveryMs } = this.parts.options;
    const lost = new AbortController();
    client.on('end', () => lost.abort());
    while (!stopping.aborted && !lost.signal.aborted) {
      const locked = await client.query<{ owner: boolean }>(
        `select pg_try_advisory_lock(hashtextextended($1, 0)) as owner`,
        [`${redriveChannel} ${consumer}`],
      );
      while (locked.rows[0]?.owner && !stopping.aborted && !lost.signal.aborted) {
        const heard = bell.listen();
        await this.#round(stopping);
        await pause(monitorEveryMs, AbortSignal.any([stopping, lost.signal, heard]));
      }
      await pause(monitorEveryMs, AbortSignal.any([stopping, lost.signal]));
    }
  }

  async #round(stopping: AbortSignal): Promise<void> {
    const { lanes, letters } = this.parts;
    const keys = await letters.keysToRedrive(keysAtOnce);
    const failures: unknown[] = [];
    const inLane = async (key: string): Promise<void> =>
      lanes.run(key, () => this.#key(key, stopping).catch((error: unknown) => void failures.push(error)));
    await Promise.all(keys.map(inLane));
    if (failures.length > 0) throw new AggregateError(failures, 'Dead letters could not be re-driven.');
  }

  /** All letters of one key that can be handled now, in order, until one fails again. */
  async #key(key: string, stopping: AbortSignal): Promise<void> {
    const { letters } = this.parts;
    let letter = await letters.nextToRedrive(key);
    while (letter && !stopping.aborted && (await this.#letter(letter))) letter = await letters.nextToRedrive(key);
  }

  /** False if the shutdown came first. */
  async #letter({ sequence, delivery }: Redrive): Promise<boolean> {
    const { letters, persistence, inbox, handle, options } = this.parts;
    const message = messageOf(delivery);
    const { eventId } = message;
    const before = eventId !== undefined && (await persistence.insist('inbox', () => inbox.has(eventId)));
    const outcome: Outcome = before ? { kind: 'handled', marked: true } : await handle(message);
    if (outcome.kind === 'given-up') return false;
    if (outcome.kind === 'handled' && !outcome.marked && eventId) {
      await persistence.insist('inbox', () => inbox.mark([eventId]));
    }
    const dead = outcome.kind === 'dead';
    await persistence.insist('dead letters', () =>
      dead ? letters.buryAgain(sequence, outcome.death) : letters.resolve(sequence),
    );
    options.observer.redriven?.(options.consumer, dead ? 'dead' : 'handled');
    return true;
  }
}

/** Rings when a re-drive of this consumer is requested, or may have been. */
class Bell {
  #ring = new AbortController();

  constructor(private readonly consumer: string) {}

  readonly ring = (): void => this.#ring.abort();

  readonly heard = ({ payload }: pg.Notification): void => {
    if (payload === this.consumer) this.ring();
  };

  /** Aborted at the next ring from here on. */
  listen(): AbortSignal {
    this.#ring = new AbortController();
    return this.#ring.signal;
  }
}
