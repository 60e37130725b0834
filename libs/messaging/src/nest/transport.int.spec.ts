import { HarmonyError, type EventOf, type EventType } from '@harmony/contracts';
import type { EventStore, EventToAppend } from '@harmony/event-store';
import { createTestDatabase, eventually, type TestDatabase } from '@harmony/testing';
import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { Controller, Inject, Injectable, Module, type INestMicroservice, type Type } from '@nestjs/common';
import { Ctx, EventPattern, MessagePattern, Payload } from '@nestjs/microservices';
import { randomUUID } from 'node:crypto';
import { event } from '../contract-suite/harness.js';
import { DeadLetters } from '../dead-letters/dead-letters.js';
import { LogFeed } from '../log-feed/log-feed.js';
import { MemoryStore } from '../log-feed/memory-store.js';
import { migrateMessaging } from '../migrations/testing.js';
import type { MessageContext } from '../port.js';
import { defaultRetryPolicy } from '../runtime/retry-policy.js';
import { createConsumerMicroservice, type ConsumerMicroservice } from './consumer-microservice.js';

jest.setTimeout(60_000);

@Injectable()
class Notebook {
  readonly lines: string[] = [];
}

@Controller()
class CompletedController {
  constructor(@Inject(Notebook) private readonly notebook: Notebook) {}

  @EventPattern<EventType>('ConversationCompleted')
  async completed(
    @Payload() received: EventOf<'ConversationCompleted'>,
    @Ctx() context: MessageContext,
  ): Promise<void> {
    this.notebook.lines.push(`${received.correlationId} ${context.attempt} ${context.consumer}`);
    if (received.correlationId === 'poison') throw new HarmonyError('OBJECT_NOT_FOUND');
    if (context.attempt < 3) throw new HarmonyError('STORE_UNAVAILABLE');
    await context.once(async (transaction) => {
      await transaction.query('insert into notes (tag) values ($1)', [received.correlationId]);
    });
  }
}

@Module({ controllers: [CompletedController], providers: [Notebook] })
class NotebookModule {}

function moduleOf(controller: Type<unknown>, ...more: Type<unknown>[]): Type<unknown> {
  @Module({ controllers: [controller, ...more], providers: [Notebook] })
  class Wrongly {}
  return Wrongly;
}

@Controller()
class UnknownPattern {
  @EventPattern<string>('ConversationCompletd')
  async completed(): Promise<void> {}
}

@Controller()
class Request {
  @MessagePattern('ConversationCompleted')
  async completed(): Promise<void> {}
}

@Controller()
class Twice extends CompletedController {
  constructor(@Inject(Notebook) notebook: Notebook) {
    super(notebook);
  }
}

describe('the transport in a Nest microservice', () => {
  let database: TestDatabase;
  const store = new MemoryStore();
  const apps: INestMicroservice[] = [];
  const failures: unknown[] = [];
  let types: readonly EventType[] = [];

  beforeAll(async () => {
    database = await createTestDatabase();
    await migrateMessaging(database.pool);
    await database.pool.query('create table notes (tag text)');
  });
  afterEach(() => Promise.all(apps.splice(0).map((app) => app.close())));
  afterAll(() => database.drop());

  async function create(module: Type<unknown>): Promise<ConsumerMicroservice> {
    const consumer = `nest-${randomUUID()}`;
    const created = await createConsumerMicroservice(
      module,
      {
        consumer,
        pool: database.pool,
        afterDeadLetter: 'continue',
        retry: { ...defaultRetryPolicy, firstMs: 1, maximumMs: 5 },
        monitorEveryMs: 50,
        feed: (wanted) => {
          types = wanted;
          const filter = { types: wanted };
          return new LogFeed({ store: store as unknown as EventStore, pool: database.pool, consumer, filter });
        },
        failed: (error) => failures.push(error),
      },
      { logger: false },
    );
    apps.push(created.app);
    return created;
  }

  it('calls controllers with event and context, retries by the class of their error and keeps poison', async () => {
    const append = (...events: Record<string, unknown>[]): void =>
      store.append('conversation-1', ...(events as unknown as EventToAppend[]));
    append(event('poison'), event('good'), event('nobody', { type: 'WorkspaceCreated', data: { name: 'x' } }));
    const { app, transport } = await create(NotebookModule);
    expect(transport.health().ready).toBe(false);
    await app.listen();
    const { lines } = app.get(Notebook);
    await eventually(() => expect(lines).toHaveLength(4));
    expect(lines.map((line) => line.split(' ').slice(0, 2).join(' '))).toEqual([
      'poison 1',
      'good 1',
      'good 2',
      'good 3',
    ]);
    expect(types).toEqual(['ConversationCompleted']);
    await eventually(() => expect(transport.health()).toMatchObject({ ready: true, lag: 0 }));
    const letters = await new DeadLetters(database.pool).list();
    expect(letters.map(({ causeCode, attempts }) => [causeCode, attempts])).toEqual([['OBJECT_NOT_FOUND', 1]]);
    const { rows } = await database.pool.query('select tag from notes');
    expect(rows).toEqual([{ tag: 'good' }]);
    await app.close();
    expect(transport.health()).toMatchObject({ ready: false, reasons: ['it is stopping'] });
  });

  it('reports a feed that is lost for good, so that the process can go down', async () => {
    const { app, transport } = await create(NotebookModule);
    const lost = new HarmonyError('STREAM_DELETED');
    store.failure = lost;
    await app.listen();
    await eventually(() => expect(failures).toEqual([lost]));
    expect(transport.health().ready).toBe(false);
  });

  it.each([
    ['a pattern that is no event type', moduleOf(UnknownPattern), 'not an event type'],
    ['a request handler', moduleOf(Request), 'is a request'],
    ['two handlers for one event', moduleOf(CompletedController, Twice), 'two handlers'],
  ])('refuses to start with %s', async (_, module, message) => {
    const { app } = await create(module);
    await expect(app.listen()).rejects.toThrow(message);
  });
});
