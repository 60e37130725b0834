import type { Principal } from '@harmony/access';
import { HarmonyError, streams } from '@harmony/contracts';
import { eventsFrom, fact, newId, type Fact } from '@harmony/kernel';
import { replay, verify } from '@harmony/read-model';
import { eventually } from '@harmony/testing';
import { rerunTranscriptFacts, structureTranscript, writtenOrigin } from '@harmony/transcript';
import { afterAll, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { ExtractionResolver } from './api/extraction.resolver.js';
import { Replies } from './journal/replies.js';
import { extractionsProjection } from './projections/extractions.projection.js';
import type { ExtractionView } from './read-model/extraction-view.js';
import { startExtraction, type RunningExtraction, type SampleConversation } from './testing/running-extraction.js';

jest.setTimeout(60_000);

let system: RunningExtraction;
let resolver: ExtractionResolver;
beforeAll(async () => {
  system = await startExtraction();
  resolver = system.api.get(ExtractionResolver, { strict: false });
}, 120_000);
afterAll(() => system?.close(), 60_000);
beforeEach(() => {
  system.analyst.before = () => undefined;
  system.analyst.script = () => ({});
});

const read = (reader: Principal, id: string): Promise<ExtractionView | null> =>
  resolver.conversationExtraction(reader, id);
const extracted = ({ owner, id }: SampleConversation, version = 1): Promise<ExtractionView> =>
  eventually(async () => {
    const view = await read(owner, id);
    if (view?.version !== version) throw new Error(`It has version ${view?.version}.`);
    return view;
  });
const typesOf = async (id: string): Promise<string[]> => {
  const types: string[] = [];
  for await (const { type } of system.backends.eventStore.readStream(streams.conversation(id))) types.push(type);
  return types;
};
const visible = async ({ append }: SampleConversation, ...facts: readonly Fact[]) =>
  system.backends.progress.waitFor(extractionsProjection.name, await append(...facts));

/** Tables of this service that hold the word. */
async function placesOf(word: string): Promise<string[]> {
  const { worker } = system.backends.database;
  const { rows: tables } = await worker.query<{ name: string }>(
    "select schemaname || '.' || tablename as name from pg_tables where schemaname like 'extraction%'",
  );
  const found: string[] = [];
  for (const { name } of tables) {
    const sql = `select 1 from ${name} as every_row where every_row::text like $1 limit 1`;
    if ((await worker.query(sql, [`%${word}%`])).rowCount) found.push(name);
  }
  return found.sort();
}

describe('a recorded transcript', () => {
  it('goes by event, consumer, job and projection to what its readers see', async () => {
    system.analyst.script = () => ({
      actionItems: [
        { text: 'Call back', owner: 'Bob', due: null, evidence: [{ turn: 1, quote: 'call back', part: null }] },
      ],
      questions: [{ turn: 0, quote: 'Are you there?', part: null }],
      topics: ['calls'],
    });
    const conversation = await system.conversation('Ann: Are you there?\nBob: I will call back.');
    expect(await extracted(conversation)).toMatchObject({
      ...{ conversationId: conversation.id, transcriptVersion: 1, summary: 'Are you there?', topics: ['calls'] },
      actionItems: [{ text: 'Call back', owner: 'Bob', due: null, evidence: [{ quote: 'call back', turn: 1 }] }],
      questions: [{ text: 'Are you there?', speakerCode: 'A', speakerName: 'Ann' }],
      statistics: {
        speakers: [
          { speakerName: 'Bob', words: 4 },
          { speakerName: 'Ann', questions: 1 },
        ],
        sides: [],
      },
      analyst: { engine: 'scripted', model: 'script', templateVersion: '1' },
    });
    expect((await typesOf(conversation.id)).slice(3)).toEqual(['StageStarted', 'ExtractionRecorded', 'StageSucceeded']);
  });

  it('shows speakers as they are called now', async () => {
    const conversation = await system.conversation('Ann: Hello.');
    await extracted(conversation);
    const match = { kind: 'NAME', name: 'Ann Lee' } as const;
    await visible(conversation, fact('SpeakerMatched', { conversationId: conversation.id, speaker: 'A', match }));
    expect((await extracted(conversation)).statistics.speakers).toMatchObject([{ speakerName: 'Ann Lee' }]);
  });

  it('shows the figures of the sides by whom speakers are matched to now, whenever that was said', async () => {
    const conversation = await system.conversation('Ann: One two.\nBob: Three?\nCid: Four five.\nAnn: Six.');
    const { id } = conversation;
    const sidesAfter = async (...matches: [string, 'USER' | 'CONTACT' | null][]): Promise<object[]> => {
      const facts = matches.map(([speaker, kind]) =>
        fact('SpeakerMatched', { conversationId: id, speaker, match: kind && { kind, id: newId() } }),
      );
      if (facts.length > 0) await visible(conversation, ...facts);
      return (await extracted(conversation)).statistics.sides;
    };
    expect(await sidesAfter()).toEqual([]);
    expect(await sidesAfter(['A', 'USER'], ['B', 'CONTACT'], ['C', 'CONTACT'])).toMatchObject([
      { role: 'HOST', turns: 2, words: 3, share: 0.5, questions: 0, longestMonologueWords: 2 },
      { role: 'CUSTOMER', turns: 2, words: 3, share: 0.5, questions: 1, longestMonologueWords: 3 },
    ]);
    expect(await sidesAfter(['C', 'USER'])).toMatchObject([
      { role: 'HOST', turns: 3, words: 5, longestMonologueWords: 3 },
      { role: 'CUSTOMER', turns: 1, words: 1 },
    ]);
    expect(await sidesAfter(['A', null], ['B', null], ['C', null])).toEqual([]);
  });
});

describe('whoever may not read a conversation', () => {
  it('does not learn what it says, nor that it is there; who may, is said by the conversation', async () => {
    const conversation = await system.conversation('Ann: Hello.');
    await extracted(conversation);
    const { owner, id } = conversation;
    const [colleague, foreigner] = [
      { ...owner, userId: newId() },
      { ...owner, workspaceId: newId() },
    ];
    for (const reader of [colleague, foreigner])
      await expect(read(reader, id)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(read(owner, 'x')).rejects.toMatchObject({ code: 'NOT_FOUND' });
    const nobody = { ...owner, permissions: new Set<never>() };
    await expect(read(nobody, id)).rejects.toMatchObject({ code: 'FORBIDDEN' });
    await visible(conversation, fact('ConversationChanged', { conversationId: id, ownerId: colleague.userId }));
    expect(await read(colleague, id)).not.toBeNull();
  });
});

describe('a conversation without an extraction', () => {
  it('has none to show until the analyst is back, and says at which stage it waits', async () => {
    let isAway = true;
    system.analyst.before = () => {
      if (isAway) throw new HarmonyError('ANALYST_UNAVAILABLE');
    };
    const conversation = await system.conversation('Ann: Hello.');
    await eventually(async () => expect(await typesOf(conversation.id)).toContain('StageAttemptFailed'));
    expect(await read(conversation.owner, conversation.id)).toBeNull();
    isAway = false;
    await extracted(conversation);
  });

  it('that failed is looked through when somebody tries again', async () => {
    system.analyst.before = () => {
      throw new HarmonyError('ANALYST_NOT_CONFIGURED');
    };
    const conversation = await system.conversation('Ann: Hello.');
    await eventually(async () => expect(await typesOf(conversation.id)).toContain('ConversationFailed'));
    system.analyst.before = () => undefined;
    const { id, append } = conversation;
    await append(fact('ConversationRetried', { conversationId: id, fromStage: 'EXTRACTION' }));
    await extracted(conversation);
  });
});

describe('a revision', () => {
  const [revisionId, projectId] = [newId(), newId()];
  const rerunsOf = async (id: string): Promise<unknown[]> => {
    const found: unknown[] = [];
    for await (const { type, data } of system.backends.eventStore.readStream(streams.conversation(id)))
      if (type === 'RerunExtractionRecorded') found.push(data);
    return found;
  };

  it('has conversations looked through again, and what their readers see stays what it is', async () => {
    const [heard, read] = [await system.conversation('Ann: Hello.'), await system.conversation('Bob: Hello.')];
    for (const each of [heard, read]) await extracted(each);
    const runId = newId();
    const planned = { stage: 'EXTRACTORS' as const, asked: [], repeated: [] };
    const batch = {
      ...{ revisionId, projectId, attempt: 1 },
      conversations: [
        { ...planned, conversationId: read.id, runId },
        { ...planned, conversationId: heard.id, runId: newId(), stage: 'INSIGHTS' as const },
      ],
    };
    await read.appendTo(streams.revisionPlan(revisionId), [fact('RevisionBatchPlanned', batch)]);
    await eventually(async () =>
      expect(await rerunsOf(read.id)).toMatchObject([{ extractionVersion: 2, transcriptVersion: 1, runId }]),
    );
    const identity = { conversationId: heard.id, transcriptVersion: 2, revisionId, runId: newId() };
    await heard.append(...rerunTranscriptFacts(identity, structureTranscript('Ann: Halo.'), writtenOrigin('TEXT')));
    await eventually(async () =>
      expect(await rerunsOf(heard.id)).toMatchObject([{ transcriptVersion: 2, extraction: { summary: 'Halo.' } }]),
    );
    await system.backends.progress.waitFor(extractionsProjection.name, await system.backends.eventStore.head());
    expect(await extracted(heard)).toMatchObject({ version: 1, transcriptVersion: 1, summary: 'Hello.' });
  });
});

describe('a deleted conversation', () => {
  it('leaves nothing of what it said, also not in what a replay put aside, nor of what revisions were told', async () => {
    const conversation = await system.conversation('Ann: The word is Zebrafish.');
    const { id, owner } = conversation;
    await extracted(conversation);
    const { database, eventStore } = system.backends;
    await replay(extractionsProjection, { database, store: eventStore });
    const replies = new Replies(database.worker);
    for (const work of [newId(), undefined]) await replies.journalOf(id, work).put('key', 'Zebrafish');
    expect(await placesOf('Zebrafish')).toEqual([
      ...['extraction.extractions', 'extraction.replies', 'extraction_archive.extractions'],
    ]);
    await visible(conversation, fact('ConversationDeleted', { conversationId: id, transcripts: [] }));
    await expect(read(owner, id)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    const tombstone = streams.tombstone(id);
    const cause = {
      ...{ workspaceId: owner.workspaceId, causationId: newId(), correlationId: 'test' },
      ...{ occurredAt: new Date().toISOString(), actor: { kind: 'SYSTEM', id: 'test' } as const },
    };
    await eventStore.deleteStream(streams.conversation(id), 'any');
    const erased = fact('ConversationErased', { conversationId: id, transcripts: [] });
    await eventStore.append(tombstone, eventsFrom(cause, tombstone, [erased]), 'none');
    await eventually(async () => expect(await placesOf('Zebrafish')).toEqual([]));
  });
});

it('a replay of everything gives the very same rows', async () => {
  const { database, eventStore: store } = system.backends;
  const { differences, examples } = await verify(extractionsProjection, { database, store });
  expect({ differences, examples }).toEqual({ differences: 0, examples: [] });
});
