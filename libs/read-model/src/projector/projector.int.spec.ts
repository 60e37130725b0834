import { eventually } from '@harmony/testing';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { logStart } from '@harmony/event-store';
import { newId } from '@harmony/kernel';
import type { Projection } from '../port.js';
import {
  completed,
  conversationProjection as projection,
  eventsOf,
  failed,
  ofUnknownType,
  submitted,
  transcribed,
  unreadable,
  workspaceId,
} from '../testing/conversation-projection.js';
import { MemoryStore } from '../testing/memory-store.js';
import { startProjectionFixture, type ProjectionFixture } from '../testing/projection-fixture.js';
import { readParked } from './parked-streams.js';

jest.setTimeout(60_000);

describe('a projector', () => {
  let fixture: ProjectionFixture;
  let store: MemoryStore;

  beforeEach(async () => {
    fixture = await startProjectionFixture([projection]);
    store = new MemoryStore();
  });
  afterEach(() => fixture.close());

  const happen = async (conversation: string, ...facts: Parameters<typeof eventsOf>[0]): Promise<void> => {
    await store.append(`conversation-${conversation}`, eventsOf(facts));
  };
  const settled = async (): Promise<void> => fixture.reached(projection, await store.head());
  const titles = async (): Promise<unknown[]> =>
    (await fixture.rows(projection, 'conversations')).map((row) => row['title']).sort();

  it('folds what is in the log and what comes, and moves its checkpoint with the rows', async () => {
    const [first, second] = [newId(), newId()];
    await happen(first, submitted(first, { title: 'First', tags: ['a b', '{"'], customFields: { tier: ['gold'] } }));
    fixture.run(projection, store);
    await happen(first, transcribed(first, 7), transcribed(first, 5), completed(first));
    await happen(second, submitted(second), failed(second));
    await settled();
    expect(await fixture.rows(projection, 'conversations')).toEqual([
      {
        conversation_id: first,
        workspace_id: workspaceId,
        title: 'First',
        tags: ['a b', '{"'],
        custom_fields: { tier: ['gold'] },
        words: 12,
        share: 5 / 3,
        completed: true,
        created_at: '2026-03-01T10:00:00+00:00',
        completed_at: '2026-03-01T10:00:00+00:00',
      },
    ]);
    expect(await fixture.rows(projection, 'media')).toEqual([
      { workspace_id: workspaceId, medium: 'CHAT', conversations: 2 },
    ]);
    expect(await fixture.checkpoint(projection)).toMatchObject({ events: 6, state: 'live' });
  });

  it('stays at the start of an empty log', async () => {
    fixture.run(projection, store);
    await eventually(async () => expect((await fixture.checkpoint(projection)).state).toBe('live'));
    expect((await fixture.checkpoint(projection)).position).toEqual(logStart);
  });

  it('moves its checkpoint over events of other streams, and finds the match that comes right after a restart', async () => {
    const first = fixture.run(projection, store);
    for (let index = 0; index < 50; index += 1)
      await store.append(`contact-${newId()}`, eventsOf([completed(newId())]));
    await settled();
    await first.stop();
    expect(await fixture.checkpoint(projection)).toMatchObject({ events: 0, position: { major: 50n } });
    const conversation = newId();
    await happen(conversation, submitted(conversation, { title: 'At last' }));
    fixture.run(projection, store);
    await settled();
    expect(await titles()).toEqual(['At last']);
  });

  it('parks the stream of an unreadable event, lets the others go on, and applies what waited after an upgrade', async () => {
    const [broken, sound] = [newId(), newId()];
    await happen(broken, submitted(broken, { title: 'Broken' }));
    await store.append(`conversation-${broken}`, [unreadable(broken)]);
    await happen(sound, submitted(sound, { title: 'Sound' }), transcribed(sound, 3));
    await happen(broken, transcribed(broken, 9), completed(broken));
    const run = fixture.run(projection, store);
    await settled();
    expect(await titles()).toEqual(['Broken', 'Sound']);
    expect(await fixture.checkpoint(projection)).toMatchObject({ events: 6, position: await store.head() });
    const [parked] = [...(await readParked(fixture.server.pool, projection.name)).values()];
    expect(parked).toMatchObject({ code: 'UNDECODABLE_EVENT', waiting: 2, event: { revision: 1 } });

    await run.stop();
    const readable = eventsOf([completed(broken)])[0];
    store.log.forEach((event, index) => {
      if (event.id === parked?.event.id && readable) store.log[index] = { ...event, data: readable.data };
    });
    fixture.run(projection, store);
    await eventually(async () => expect((await readParked(fixture.server.pool, projection.name)).size).toBe(0));
    const rows = await fixture.rows(projection, 'conversations');
    expect(rows.map(({ title, words, completed: done }) => [title, words, done])).toEqual(
      expect.arrayContaining([
        ['Broken', 9, true],
        ['Sound', 3, false],
      ]),
    );
  });

  it('parks only the stream whose value a column cannot hold, or whose row Postgres refuses, in the middle of a batch', async () => {
    const conversations = Array.from({ length: 9 }, () => newId());
    for (const [index, id] of conversations.entries()) {
      const title = index === 4 ? 'nul \u0000' : `Title ${index}`;
      await happen(id, submitted(id, { title }), transcribed(id, index === 6 ? 100_000 : 1), completed(id));
    }
    fixture.run(projection, store);
    await settled();
    const rows = await fixture.rows(projection, 'conversations');
    const done = rows.filter((row) => row['completed']).map((row) => row['title']);
    expect(done.sort()).toEqual([0, 1, 2, 3, 5, 7, 8].map((index) => `Title ${index}`));
    const parked = await readParked(fixture.server.pool, projection.name);
    expect([...parked.values()]).toMatchObject([
      { streamId: `conversation-${conversations[4]}`, waiting: 2, cause: expect.stringContaining('Column title') },
      { streamId: `conversation-${conversations[6]}`, waiting: 1, cause: expect.stringContaining('23514') },
    ]);
    expect(await fixture.rows(projection, 'media')).toMatchObject([{ conversations: 8 }]);
  });

  it('comes to the end of a log of nothing but poison', async () => {
    for (let index = 0; index < 5; index += 1) await store.append(`conversation-${index}`, [unreadable('x')]);
    fixture.run(projection, store, { batchSize: 2 });
    await settled();
    expect(await fixture.rows(projection, 'conversations')).toEqual([]);
    expect((await readParked(fixture.server.pool, projection.name)).size).toBe(5);
  });

  it('changes no table by an event whose fold fails in one of them', async () => {
    const shared: Projection = {
      ...projection,
      tables: projection.tables.map((table) =>
        table.name === 'conversations'
          ? table
          : {
              ...table,
              on: {
                ConversationSubmitted: {
                  keys: () => [[workspaceId, 'CHAT']],
                  evolve: () => {
                    throw new TypeError('a bug in the fold');
                  },
                },
              },
            },
      ),
    };
    await happen('x', submitted(newId()));
    fixture.run(shared, store);
    await settled();
    expect(await fixture.rows(projection, 'conversations')).toEqual([]);
    const parked = await readParked(fixture.server.pool, projection.name);
    expect(parked.get('conversation-x')).toMatchObject({ code: 'INTERNAL', cause: 'a bug in the fold' });
  });

  it('skips and counts events of types that this version does not know', async () => {
    const id = newId();
    await happen(id, submitted(id));
    await store.append(`conversation-${id}`, [ofUnknownType(id)]);
    await happen(id, completed(id));
    fixture.run(projection, store);
    await settled();
    expect(await fixture.rows(projection, 'conversations')).toMatchObject([{ completed: true }]);
    expect(await fixture.checkpoint(projection)).toMatchObject({ unknownEvents: 1 });
  });

  it('refuses to follow with a fold of another version than the one that made the tables', async () => {
    const run = fixture.run({ ...projection, version: 2 }, store, { rebuild: undefined });
    await expect(run.failed).rejects.toMatchObject({
      code: 'REPLAY_FAILED',
      message: expect.stringContaining('replay'),
    });
  });
});
