import type { Directory } from '@harmony/access';
import { HarmonyError, streams } from '@harmony/contracts';
import { fact, newId, systemClock, type Fact } from '@harmony/kernel';
import type { JobContext } from '@harmony/messaging';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { ExtractConversationJob } from '../extract-conversation/extract-conversation.job.js';
import { Extractor } from '../extract-conversation/extractor.js';
import type { Replies } from '../journal/replies.js';
import { ExtractingStreams, SpokenStreams } from '../streams/conversation-streams.js';
import { RevisionStreams } from '../streams/revision-streams.js';
import { RecordedConversation } from '../testing/recorded-conversation.js';
import { ScriptedAnalyst } from '../testing/scripted-analyst.js';
import { RerunExtractionJob, type RerunExtractionPayload } from './rerun-extraction.job.js';

const directory = { namesOf: async () => new Map() } as unknown as Directory;
/** In memory: by conversation and work, then by key. */
const kept = new Map<string, Map<string, unknown>>();
const replies = {
  journalOf: (id: string, work = 'OWN') => ({
    get: async (key: string) => kept.get(`${id}/${work}`)?.get(key),
    put: async (key: string, reply: unknown) =>
      void kept.set(`${id}/${work}`, new Map(kept.get(`${id}/${work}`)).set(key, reply)),
  }),
  forget: async (id: string, work = 'OWN') => void kept.delete(`${id}/${work}`),
  forgetConversation: async (id: string) => {
    for (const key of [...kept.keys()]) if (key.startsWith(id)) kept.delete(key);
  },
} as unknown as Replies;
const unavailable = new HarmonyError('ANALYST_UNAVAILABLE');
const [projectId, revisionId] = [newId(), newId()];

let conversation: RecordedConversation;
let analyst: ScriptedAnalyst;
beforeEach(async () => {
  kept.clear();
  conversation = new RecordedConversation();
  analyst = new ScriptedAnalyst();
  await conversation.submitted();
  await conversation.transcript('Ann: Shall we meet on Friday?');
  await ordinary();
});

const context = (changes: Partial<JobContext> = {}): JobContext => ({
  ...{ workspaceId: conversation.workspaceId, correlationId: 'request', attempt: 1, lastAttempt: false },
  ...{ signal: new AbortController().signal, ...changes },
});
const parts = (): [ExtractingStreams, SpokenStreams, Extractor] => [
  new ExtractingStreams(conversation.store),
  new SpokenStreams(conversation.store),
  new Extractor(analyst, directory, systemClock),
];
const job = (): RerunExtractionJob => {
  const [extracting, spoken, extractor] = parts();
  const revisions = new RevisionStreams(conversation.store);
  return new RerunExtractionJob(extracting, spoken, revisions, extractor, replies, systemClock);
};
const rerun = (changes: Partial<RerunExtractionPayload> = {}): RerunExtractionPayload => ({
  ...{ conversationId: conversation.id, revisionId, runId: newId(), cause: newId(), ...changes },
});
const run = (payload: RerunExtractionPayload, changes: Partial<JobContext> = {}): Promise<void> =>
  job().run(payload, context(changes));
const ordinary = (): Promise<void> =>
  new ExtractConversationJob(...parts(), replies, systemClock).run({ conversationId: conversation.id }, context());
const recorded = () => conversation.dataOf('RerunExtractionRecorded');

describe('a conversation that a revision looks through again', () => {
  it('gets the next extraction of its own transcript, for the run alone', async () => {
    await conversation.completed();
    const before = conversation.store.recorded.length;
    const payload = rerun();
    await run(payload);
    expect(conversation.typesFrom(before)).toEqual(['RerunExtractionRecorded']);
    const { runId } = payload;
    expect(recorded()).toMatchObject([{ extractionVersion: 2, transcriptVersion: 1, revisionId, runId }]);
    expect(analyst.requests.at(-1)).toMatchObject({ priority: 'revision' });
    expect(conversation.dataOf('ExtractionRecorded')).toHaveLength(1);
  });

  it('is read in the words that the revision heard, where it heard any', async () => {
    const first = rerun();
    await conversation.rerunTranscript('Anne: Shall we meat on Friday?', 2, { revisionId, runId: first.runId });
    await run(first);
    await run(rerun({ revisionId: newId() }));
    expect(recorded()).toMatchObject([
      { transcriptVersion: 2, extraction: { summary: 'Shall we meat on Friday?' } },
      { transcriptVersion: 1, extraction: { summary: 'Shall we meet on Friday?' } },
    ]);
    await conversation.retried('EXTRACTION');
    await ordinary();
    expect(conversation.dataOf('ExtractionRecorded').at(-1)).toMatchObject({
      ...{ extractionVersion: 4, transcriptVersion: 1, extraction: { summary: 'Shall we meet on Friday?' } },
    });
  });

  it('is looked through once for a run, and once for all tries of a revision that read the same words', async () => {
    const first = rerun();
    await Promise.all([run(first), run(first)]);
    const asked = analyst.requests.length;
    const usage = { calls: 2, inputTokens: 10, outputTokens: 1, costMicros: 1 };
    analyst.script = () => ({ usage });
    await run(first);
    await run(rerun());
    await run(rerun());
    expect(analyst.requests).toHaveLength(asked);
    const [original, ...again] = recorded();
    expect(original).not.toHaveProperty('fromRunId');
    expect(again).toHaveLength(2);
    for (const one of again)
      expect(one).toMatchObject({ extractionVersion: 2, fromRunId: first.runId, usage: { calls: 0 } });
    const later = rerun();
    await conversation.rerunTranscript('Ann: Anew.', 2, { revisionId, runId: later.runId });
    await run(later);
    expect(recorded().at(-1)).toMatchObject({ extractionVersion: 3, transcriptVersion: 2, usage });
  });

  it('keeps its number apart from an extraction of its own that goes on at the same time', async () => {
    await conversation.retried('EXTRACTION');
    analyst.before = async () => {
      analyst.before = () => undefined;
      await run(rerun());
    };
    await ordinary();
    expect(recorded()).toMatchObject([{ extractionVersion: 2 }]);
    expect(conversation.dataOf('ExtractionRecorded')).toMatchObject([
      { extractionVersion: 1 },
      { extractionVersion: 3 },
    ]);
  });
});

describe('a run that ends in the middle', () => {
  beforeEach(() => {
    analyst.before = async ({ journal }) => {
      if ((await journal?.get('reply')) === undefined) analyst.paid += 1;
      await journal?.put('reply', 'paid');
    };
  });

  it.each(['before', 'after'] as const)('%s its append pays once, and leaves one extraction', async (moment) => {
    const payload = rerun();
    const { store } = conversation;
    store[moment] = () => {
      store[moment] = () => undefined;
      throw new Error('killed');
    };
    await expect(run(payload)).rejects.toThrow('killed');
    // What is kept for the conversation itself is another matter.
    await ordinary();
    await run(payload, { attempt: 2 });
    expect(recorded()).toHaveLength(1);
    expect([analyst.paid, kept.size]).toEqual([1, 0]);
  });

  it('for good fails the run with its code and what it cost, once, and leaves the conversation as it is', async () => {
    const usage = { calls: 3, inputTokens: 900, outputTokens: 70, costMicros: 12 };
    analyst.before = () => {
      throw new HarmonyError('ANSWER_INVALID', { facts: { usage } });
    };
    const before = conversation.store.recorded.length;
    const payload = rerun();
    await run(payload);
    await run(payload);
    const { runId } = payload;
    const failed = { conversationId: conversation.id, revisionId, runId, stage: 'EXTRACTORS', code: 'ANSWER_INVALID' };
    expect(conversation.dataOf('RerunStageFailed')).toEqual([{ ...failed, usage }]);
    expect(conversation.typesFrom(before)).toEqual(['RerunStageFailed']);
    expect(kept.size).toBe(0);
  });

  it('because the analyst is away is thrown, for the runner to try again', async () => {
    analyst.before = () => {
      throw unavailable;
    };
    const before = conversation.store.recorded.length;
    await expect(run(rerun())).rejects.toBe(unavailable);
    expect(conversation.typesFrom(before)).toEqual([]);
  });
});

describe('nothing is recorded', () => {
  const batch = (): Fact => fact('RevisionBatchPlanned', { revisionId, projectId, attempt: 1, conversations: [] });

  it('of a revision that was cancelled before it began', async () => {
    await conversation.appendTo(streams.revisionPlan(revisionId), [batch()]);
    await conversation.appendTo(streams.revisions(projectId), [fact('RevisionCancelled', { revisionId, projectId })]);
    const [before, asked] = [conversation.store.recorded.length, analyst.requests.length];
    const payload = rerun();
    await run(payload);
    await job().failed(payload, unavailable, context());
    expect(conversation.typesFrom(before)).toEqual([]);
    expect(analyst.requests).toHaveLength(asked);
    await run(rerun({ revisionId: newId() }));
    expect(recorded()).toHaveLength(1);
  });

  it.each(['in the stream', 'with its stream'])('of a conversation that is deleted %s meanwhile', async (how) => {
    const before = conversation.store.recorded.length;
    analyst.before = async ({ journal }) => {
      await journal?.put('reply', 'paid');
      await conversation.append(fact('ConversationDeleted', { conversationId: conversation.id }));
      conversation.store.deleted = how === 'with its stream';
    };
    const payload = rerun();
    await run(payload);
    await job().failed(payload, unavailable, context());
    expect(conversation.typesFrom(before)).toEqual(['ConversationDeleted']);
    expect(kept.size).toBe(0);
  });

  it('of a conversation without a transcript but that it failed', async () => {
    conversation = new RecordedConversation();
    await conversation.submitted();
    await run(rerun());
    expect(conversation.dataOf('RerunStageFailed')).toMatchObject([{ code: 'TRANSCRIPT_NOT_READY' }]);
  });
});

it('words of transcripts that are recorded side by side do not mix', async () => {
  const words = (version: number, of: string): Fact['data'] => ({
    ...{ conversationId: conversation.id, transcriptVersion: version },
    turns: [{ index: 0, speaker: 'A', text: of, startMs: null, endMs: null }],
  });
  const own = (chunk: number): Fact =>
    ({ type: 'TranscriptChunkRecorded', data: { ...words(2, `own ${chunk}`), chunk } }) as Fact;
  const others = (chunk: number): Fact =>
    ({
      type: 'RerunTranscriptChunkRecorded',
      data: { ...words(3, `other ${chunk}`), chunk, revisionId, runId: projectId },
    }) as Fact;
  const whole = { chunkCount: 2, turnCount: 2, wordCount: 4, speakers: [] };
  const identity = { conversationId: conversation.id, ...whole };
  await conversation.append(own(0), others(0), own(1), others(1));
  await conversation.append(
    fact('RerunTranscriptRecorded', { ...identity, transcriptVersion: 3, revisionId, runId: projectId }),
    fact('TranscriptRecorded', { ...identity, transcriptVersion: 2 }),
  );
  const said = async (wanted?: number): Promise<string[] | undefined> => {
    const { state } = await new SpokenStreams(conversation.store).load(conversation.id, wanted);
    return state?.turns.map(({ text }) => text);
  };
  expect(await said()).toEqual(['own 0', 'own 1']);
  expect(await said(2)).toEqual(['own 0', 'own 1']);
  expect(await said(3)).toEqual(['other 0', 'other 1']);
  expect(await said(1)).toEqual(['Shall we meet on Friday?']);
});
