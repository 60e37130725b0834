import { eventStoreMigrations } from '@harmony/event-store';
import { derivedId, newId } from '@harmony/kernel';
import { DeadLetters, messagingMigrations, prepareJobs } from '@harmony/messaging';
import { migrate } from '@harmony/read-model';
import { eventually, startPostgresServer, type PostgresServer } from '@harmony/testing';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { join } from 'node:path';
import { startChild, type ChildProgram } from '../support/child-program.js';
import { anEvent, createTable, openLog, type OpenLog } from './event-store-log.js';

const program = join(import.meta.dirname, 'programs/worker.mjs');
const patiently = { withinMs: 60_000 };

describe('a worker killed with kill -9', () => {
  let server: PostgresServer;
  let log: OpenLog;
  const children: ChildProgram[] = [];

  beforeAll(async () => {
    server = await startPostgresServer({ durable: true });
    await migrate(server.url, [eventStoreMigrations, messagingMigrations]);
    await prepareJobs(server.url);
    log = await openLog(server);
    await createTable(log, 'public.model_calls', 'idempotency_id uuid not null');
  }, 120_000);
  afterEach(() => Promise.all(children.splice(0).map((child) => child.kill9())));
  afterAll(async () => {
    await log?.close();
    await server?.stop();
  }, 60_000);

  const start = (hangAt = ''): ChildProgram => {
    const child = startChild(program, { DATABASE_URL: server.url, HANG_AT: hangAt });
    children.push(child);
    return child;
  };
  const count = async (sql: string, values: unknown[] = []): Promise<number> =>
    (await log.database.worker.query(sql, values)).rowCount ?? 0;

  it.each([
    ['in its handler, before the commit: the event is delivered again', 'handling', 1],
    ['after the reply of the model, before its result is recorded: the job runs again', 'replied', 2],
  ])(
    '%s and has its effect once',
    async (_what, hangAt, calls) => {
      const conversationId = newId();
      const stream = `conversation-${conversationId}`;
      const data = { conversationId, stage: 'EXTRACTION', attempt: 1 };
      const cause = { ...anEvent(), type: 'StageStarted', data };
      const victim = start(hangAt);
      await log.store.append(stream, [cause], 'none');
      await victim.reached(hangAt);
      await victim.kill9();
      const results = 'select from event_store.events where stream_id = $1 and revision > 0';
      expect(await count(results, [stream])).toBe(0);

      start();
      await eventually(async () => expect(await count(results, [stream])).toBe(1), patiently);
      await eventually(async () => expect(await count('select from graphile_worker.jobs')).toBe(0), patiently);
      const model = 'select from public.model_calls where idempotency_id = $1';
      expect(await count(model, [derivedId(cause.id, 'model')])).toBe(calls);
      expect(await count(results, [stream])).toBe(1);
      expect(await new DeadLetters(log.database.worker).depth('fault-worker')).toEqual({ dead: 0, waiting: 0 });
    },
    180_000,
  );
});
