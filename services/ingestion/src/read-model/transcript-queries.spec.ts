import type { Principal } from '@harmony/access';
import { newId } from '@harmony/kernel';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { SpeakerNames } from '../speakers/speaker-names.js';
import { TranscriptQueries } from './transcript-queries.js';

const at = new Date('2026-01-01T10:00:00Z');
const rowOf = (id: string) => ({
  ...{ id, title: id, status: 'COMPLETED', medium: 'CHAT', source: 'TEXT', team_id: null, contact_id: null },
  ...{ owner_id: 'o', created_by: 'o', tags: [], custom_fields: {}, started_at: null, created_at: at, updated_at: at },
  ...{ status_changed_at: at, turn_count: 1, word_count: 1, failure_stage: null, failure_code: null, stages: [] },
  ...{
    progressed_at: at,
    revision: 1,
    speaker_matches: {},
    speakers: [{ code: 'A', name: 'Ann', words: 1, turns: 1 }],
  },
  turns: [{ index: 0, speakerCode: 'A', text: 'Hello', startMs: null, endMs: null }],
});

const principal = (): Principal => ({
  ...{ kind: 'USER', id: newId(), userId: newId(), workspaceId: newId(), roleId: newId(), teamIds: [] },
  permissions: new Set(['conversations:read:all']),
});

describe('transcripts with their conversations', () => {
  const page = { first: 10 };
  let asked: unknown[];
  let queries: TranscriptQueries;
  beforeEach(() => {
    asked = [];
    const query = (_workspaceId: string, _sql: string, [ids]: readonly unknown[] = []) => {
      asked.push(ids);
      return Promise.resolve((ids as string[]).map(rowOf) as never[]);
    };
    const names = new SpeakerNames({ namesOf: () => Promise.resolve(new Map()) } as never);
    queries = new TranscriptQueries({ query }, names, { now: () => at });
  });

  it('come in one query for all who ask in one name at the same time, each with what they asked for', async () => {
    const [reader, ids] = [principal(), [newId(), newId(), newId()]];
    const found = await Promise.all([...ids, ids[0] ?? ''].map((id) => queries.withConversation(reader, id, page)));
    expect(found.map(({ id }) => id)).toEqual([...ids, ids[0]]);
    expect(found[0]?.readAhead.page.edges[0]?.node).toMatchObject({ speakerName: 'Ann', text: 'Hello' });
    expect(asked).toEqual([ids]);
  });

  it('come in queries of their own for different readers and for different pages', async () => {
    const [reader, other, id] = [principal(), principal(), newId()];
    await Promise.all([
      queries.withConversation(reader, id, page),
      queries.withConversation(other, id, page),
      queries.withConversation(reader, id, { first: 11 }),
    ]);
    expect(asked).toEqual([[id], [id], [id]]);
  });

  it('are there for everybody else when one asks for a page that is none, or for an id that is none', async () => {
    const [reader, id] = [principal(), newId()];
    const [good, wrongSize, wrongCursor, wrongId] = await Promise.allSettled([
      queries.withConversation(reader, id, page),
      queries.withConversation(reader, id, { first: 0 }),
      queries.withConversation(reader, id, { first: 10, after: 'nonsense' }),
      queries.withConversation(reader, 'nonsense', page),
    ]);
    expect(good).toMatchObject({ status: 'fulfilled', value: { id } });
    expect(wrongSize).toMatchObject({ reason: { code: 'INVALID_INPUT' } });
    expect(wrongCursor).toMatchObject({ reason: { code: 'INVALID_INPUT' } });
    expect(wrongId).toMatchObject({ reason: { code: 'NOT_FOUND' } });
    expect(asked).toEqual([[id]]);
  });
});
