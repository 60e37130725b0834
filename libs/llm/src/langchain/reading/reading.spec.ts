import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { answerWithEvidence } from '../../answer-with-evidence.js';
import { conversationOf, english } from '../../contract-suite/conversations.js';
import { questions } from '../../contract-suite/questions.js';
import type { AnalysedConversation } from '../../port.js';
import { ModelServer, readPrompt, settingsFor, type Responder } from '../../testing/index.js';
import { LangChainAnalyst } from '../langchain-analyst.js';
import { lineOf, linesOf, spansOf, tokensOfLines, windowsOf } from './lines.js';
import { bestPassages } from './ranking.js';
import { tokensOf } from './tokens.js';

const never = new AbortController().signal;
const contextTokens = 6_000;

/** Hours of small talk, with one thing that matters at the given turn. */
const longConversation = (turns: number, at: number, words: string): AnalysedConversation =>
  conversationOf(
    'long',
    Array.from({ length: turns }, (_, index): readonly [string, string] => [
      index % 2 === 0 ? 'S1' : 'S2',
      index === at ? words : `Remark number ${index} about the weather and the way to the office this morning.`,
    ]),
  );

describe('lines', () => {
  it('never fill a window beyond the budget, and none gets lost', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ maxLength: 200 })), fc.integer({ min: 100, max: 500 }), (texts, budget) => {
        const lines = texts.map((text, index) => lineOf(index, text));
        const windows = windowsOf(lines, budget);
        expect(windows.flat()).toEqual(lines);
        for (const window of windows) {
          if (window.length > 1) expect(tokensOfLines(window)).toBeLessThanOrEqual(budget);
        }
      }),
    );
  });

  it('of a very long turn are several, of the same turn, with all of its words', () => {
    const words = Array.from({ length: 5_000 }, (_, index) => `word${index}`).join(' ');
    const lines = linesOf(conversationOf('key', [['S1', words]]));
    expect(lines.length).toBeGreaterThan(5);
    expect(spansOf(lines)).toEqual([{ from: 0, to: 0 }]);
    expect(lines.map(({ text }) => text.replace('[0] S1: ', '')).join('')).toBe(words);
  });

  it('are estimated on the safe side, also in other scripts', () => {
    expect(tokensOf('The budget is approved, our finance director signed it off yesterday.')).toBeGreaterThan(13);
    expect(tokensOf('予算は承認されました')).toBeGreaterThan(9);
  });
});

describe('the best passages', () => {
  const lines = linesOf(longConversation(2_000, 1_234, 'We signed the insurance certificate on Tuesday.'));

  it('hold what a query asks for, within the budget, in the order of the conversation', () => {
    const passages = bestPassages(lines, ['When was the insurance certificate signed?', 'weather'], 1_000);
    const turns = passages.flat().map(({ turn }) => turn);
    expect(turns).toContain(1_234);
    expect(turns).toEqual(turns.toSorted((left, right) => left - right));
    expect(tokensOfLines(passages.flat())).toBeLessThanOrEqual(1_000);
  });

  it('are none where nothing has to do with the query', () => {
    expect(bestPassages(lines, ['Zebra?'], 1_000)).toEqual([]);
    expect(bestPassages(lines, [], 1_000)).toEqual([]);
  });
});

describe('a conversation that is too long for one question', () => {
  async function answered(question: keyof typeof questions, conversation: AnalysedConversation, respond: Responder) {
    const server = await ModelServer.start(respond);
    try {
      const analyst = new LangChainAnalyst('openai:scripted', settingsFor(server.url, { contextTokens }));
      const asked = { conversation, question: questions[question], background: english, signal: never };
      const { finding, usage } = await answerWithEvidence(analyst, asked);
      for (const { messages } of server.requests) {
        const sent = messages.reduce((sum, { content }) => sum + tokensOf(content), 0);
        expect(sent).toBeLessThanOrEqual(contextTokens);
      }
      return { finding, usage, requests: server.requests };
    } finally {
      await server.stop();
    }
  }
  const reply = (turn: number, quote: string, value: unknown) => ({
    ...{ evidence: [{ turn, quote, part: null }], rationale: 'It is said.', outcome: 'ANSWERED', value, confidence: 1 },
  });

  it('is searched for what the question names, in one call', async () => {
    const words = 'Our finance director has approved the budget.';
    const { finding, usage } = await answered('YES_NO', longConversation(3_000, 2_500, words), (request) => {
      const { conversation } = readPrompt(request);
      const found = conversation.turns.find(({ text }) => text === words);
      return reply(found?.index ?? 0, words, { answer: 'YES' });
    });
    expect(usage.calls).toBe(1);
    expect(finding).toMatchObject({ outcome: 'ANSWERED', evidence: [{ turn: 2_500, quote: words }] });
    expect(finding.searched.some(({ from, to }) => from <= 2_500 && to >= 2_500)).toBe(true);
    expect(finding.searched).not.toEqual([{ from: 0, to: 2_999 }]);
  });

  it('is read in parts and noted, for what is about all of it', async () => {
    const words = 'I will send the contract by Friday.';
    const seen = new Set<number>();
    const conversation = longConversation(1_500, 700, words);
    const { finding, usage } = await answered('FUNNEL', conversation, (request) => {
      const prompt = readPrompt(request);
      const turns = prompt.conversation.turns;
      if (prompt.kind === 'QUESTION') {
        expect(turns).toMatchObject([{ index: 700, text: `${words} -> a promise` }]);
        return reply(700, words, { stage: 'offer' });
      }
      for (const { index } of turns) seen.add(index);
      const found = turns.filter(({ text }) => text === words);
      return { notes: found.map(({ index, text }) => ({ turn: index, quote: text, note: 'a promise' })) };
    });
    expect(seen.size).toBe(1_500);
    expect(usage.calls).toBeGreaterThan(5);
    expect(finding).toMatchObject({ answer: { stage: 'offer' }, evidence: [{ turn: 700, quote: words }] });
    expect(finding.searched).toEqual([{ from: 0, to: 1_499 }]);
  });

  it('is noted again where the notes are too long themselves', async () => {
    const conversation = longConversation(1_000, 1, 'Hello.');
    const { finding } = await answered('SUMMARY', conversation, (request) => {
      const { kind, conversation: part } = readPrompt(request);
      const notes = part.turns.slice(0, 12).map(({ index, text }) => ({
        ...{ turn: index, quote: text.slice(0, 60), note: 'somebody said something about it, at some length' },
      }));
      if (kind === 'NOTES') return { notes };
      return reply(0, 'Remark number 0', { overview: 'They talk.', keyPoints: ['Weather.'], actionItems: [] });
    });
    expect(finding).toMatchObject({ outcome: 'ANSWERED' });
  });
});
