/** A worker as the services have it: a consumer turns an event into a job, the job asks a model and appends its result. */
import { PostgresEventStore } from '@harmony/event-store';
import { derivedId } from '@harmony/kernel';
import { Consumer, GraphileJobQueue, GraphileJobRunner, LogFeed } from '@harmony/messaging';
import { openDatabase } from '@harmony/read-model';
import { z } from 'zod';
import { stayAt } from './stay-at.mjs';

const consumer = 'fault-worker';
const { worker: pool } = await openDatabase({ url: process.env.DATABASE_URL });
const store = PostgresEventStore.open({ pool });
const queue = new GraphileJobQueue(pool);

const begin = (event, context) =>
  context.once(async (transaction) => {
    const { workspaceId, correlationId } = event;
    await queue.enqueue(
      { name: 'fault.analyse', workspaceId, correlationId, key: event.id, priority: 'live', payload: event },
      transaction,
    );
    await stayAt('handling');
  });

const analyse = async (event) => {
  await pool.query('insert into public.model_calls (idempotency_id) values ($1)', [derivedId(event.id, 'model')]);
  await stayAt('replied');
  const { conversationId, stage, attempt } = event.data;
  const result = {
    ...event,
    id: derivedId(event.id, 0),
    type: 'StageSucceeded',
    causationId: event.id,
    data: { conversationId, stage, attempt, durationMs: 0 },
  };
  await store.append(`conversation-${conversationId}`, [result], 0);
};

const payload = z.looseObject({ id: z.uuid(), data: z.looseObject({ conversationId: z.uuid() }) });
new GraphileJobRunner({
  pool,
  definitions: [{ name: 'fault.analyse', payload, attempts: 3, timeLimitMs: 60_000, run: analyse }],
  pollMs: 100,
  beatMs: 200,
}).start();

process.stdout.write('started\n');
await new Consumer({
  consumer,
  feed: new LogFeed({ store, pool, consumer, filter: { types: ['StageStarted'] } }),
  pool,
  handlers: new Map([['StageStarted', begin]]),
  afterDeadLetter: 'park-key',
}).run();
