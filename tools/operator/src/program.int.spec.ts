import { accessMigrations, SigningKeys } from '@harmony/access';
import type { EventOf } from '@harmony/contracts';
import { eventStoreMigrations, PostgresEventStore } from '@harmony/event-store';
import { eventsFrom, fact, newId } from '@harmony/kernel';
import { DeadLetters, messagingMigrations, prepareJobs } from '@harmony/messaging';
import { migrate, openDatabase, runProjections, type Database, type Projection } from '@harmony/read-model';
import { createTestDatabase, eventually, type TestDatabase } from '@harmony/testing';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { ExitCode } from './operator.js';
import { terminalVoice } from './output/terminal-voice.js';
import { buildProgram } from './program.js';

jest.setTimeout(60_000);

const key = ({ event }: { event: EventOf<'ConversationCompleted'> }): string[][] => [[event.data.conversationId]];

const projection: Projection = {
  name: 'sample.completions',
  version: 1,
  streamPrefixes: ['conversation-'],
  tables: [
    {
      name: 'completions',
      key: ['conversation_id'],
      columns: { conversation_id: 'uuid not null', workspace_id: 'uuid not null', note: 'text' },
      on: {
        ConversationCompleted: {
          keys: key,
          evolve: (_row, { event }) => ({
            conversation_id: event.data.conversationId,
            workspace_id: event.workspaceId,
            note: null,
          }),
        },
      },
    },
  ],
};

describe('the operator command', () => {
  let server: TestDatabase;
  let database: Database;
  let store: PostgresEventStore;
  const workspaceId = newId();

  beforeAll(async () => {
    server = await createTestDatabase();
    await migrate(server.url, [eventStoreMigrations, messagingMigrations, accessMigrations], [projection]);
    await prepareJobs(server.url);
    database = await openDatabase({ url: server.url, workerConnections: 6, servingConnections: 1 });
    store = PostgresEventStore.open({ pool: database.worker });
    for (let index = 0; index < 10; index += 1) await complete(newId());
    const running = runProjections([projection], { database, store });
    const { position } = await complete(newId());
    await eventually(async () => {
      const { rows } = await server.pool.query('select major::text, minor::text from projections.checkpoints');
      expect(rows).toEqual([{ major: `${position.major}`, minor: `${position.minor}` }]);
    });
    await running.stop();
    await server.pool.query(
      `insert into messaging.dead_letters (consumer, key, message_id, raw, origin, parks, state, cause_code, cause_detail,
                                           attempts, first_failed_at, last_failed_at)
       values ('ingestion', 'conversation-1', 'm1', '{"secret":"words"}', 'log 1:1', true, 'dead', 'INTERNAL', 'a bug', 5, now(), now())`,
    );
  });
  afterAll(async () => {
    await store.close();
    await database.close();
    await server.drop();
  });

  const complete = (conversationId: string): ReturnType<PostgresEventStore['append']> => {
    const cause = { causationId: newId(), correlationId: 'test', occurredAt: '2026-03-01T10:00:00Z', workspaceId };
    const events = eventsFrom({ ...cause, actor: { kind: 'SYSTEM', id: 'test' } }, 'test', [
      fact('ConversationCompleted', { conversationId }),
    ]);
    return store.append(`conversation-${conversationId}`, events, 'none');
  };

  async function run(...words: string[]): Promise<{ code: ExitCode | undefined; out: string; notes: string }> {
    const [out, notes]: string[][] = [[], []];
    let code: ExitCode | undefined;
    const operator = { database, store, projections: [projection], deadLetters: new DeadLetters(database.worker) };
    const stream = { write: (text: string) => notes?.push(text) } as unknown as NodeJS.WritableStream;
    const program = buildProgram(
      {
        open: async () => ({ ...operator, by: 'tester', close: async () => undefined }),
        speak: ({ json }) => terminalVoice({ write: (text) => out?.push(text) }, stream, json),
        signal: new AbortController().signal,
      },
      (finished) => (code = finished),
    );
    await program.parseAsync(words, { from: 'user' });
    return { code, out: out?.join('') ?? '', notes: notes?.join('') ?? '' };
  }

  it('shows where everything stands', async () => {
    const { code, out } = await run('status');
    expect(code).toBe(0);
    expect(out).toMatch(/sample\.completions +not running +\d+:\d+ +0 /);
    expect(out).toContain('1 dead letter, 0 messages waiting');
    const { out: line } = await run('status', '--json');
    expect(JSON.parse(line)).toMatchObject({
      head: expect.stringMatching(/^\d+:\d+$/),
      projections: [{ name: 'sample.completions', state: 'not running', behind: 0, events: 11, parked: [] }],
      deadLetters: { dead: 1 },
    });
  });

  it('replays, and says what it did', async () => {
    const { code, out, notes } = await run('replay', 'sample.completions', '--verify');
    expect(out).toContain('11 rows compared with a replay');
    expect(out).toContain('zero differences');
    expect(out).toContain('Replayed 11 events');
    expect(notes).toContain('replay sample.completions 100% swapping');
    expect(code).toBe(0);
    expect(JSON.parse((await run('replay', 'sample.completions', '--json')).out)).toMatchObject({ events: 11 });
  });

  it('verifies, names what differs and says so in its exit code', async () => {
    expect((await run('verify', 'sample.completions')).code).toBe(0);
    await server.pool.query(
      "update sample.completions set note = 'forged' where ctid = (select min(ctid) from sample.completions)",
    );
    const verified = await run('verify', 'sample.completions');
    expect(verified.code).toBe(2);
    expect(verified.out).toMatch(/1 difference\.\n {2}completions conversation_id=[0-9a-f-]{36} differs in note/);
    expect(verified.out).not.toContain('forged');
    const refused = await run('replay', 'sample.completions', '--verify', '--json');
    expect(refused.code).toBe(2);
    expect(JSON.parse(refused.out)).toMatchObject({ comparison: { differences: 1 } });
    expect((await run('replay', 'sample.completions')).code).toBe(0);
    expect((await run('verify', 'sample.completions')).code).toBe(0);
    expect((await run('drop-archive', 'sample.completions')).out).toBe('Dropped 1 table.\n');
  });

  it('signs with a fresh key from now on, and publishes those of before too', async () => {
    const keys = new SigningKeys(database.worker);
    const before = await keys.published();
    const { code, out } = await run('rotate-keys', '--json');
    expect(code).toBe(0);
    const { kid } = JSON.parse(out) as { kid: string };
    expect((await keys.current()).kid).toBe(kid);
    expect((await keys.published()).slice(1)).toEqual(before);
    expect((await run('rotate-keys')).out).toContain('from now on');
  });

  it('lists dead letters without their words, and has them handled again', async () => {
    const { out } = await run('dead-letters', 'list');
    expect(out).toMatch(/1 +dead +ingestion +- +conversation-1 +5 .*INTERNAL: a bug/);
    expect((await run('dead-letters', 'list', '--json')).out).not.toContain('words');
    expect((await run('dead-letters', 'redrive', '--consumer', 'other')).out).toContain('0 dead letters');
    expect((await run('dead-letters', 'redrive', '1')).out).toContain('1 dead letter will be handled again');
    const { rows } = await server.pool.query('select state, requested_by from messaging.dead_letters');
    expect(rows).toEqual([{ state: 'requested', requested_by: 'tester' }]);
  });

  it('lists the projections when asked for one that is none', async () => {
    const { code, notes } = await run('replay', 'nothing');
    expect(code).toBe(1);
    expect(notes).toContain('No projection is named nothing. There are: sample.completions. [UNKNOWN_PROJECTION]');
  });
});
