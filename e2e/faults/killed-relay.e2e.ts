import type { HarmonyEvent } from '@harmony/contracts';
import { eventStoreMigrations } from '@harmony/event-store';
import { newId } from '@harmony/kernel';
import { Consumer, messagingMigrations, type MessageContext } from '@harmony/messaging';
import { KafkaFeed } from '@harmony/messaging/kafka';
import { migrate } from '@harmony/read-model';
import { describeReachable, eventually, startPostgresServer, type PostgresServer } from '@harmony/testing';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { join } from 'node:path';
import { startChild, type ChildProgram } from '../support/child-program.js';
import { anEvent, createTable, openLog, type OpenLog } from './event-store-log.js';

const program = join(import.meta.dirname, 'programs/relay.mjs');
const patiently = { withinMs: 60_000 };

await describeReachable('kafka', 'the relay killed with kill -9 between publish and checkpoint', ({ brokers }) => {
  const kafka = { brokers, topicPrefix: `${newId()}.` };
  const ending = new AbortController();
  const children: ChildProgram[] = [];
  let server: PostgresServer;
  let log: OpenLog;
  let consumer: Consumer | undefined;

  beforeAll(async () => {
    server = await startPostgresServer({ durable: true });
    await migrate(server.url, [eventStoreMigrations, messagingMigrations]);
    log = await openLog(server);
    await createTable(log, 'public.effects', 'event_id uuid not null');
  }, 120_000);
  afterAll(async () => {
    ending.abort();
    await Promise.all([...children.map((child) => child.kill9()), consumer?.stop()]);
    await log?.close();
    await server?.stop();
  }, 60_000);

  const start = (hangAt = ''): ChildProgram => {
    const { topicPrefix } = kafka;
    const child = startChild(program, {
      ...{ DATABASE_URL: server.url, KAFKA_BROKERS: brokers.join(','), TOPIC_PREFIX: topicPrefix, HANG_AT: hangAt },
    });
    children.push(child);
    return child;
  };
  const append = async (events: number): Promise<string[]> => {
    const ids: string[] = [];
    for (let index = 0; index < events; index += 1) {
      const conversationId = newId();
      const event = { ...anEvent(), type: 'ConversationCompleted', data: { conversationId } };
      await log.store.append(`conversation-${conversationId}`, [event], 'none');
      ids.push(event.id);
    }
    return ids;
  };
  /** The messages on the topics as they come: whoever joins the group again is given some of them once more. */
  const listen = (): (() => string[]) => {
    const arrived = new Map<string, string>();
    const feed = new KafkaFeed({ kafka, group: 'fault-listener', events: log.store });
    void (async () => {
      for await (const batch of feed.deliveries(ending.signal))
        for (const { origin, eventId } of batch) arrived.set(origin, `${eventId}`);
      await feed.close();
    })();
    return () => [...arrived.values()].sort();
  };
  const take = ({ id }: HarmonyEvent, context: MessageContext): Promise<void> =>
    context.once(async (transaction) => {
      await transaction.query('insert into public.effects (event_id) values ($1)', [id]);
    });
  const effects = async (): Promise<string[]> => {
    const { rows } = await log.database.worker.query<{ id: string }>('select event_id as id from public.effects');
    return rows.map(({ id }) => id);
  };

  it('loses no event, publishes those again with the same ids, and a consumer has the effect of each once', async () => {
    const before = await append(12);
    const victim = start('published');
    await victim.reached('published');
    await victim.kill9();
    const checkpoint = `select from messaging.checkpoints where consumer = 'fault-relay' and major > 0`;
    expect((await log.database.worker.query(checkpoint)).rowCount).toBe(0);

    const after = await append(3);
    start();
    const all = [...before, ...after].sort();
    const arrived = listen();
    await eventually(() => expect([...new Set(arrived())]).toEqual(all), patiently);
    // More often where the broker was slow to acknowledge: whoever publishes anew does not know what reached it.
    const isOnce = (id: string): boolean => arrived().filter((one) => one === id).length < 2;
    await eventually(() => expect(before.filter(isOnce)).toEqual([]), patiently);

    const feed = new KafkaFeed({ kafka, group: 'fault-consumer', events: log.store });
    consumer = new Consumer({
      ...{ consumer: 'fault-consumer', feed, pool: log.database.worker, afterDeadLetter: 'park-key' },
      handlers: new Map([['ConversationCompleted', take]]),
      monitorEveryMs: 100,
    });
    consumer.run().catch(() => undefined);
    await eventually(async () => expect((await effects()).sort()).toEqual(all), patiently);
    await eventually(() => expect(consumer?.health()).toMatchObject({ ready: true, lag: 0 }), patiently);
    expect((await effects()).sort()).toEqual(all);
  }, 240_000);
});
