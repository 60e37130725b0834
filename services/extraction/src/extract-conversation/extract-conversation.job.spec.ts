import type { Directory } from '@harmony/access';
import { HarmonyError } from '@harmony/contracts';
import { fact, newId, systemClock } from '@harmony/kernel';
import type { JobContext } from '@harmony/messaging';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { ExtractingStreams, SpokenStreams } from '../streams/conversation-streams.js';
import { RecordedConversation } from '../testing/recorded-conversation.js';
import { ScriptedAnalyst, scriptedOrigin } from '../testing/scripted-analyst.js';
import type { Replies } from '../journal/replies.js';
import { ExtractConversationJob } from './extract-conversation.job.js';
import { Extractor } from './extractor.js';

const ann = newId();
const directory = { namesOf: async () => new Map([[ann, 'Ann Lee']]) } as unknown as Directory;
/** In memory: by conversation, then by key. */
const kept = new Map<string, Map<string, unknown>>();
const replies = {
  journalOf: (id: string) => ({
    get: async (key: string) => kept.get(id)?.get(key),
    put: async (key: string, reply: unknown) => void kept.set(id, new Map(kept.get(id)).set(key, reply)),
  }),
  forget: async (id: string) => void kept.delete(id),
  forgetConversation: async (id: string) => void kept.delete(id),
} as unknown as Replies;
const made = ['StageStarted', 'ExtractionRecorded', 'StageSucceeded'];
const unavailable = new HarmonyError('ANALYST_UNAVAILABLE');

let conversation: RecordedConversation;
let analyst: ScriptedAnalyst;
let before: number;
beforeEach(async () => {
  conversation = new RecordedConversation();
  analyst = new ScriptedAnalyst();
  await conversation.submitted();
  await conversation.transcript('Ann: Shall we meet on Friday?\nBob: Yes. I will send the offer by Monday.');
  before = conversation.store.recorded.length;
});

const context = (changes: Partial<JobContext> = {}): JobContext => ({
  ...{ workspaceId: conversation.workspaceId, correlationId: 'request', attempt: 1, lastAttempt: false },
  ...{ signal: new AbortController().signal, ...changes },
});
const job = (): ExtractConversationJob =>
  new ExtractConversationJob(
    new ExtractingStreams(conversation.store),
    new SpokenStreams(conversation.store),
    new Extractor(analyst, directory, systemClock),
    replies,
    systemClock,
  );
const run = (changes: Partial<JobContext> = {}): Promise<void> =>
  job().run({ conversationId: conversation.id }, context(changes));
const types = (): string[] => conversation.typesFrom(before);

describe('a conversation with its transcript', () => {
  it('is looked through: what the analyst found with its words, and figures', async () => {
    analyst.script = () => ({
      summary: 'They plan to meet.\0',
      keyPoints: [
        { text: 'A meeting', evidence: [{ turn: 1, quote: 'meet on  friday', part: null }] },
        { text: 'An invention', evidence: [{ turn: 0, quote: 'We signed the contract', part: null }] },
      ],
      actionItems: [
        {
          ...{ text: 'Send the offer', owner: 'Bob', due: 'Monday' },
          evidence: [{ turn: 1, quote: 'I will send the offer by Monday.', part: null }],
        },
      ],
      topics: ['offer', 'offer', ' ', 'meeting'],
      questions: [{ turn: 0, quote: 'Shall we meet on Friday?', part: null }],
    });
    await run();
    expect(types()).toEqual(made);
    const [recorded] = conversation.dataOf('ExtractionRecorded');
    expect(recorded).toMatchObject({
      ...{ extractionVersion: 1, transcriptVersion: 1, origin: scriptedOrigin },
      extraction: {
        ...{ summary: 'They plan to meet.', topics: ['offer', 'meeting'] },
        keyPoints: [{ text: 'A meeting', evidence: [{ turn: 0, quote: 'meet on Friday', startInTurn: 9 }] }],
        actionItems: [{ owner: 'Bob', due: 'Monday', evidence: [{ turn: 1, startInTurn: 5, start: 30 }] }],
        questions: [{ text: 'Shall we meet on Friday?', speaker: 'A', evidence: { turn: 0, start: 0, end: 24 } }],
      },
      statistics: {
        turns: 2,
        words: 13,
        speakers: [
          { speaker: 'B', questions: 0 },
          { speaker: 'A', questions: 1 },
        ],
      },
    });
    expect(recorded?.extraction.keyPoints).toHaveLength(1);
  });

  it('is looked through once, however often and by however many it is asked for', async () => {
    await Promise.all([run(), run()]);
    await run();
    expect(types().filter((type) => type !== 'StageStarted')).toEqual(['ExtractionRecorded', 'StageSucceeded']);
  });

  it('in which nobody says a word asks nobody', async () => {
    conversation = new RecordedConversation();
    await conversation.submitted();
    await conversation.transcript({ turns: [], speakers: [] });
    await run();
    expect(analyst.requests).toEqual([]);
    expect(conversation.dataOf('ExtractionRecorded')).toMatchObject([
      { extraction: { summary: '', questions: [] }, statistics: { turns: 0, speakers: [] }, usage: { calls: 0 } },
    ]);
  });

  it('tells the analyst who speaks, as people know them, and on which side', async () => {
    const contact = { kind: 'CONTACT', id: ann } as const;
    await conversation.append(
      fact('SpeakerMatched', { conversationId: conversation.id, speaker: 'A', match: contact }),
    );
    await run();
    expect(analyst.requests[0]?.conversation.voices).toEqual([
      { code: 'A', name: 'Ann Lee', role: 'CUSTOMER' },
      { code: 'B', name: 'Bob', role: null },
    ]);
    expect(conversation.dataOf('ExtractionRecorded')[0]?.statistics.sides).toMatchObject([{ role: 'CUSTOMER' }]);
  });

  it('of 25,000 turns full of questions is recorded in one append', async () => {
    conversation = new RecordedConversation();
    await conversation.submitted();
    const turns = Array.from({ length: 25_000 }, (_, index) => ({
      ...{ index, speaker: index % 2 ? 'B' : 'A', startMs: index * 1_000, endMs: index * 1_000 + 900 },
      text: `Is number ${index} ${'of the long list '.repeat(40)}what you mean?`,
    }));
    const speakers = ['A', 'B'].map((code) => ({ code, name: null, words: 1, turns: 12_500 }));
    await conversation.transcript({ turns, speakers });
    analyst.script = () => ({
      summary: 'x'.repeat(1_000_000),
      questions: turns.map(({ index: turn, text: quote }) => ({ turn, quote, part: null })),
      keyPoints: turns.map(({ index: turn, text: quote }) => ({
        text: quote,
        evidence: [{ turn, quote, part: null }],
      })),
    });
    await run();
    const [recorded] = conversation.dataOf('ExtractionRecorded');
    expect(Buffer.byteLength(JSON.stringify(recorded))).toBeLessThan(850_000);
    expect(recorded?.extraction.questions.length).toBeGreaterThan(100);
    expect(recorded?.statistics).toMatchObject({ turns: 25_000, speakers: [{ questions: 12_500 }, {}] });
  }, 60_000);
});

describe('an analyst that is away', () => {
  it('is asked again, and the conversation says each time what happened', async () => {
    analyst.before = () => {
      throw unavailable;
    };
    await expect(run()).rejects.toBe(unavailable);
    expect(types()).toEqual(['StageStarted', 'StageAttemptFailed']);
    analyst.before = () => undefined;
    await run({ attempt: 2 });
    expect(types().slice(2)).toEqual(made);
    expect(conversation.dataOf('StageSucceeded')).toMatchObject([{ attempt: 2 }]);
  });

  it('for good fails the conversation with the code, and a retry by people brings it on', async () => {
    analyst.before = () => {
      throw unavailable;
    };
    await expect(run({ attempt: 8, lastAttempt: true })).rejects.toBe(unavailable);
    await job().failed({ conversationId: conversation.id }, unavailable, context());
    await job().failed({ conversationId: conversation.id }, unavailable, context());
    expect(types()).toEqual(['StageStarted', 'StageAttemptFailed', 'ConversationFailed']);
    expect(conversation.dataOf('ConversationFailed')).toMatchObject([
      { stage: 'EXTRACTION', code: 'ANALYST_UNAVAILABLE' },
    ]);
    analyst.before = () => undefined;
    await run();
    expect(types()).toHaveLength(3);
    await conversation.retried('EXTRACTION');
    await run();
    expect(types().slice(4)).toEqual(made);
    expect(conversation.dataOf('ExtractionRecorded')).toMatchObject([{ extractionVersion: 1, transcriptVersion: 1 }]);
  });

  it('that gives no answer of the asked form is not asked for ever', async () => {
    analyst.before = () => {
      throw new HarmonyError('ANSWER_INVALID');
    };
    await run();
    expect(conversation.dataOf('ConversationFailed')).toMatchObject([{ stage: 'EXTRACTION', code: 'ANSWER_INVALID' }]);
  });

  it('is a matter of the next process when this one stops', async () => {
    const stopping = new AbortController();
    analyst.before = () => {
      stopping.abort();
      throw unavailable;
    };
    await expect(run({ signal: stopping.signal })).rejects.toBe(unavailable);
    expect(types()).toEqual(['StageStarted']);
    analyst.before = () => undefined;
    await run({ attempt: 2 });
    expect(types()).toEqual(made);
  });
});

describe('a run that ends in the middle', () => {
  it.each(['before', 'after'] as const)('%s any append is made up for, with one extraction', async (moment) => {
    for (const call of [1, 2]) {
      conversation = new RecordedConversation();
      await conversation.submitted();
      await conversation.transcript('Ann: Hello.');
      const { store } = conversation;
      before = store.recorded.length;
      let calls = 0;
      store[moment] = () => {
        calls += 1;
        if (calls === call) throw new Error('killed');
      };
      const stopping = new AbortController();
      stopping.abort();
      await expect(run({ signal: stopping.signal })).rejects.toBeDefined();
      store[moment] = () => undefined;
      await run({ attempt: 2 });
      expect(types()).toEqual(made);
    }
  });
});

describe('a conversation that cannot be looked through', () => {
  it('says what the tries for it cost, where they cost anything', async () => {
    const usage = { calls: 3, inputTokens: 900, outputTokens: 70, costMicros: 12 };
    analyst.before = () => {
      throw new HarmonyError('ANSWER_INVALID', { facts: { usage } });
    };
    await run();
    await conversation.retried('EXTRACTION');
    analyst.before = () => {
      throw new HarmonyError('ANSWER_INVALID');
    };
    await run();
    const [costly, free] = conversation.dataOf('StageAttemptFailed');
    expect(costly).toMatchObject({ code: 'ANSWER_INVALID', willRetry: false, usage });
    expect(free).not.toHaveProperty('usage');
  });
});

describe('replies that were paid for', () => {
  beforeEach(() => {
    analyst.before = async ({ journal }) => {
      if ((await journal?.get('reply')) === undefined) analyst.paid += 1;
      await journal?.put('reply', 'paid');
    };
  });

  it('are paid once when the run ends before the extraction is recorded, and forgotten with it', async () => {
    let appends = 0;
    conversation.store.before = () => {
      appends += 1;
      if (appends === 2) throw new Error('killed');
    };
    await expect(run({ signal: AbortSignal.abort() })).rejects.toBeDefined();
    expect(kept.size).toBe(1);
    conversation.store.before = () => undefined;
    await run({ attempt: 2 });
    expect(types()).toEqual(made);
    expect([analyst.paid, kept.size]).toEqual([1, 0]);
  });

  it('are forgotten when the conversation is deleted meanwhile, and when it is given up', async () => {
    const pay = analyst.before;
    analyst.before = async (request) => {
      await pay(request);
      throw new HarmonyError('ANSWER_INVALID');
    };
    await run();
    expect(kept.size).toBe(0);
    await conversation.retried('EXTRACTION');
    analyst.before = async (request) => {
      await pay(request);
      conversation.store.deleted = true;
    };
    await run();
    expect(kept.size).toBe(0);
  });
});

describe('a conversation that changes while it is looked through', () => {
  it('and is deleted ends the run quietly', async () => {
    analyst.before = () => conversation.append(fact('ConversationDeleted', { conversationId: conversation.id }));
    await run();
    expect(types()).toEqual(['StageStarted', 'ConversationDeleted']);
    analyst.before = () => void (conversation.store.deleted = true);
    await run();
    await job().failed({ conversationId: conversation.id }, unavailable, context());
    expect(types()).toEqual(['StageStarted', 'ConversationDeleted']);
  });

  it('and is gone ends the run quietly', async () => {
    analyst.before = () => void (conversation.store.deleted = true);
    await run();
    expect(types()).toEqual(['StageStarted']);
  });

  it('and gets a new transcript gets an extraction of that one only', async () => {
    analyst.before = async () => {
      analyst.before = () => undefined;
      await conversation.append(
        fact('ConversationFailed', { conversationId: conversation.id, stage: 'EXTRACTION', code: 'TIMED_OUT' }),
      );
      await conversation.retried('TRANSCRIPTION');
      await conversation.transcript('Ann: Something else.', 2);
    };
    await run();
    expect(conversation.dataOf('ExtractionRecorded')).toEqual([]);
    await run();
    expect(conversation.dataOf('ExtractionRecorded')).toMatchObject([
      { extractionVersion: 1, transcriptVersion: 2, extraction: { summary: 'Something else.' } },
    ]);
  });
});

describe('a conversation that is over', () => {
  beforeEach(async () => {
    await run();
    await conversation.completed();
    before = conversation.store.recorded.length;
  });

  it('is left alone, and looked through again when somebody wants that', async () => {
    await run();
    expect(types()).toEqual([]);
    await conversation.retried('EXTRACTION');
    await run();
    expect(types().slice(1)).toEqual(made);
    expect(conversation.dataOf('ExtractionRecorded').at(-1)).toMatchObject({ extractionVersion: 2 });
    expect(conversation.dataOf('StageSucceeded').at(-1)).toMatchObject({ attempt: 2 });
  });

  it('keeps its extraction when only its insights are wanted anew', async () => {
    await conversation.retried('INSIGHTS');
    await run();
    expect(types()).toEqual(['ConversationRetried']);
  });

  it('waits for its new transcript', async () => {
    await conversation.retried('TRANSCRIPTION');
    await run();
    expect(types()).toEqual(['ConversationRetried']);
    await conversation.transcript('Ann: Anew.', 2);
    await run();
    expect(conversation.dataOf('ExtractionRecorded').at(-1)).toMatchObject({
      extractionVersion: 2,
      transcriptVersion: 2,
    });
  });
});
