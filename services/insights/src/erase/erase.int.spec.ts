import { streams } from '@harmony/contracts';
import { fact, newId } from '@harmony/kernel';
import { verify, type Projection } from '@harmony/read-model';
import { eventually } from '@harmony/testing';
import { afterAll, beforeAll, expect, it, jest } from '@jest/globals';
import { resultsProjection } from '../projections/results.projection.js';
import { usageProjection } from '../projections/usage.projection.js';
import { RunningInsights } from '../testing/running-insights.js';
import { extractionFact, yesNo, type SampleProject } from '../testing/samples.js';
import { answeredBy, answerTo, ScriptedAnalyst, usageOfOneCall } from '../testing/scripted-analyst.js';

jest.setTimeout(60_000);

let system: RunningInsights;
const analyst = new ScriptedAnalyst();

beforeAll(async () => {
  system = await RunningInsights.start(analyst);
}, 120_000);
afterAll(() => system?.close(), 120_000);

const rowsOf = async (table: string, column: string, id: string): Promise<Record<string, unknown>[]> => {
  const sql = `select * from insights.${table} where ${column} = $1 order by 1, 2, 3, 4`;
  return (await system.backends.database.worker.query<Record<string, unknown>>(sql, [id])).rows;
};

/** A recording of two minutes, transcribed, extracted, judged and answered. */
async function costly(): Promise<string> {
  const criterion = { type: 'BOOLEAN', question: 'Is it a call?', expected: true } as const;
  await system.newProject({ questions: [yesNo('A?'), yesNo('B?')], criteria: [criterion] });
  const id = await system.newConversation();
  // Two runs at the same time would both ask.
  await system.completed(id);
  const object = { key: 'k', bytes: 1, sha256: 'a'.repeat(64) };
  const speech = { kind: 'SPEECH' as const, engine: 'e', model: 'm', parameters: {}, language: 'en' };
  await system.append(streams.conversation(id), [
    fact('RecordingPrepared', {
      ...{ conversationId: id, durationMs: 120_000, channels: 1, container: 'wav', codec: 'pcm', peaks: object },
      ...{ audio: [{ channel: 0, object }], rendition: { object, mediaType: 'audio/mp4' } },
    }),
    fact('TranscriptRecorded', {
      ...{ conversationId: id, transcriptVersion: 2, chunkCount: 0, turnCount: 0, wordCount: 0 },
      ...{ speakers: [], origin: speech },
    }),
    extractionFact(id, { extractionVersion: 2, usage: usageOfOneCall }),
  ]);
  await system.completed(id, 2);
  return id;
}

it('a deleted conversation leaves nothing but what it cost, also where all is read again from the log', async () => {
  const id = await costly();
  const before = await eventually(async () => {
    const rows = await rowsOf('usage', 'source_id', id);
    expect(rows.map(({ kind }) => kind).sort()).toEqual([
      ...['CRITERION', 'DEFINITION', 'DEFINITION', 'EXTRACTION', 'TRANSCRIPTION'],
    ]);
    expect(rows.find(({ kind }) => kind === 'TRANSCRIPTION')).toMatchObject({ prepared_ms: '120000' });
    expect(rows.flatMap(({ transcribed_ms: hours }) => Object.values(hours ?? {}))).toEqual([120_000]);
    return rows;
  });
  const answered = await rowsOf('answered', 'conversation_id', id);
  expect(answered.flatMap(({ definition_ids: definitions }) => definitions)).toHaveLength(2);
  const stream = streams.conversation(id);
  await system.append(stream, [fact('ConversationDeleted', { conversationId: id })]);
  await eventually(async () => {
    await expect(system.eventsOf(streams.insights(id))).rejects.toMatchObject({ code: 'STREAM_DELETED' });
    for (const table of ['conversations', 'runs', 'results', 'scores']) {
      expect(await rowsOf(table, 'conversation_id', id)).toEqual([]);
    }
  });
  await system.backends.eventStore.deleteStream(stream, 'any');
  const head = await system.backends.eventStore.head();
  await system.backends.progress.waitFor(usageProjection.name, head, 20_000);
  expect(await rowsOf('usage', 'source_id', id)).toEqual(before);
  expect(await rowsOf('answered', 'conversation_id', id)).toEqual(answered);

  const { eventStore: store, database } = system.backends;
  const differences = async (projection: Projection): Promise<unknown> => verify(projection, { store, database });
  expect(await differences(usageProjection)).toMatchObject({ differences: 0 });
  expect(await differences(resultsProjection)).toMatchObject({ differences: 0 });
});

it('a conversation whose deletion nobody saw before its stream was gone leaves nothing either', async () => {
  const id = await costly();
  await system.backends.eventStore.deleteStream(streams.conversation(id), 'any');
  await system.append(streams.tombstone(id), [fact('ConversationErased', { conversationId: id, transcripts: [] })]);
  await eventually(async () => {
    await expect(system.eventsOf(streams.insights(id))).rejects.toMatchObject({ code: 'STREAM_DELETED' });
    for (const table of ['conversations', 'runs', 'results', 'scores']) {
      expect(await rowsOf(table, 'conversation_id', id)).toEqual([]);
    }
  });
});

it.each<[string, Partial<SampleProject>]>([
  ['definition', { questions: [yesNo('A?')] }],
  ['criterion', { criteria: [{ type: 'BOOLEAN', question: 'Is it a call?', expected: true }] }],
])('a reply to a %s that comes when its conversation has been taken away is not kept', async (_, asked) => {
  let answer: () => void = () => undefined;
  const late = new Promise<void>((resolve) => (answer = resolve));
  let isAsked = false;
  analyst.script = async (request) => {
    isAsked = true;
    await late;
    await request.journal?.put('late', { words: 'spoken' });
    return answeredBy(request, answerTo(request.question));
  };
  const teamId = newId();
  await system.newProject({ ...asked, teamIds: [teamId] });
  const id = await system.newConversation({ teamId });
  const jobs = async (): Promise<unknown[]> => {
    const sql = 'select key from graphile_worker._private_jobs where payload::text like $1';
    return (await system.backends.database.worker.query(sql, [`%${id}%`])).rows;
  };
  await eventually(() => expect(isAsked).toBe(true));
  await system.append(streams.conversation(id), [fact('ConversationDeleted', { conversationId: id })]);
  await eventually(async () => {
    await expect(system.eventsOf(streams.insights(id))).rejects.toMatchObject({ code: 'STREAM_DELETED' });
    expect(await jobs()).toHaveLength(1);
  });
  answer();
  await eventually(async () => expect(await jobs()).toEqual([]));
  expect(await rowsOf('replies', 'conversation_id', id)).toEqual([]);
});
