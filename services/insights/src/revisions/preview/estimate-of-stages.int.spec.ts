import {
  streams,
  type EstimatePartName,
  type PlanEstimate,
  type PlanEstimatePart,
  type Usage,
} from '@harmony/contracts';
import { fact, newId, type Fact } from '@harmony/kernel';
import { verify } from '@harmony/read-model';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { resultsProjection } from '../../projections/results.projection.js';
import { PlanningRevisions } from '../../testing/planning-revisions.js';
import { RunningInsights } from '../../testing/running-insights.js';
import { conversationFacts, extractionFact, transcriptFacts, yesNo, type BuiltProject } from '../../testing/samples.js';
import { ScriptedAnalyst } from '../../testing/scripted-analyst.js';
import { recordedUsage } from '../plan/recorded-usage.js';
import type { Reads } from '../reads.js';

jest.setTimeout(120_000);

const analyst = new ScriptedAnalyst();
let system: RunningInsights;
let revisions: PlanningRevisions;
let project: BuiltProject;
/** Recorded ones, and last a pasted one. */
const conversations: string[] = [];

const extractionUsage: Usage = { calls: 3, inputTokens: 900, outputTokens: 100, costMicros: 40 };
const object = { key: 'k', bytes: 1, sha256: 'a'.repeat(64) };
const stage = 'TRANSCRIPTION' as const;

/** As the stages before record it: a recording of this length, and how long its transcript took. */
function recordedFacts(conversationId: string, recordingMs: number, durationMs: number): Fact[] {
  const [submitted, ...transcript] = conversationFacts(conversationId, { teamId: system.teamId });
  const [chunk, recorded] = transcript;
  const origin = { kind: 'SPEECH', engine: 'tones', model: 'm', parameters: {}, language: 'en' } as const;
  if (!submitted || !chunk || recorded?.type !== 'TranscriptRecorded') throw new Error('No transcript.');
  return [
    submitted,
    fact('RecordingReceived', {
      ...{ conversationId, recording: object, fileName: null, mediaType: 'audio/mpeg', hasVideo: false, via: 'UPLOAD' },
    }),
    fact('StageStarted', { conversationId, stage, attempt: 1 }),
    fact('RecordingPrepared', {
      ...{ conversationId, durationMs: recordingMs, channels: 1, container: 'mp3', codec: 'mp3', peaks: object },
      ...{ audio: [{ channel: 0, object }], rendition: { object, mediaType: 'audio/mpeg' } },
    }),
    chunk,
    { ...recorded, data: { ...recorded.data, origin } },
    fact('StageSucceeded', { conversationId, stage, attempt: 1, durationMs }),
  ];
}

async function submitted(facts: (id: string) => Fact[]): Promise<string> {
  const id = newId();
  await system.append(streams.conversation(id), facts(id));
  return id;
}

async function extracted(conversationId: string, facts: (id: string) => Fact[]): Promise<string> {
  await system.append(streams.conversation(conversationId), facts(conversationId));
  return conversationId;
}

const extraction = (id: string): Fact[] => [extractionFact(id, { usage: extractionUsage, durationMs: 500 })];

beforeAll(async () => {
  system = await RunningInsights.start(analyst);
  revisions = new PlanningRevisions(system, analyst);
  await revisions.enable();
  project = await system.newProject({
    questions: [yesNo('A?'), yesNo('B?')],
    criteria: [{ type: 'BOOLEAN', question: 'Is it a call?', expected: true }],
  });
  const lengths = [60_000, 180_000];
  for (const length of lengths) {
    const id = await submitted((one) => recordedFacts(one, length, length / 10));
    conversations.push(await extracted(id, extraction));
  }
  const pasted = await submitted((id) => conversationFacts(id, { teamId: system.teamId }));
  conversations.push(await extracted(pasted, extraction));
  for (const id of conversations) await system.completed(id);
}, 120_000);
afterAll(() => system?.close(), 120_000);

const estimated = async (form = {}): Promise<PlanEstimate> =>
  (await revisions.previewed({ projectId: project.id, ...form })).estimate;

const partOf = ({ parts = [] }: PlanEstimate, name: EstimatePartName): PlanEstimatePart | undefined =>
  parts.find((one) => one.name === name);

const amounts = ({ parts = [] }: PlanEstimate): Partial<Record<EstimatePartName, number>> =>
  Object.fromEntries(parts.map(({ name, amount }) => [name, amount.expected]));

describe('the estimate of a revision', () => {
  it('has from new transcripts on everything that is made: minutes, extractions, criteria and answers', async () => {
    const all = await estimated({ startStage: 'TRANSCRIPTION' });
    // The pasted one is not transcribed, so its criterion and its answers hold.
    expect(amounts(all)).toEqual({ TRANSCRIPTION: 2, EXTRACTION: 3, CRITERIA: 2, ANSWERS: 4 });
    const minutes = { low: 240_000, expected: 240_000, high: 240_000 };
    expect(partOf(all, 'TRANSCRIPTION')).toMatchObject({
      ...{ recordingMs: minutes, calls: { high: 0 }, samples: 2 },
      unknown: [{ measure: 'COST', reason: 'NOT_PRICED' }],
    });
    expect(partOf(all, 'TRANSCRIPTION')?.durationMs.expected).toBeCloseTo(24_000, 6);
    expect(partOf(all, 'EXTRACTION')).toMatchObject({
      ...{ calls: { expected: 9 }, tokens: { expected: 3_000 }, costMicros: { expected: 120 } },
      ...{ samples: 3, unknown: [] },
    });
    expect(partOf(all, 'CRITERIA')).toMatchObject({ calls: { expected: 2 }, tokens: { expected: 220 }, samples: 3 });
    expect(all).toMatchObject({
      ...{ calls: { low: 15, expected: 15, high: 15 }, tokens: { expected: 3_000 + 6 * 110 } },
      ...{ costMicros: { expected: 120 + 6 * 5 }, samples: 6 },
    });
  });

  it('has extractions where these are made anew, and nothing where nothing is made', async () => {
    expect(amounts(await estimated({ startStage: 'EXTRACTORS' }))).toEqual({ EXTRACTION: 3 });
    const nothing = await estimated();
    expect(amounts(nothing)).toEqual({});
    expect(nothing.calls.high).toBe(0);
    expect(amounts(await estimated({ force: true }))).toEqual({ ANSWERS: 6 });
  });

  it('has by itself only what conversations lack, and takes a recording that nobody measured for a usual one', async () => {
    const unheard = await submitted((conversationId) => [
      ...conversationFacts(conversationId, { teamId: system.teamId }).slice(0, 1),
      fact('RecordingReceived', {
        ...{ conversationId, recording: object, fileName: null, mediaType: 'audio/mpeg' },
        ...{ hasVideo: false, via: 'UPLOAD' },
      }),
    ]);
    const all = await estimated();
    await system.append(streams.conversation(unheard), transcriptFacts(unheard, 1, ['Hello']));
    const unread = await estimated();
    await system.append(streams.conversation(unheard), [fact('ConversationDeleted', { conversationId: unheard })]);
    expect(amounts(all)).toEqual({ TRANSCRIPTION: 1, EXTRACTION: 1, CRITERIA: 1, ANSWERS: 2 });
    expect(partOf(all, 'TRANSCRIPTION')?.recordingMs.expected).toBe(120_000);
    expect(amounts(unread)).toEqual({ EXTRACTION: 1, CRITERIA: 1, ANSWERS: 2 });
  });

  it('learns from transcripts of revisions how long the engine of now takes, and nothing from those named again', async () => {
    const [conversationId = ''] = conversations;
    const [runId, again] = [newId(), newId()];
    const origin = { kind: 'SPEECH', engine: 'other', model: 'm', parameters: {}, language: 'en' } as const;
    const made = {
      ...{ conversationId, transcriptVersion: 2, revisionId: newId(), runId },
      ...{ chunkCount: 0, turnCount: 0, wordCount: 0, speakers: [], origin, durationMs: 30_000 },
    };
    await system.append(streams.conversation(conversationId), [
      fact('RerunTranscriptRecorded', made),
      fact('RerunTranscriptRecorded', { ...made, runId: again, fromRunId: runId, durationMs: 1 }),
    ]);
    const part = partOf(await estimated({ startStage: 'TRANSCRIPTION' }), 'TRANSCRIPTION');
    expect(part).toMatchObject({ samples: 1, durationMs: { expected: 120_000 } });
  });

  it('asks each conversation about a criterion that is new, and takes it to be met', async () => {
    const criterionId = newId();
    const criterion = { type: 'BOOLEAN', question: 'Is it long?', expected: true } as const;
    const about = { projectId: project.id, criterionId };
    await system.append(streams.project(project.id), [
      fact('CriterionSet', { ...about, criterionVersion: 1, criterion }),
    ]);
    const asked = await estimated();
    await system.append(streams.project(project.id), [fact('CriterionRemoved', about)]);
    expect(amounts(asked)).toEqual({ CRITERIA: 3 });
    expect(asked.tokens.expected).toBe(330);
  });

  it('says that nothing is recorded of an analyst that was never asked', async () => {
    analyst.engine = 'another';
    const { estimate, warnings } = await revisions
      .previewed({ projectId: project.id, startStage: 'EXTRACTORS' })
      .finally(() => (analyst.engine = 'scripted'));
    const unknown = ['CALLS', 'TOKENS', 'COST', 'DURATION'].map((measure) => ({ measure, reason: 'NOTHING_RECORDED' }));
    expect(estimate.parts?.map((part) => [part.name, part.samples, part.unknown])).toEqual([
      ['EXTRACTION', 0, unknown],
      ['CRITERIA', 0, unknown],
      ['ANSWERS', 0, unknown],
    ]);
    expect(warnings.filter(({ warning }) => warning === 'FEW_SAMPLES').map(({ count }) => count)).toEqual([0, 0, 0]);
  });

  it('is the same in the plan that is executed', async () => {
    const form = { projectId: project.id, startStage: 'TRANSCRIPTION' } as const;
    const { estimate } = await revisions.previewed(form);
    const { estimate: planned } = await revisions.planned(await revisions.request(form));
    expect(planned).toEqual(estimate);
  });

  it('rests on a table that the log brings back as it is', async () => {
    const { database, eventStore: store } = system.backends;
    expect(await verify(resultsProjection, { database, store })).toMatchObject({ differences: 0, examples: [] });
  });

  it('reads the answers of its sample by their key, however many an engine has given', async () => {
    const client = await system.backends.database.worker.connect();
    const workspaceId = newId();
    const plans: string[] = [];
    const query: Reads['query'] = async (sql, parameters) => {
      const { rows } = await client.query<{ 'QUERY PLAN': string }>(`explain ${sql}`, [...parameters]);
      plans.push(rows.map((row) => row['QUERY PLAN']).join('\n'));
      return [];
    };
    try {
      await client.query('begin');
      await client.query(manyAnswers, [workspaceId]);
      await client.query('analyze insights.results');
      const { rows } = await client.query<{ id: string }>(
        'select distinct conversation_id as id from insights.results where workspace_id = $1 limit 200',
        [workspaceId],
      );
      const scope = rows.map(({ id }) => id);
      await recordedUsage({ workspaceId, query }, scope, analyst.originOf('SUMMARY'));
    } finally {
      await client.query('rollback');
      client.release();
    }
    expect(plans.join()).toMatch(/Index Scan (on|using) results_pkey.*\n +Index Cond: \(conversation_id = sample/);
    expect(plans.join()).not.toMatch(/Seq Scan on (results|verdicts)/);
  });
});

/** 40 about each of 300 conversations, all by one engine and model. */
const manyAnswers = `
  insert into insights.results (conversation_id, run_id, definition_id, workspace_id, project_id, definition_version,
                                outcome, origin, usage, duration_ms)
  select conversation_id, gen_random_uuid(), gen_random_uuid(), $1, gen_random_uuid(), 1, 'ANSWERED',
         '{"engine": "scripted", "model": "m"}', '{"calls": 1}', 1
    from (select gen_random_uuid() as conversation_id from generate_series(1, 300)) conversations
   cross join generate_series(1, 40)`;
