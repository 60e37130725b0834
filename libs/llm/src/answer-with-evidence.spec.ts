import { HarmonyError, noUsage, type Answer, type Question } from '@harmony/contracts';
import { describe, expect, it } from '@jest/globals';
import { answerWithEvidence, usageOf } from './answer-with-evidence.js';
import type { Analyst, AnalystAnswer, QuestionRequest } from './port.js';

const once = { calls: 1, inputTokens: 10, outputTokens: 2, costMicros: 5 };
const yes: Answer = { type: 'YES_NO', answer: 'YES' };
const question: Question = { type: 'YES_NO', question: 'Is there a budget?' };
const said = (quote: string, answer: Answer = yes): AnalystAnswer => ({
  ...{ outcome: 'ANSWERED', answer, rationale: 'r', confidence: 2, usage: once },
  ...{ evidence: [{ turn: 0, quote, part: null }], searched: [{ from: -3, to: 99 }] },
});

/** Answers one reply after the other, and keeps what it was asked. */
function scripted(...replies: (AnalystAnswer | Error)[]): { analyst: Analyst; asked: QuestionRequest[] } {
  const asked: QuestionRequest[] = [];
  const analyst: Analyst = {
    originOf: () => ({ engine: 'scripted', model: 'm', parameters: {}, templateVersion: '1' }),
    answer: async (request) => {
      asked.push(request);
      const reply = replies.shift();
      if (!reply || reply instanceof Error) throw reply ?? new Error('asked too often');
      return reply;
    },
    extract: () => Promise.reject(new Error('not asked for')),
    close: async () => undefined,
  };
  return { analyst, asked };
}

const request = (...texts: string[]): QuestionRequest => ({
  question,
  conversation: {
    ...{ key: 'k', title: 'Call', startedAt: null, voices: [] },
    turns: texts.map((text, index) => ({ index, speaker: 'A', text, startMs: null, endMs: null })),
  },
  background: { language: 'en', knowledge: '', handbook: '', context: '' },
  signal: new AbortController().signal,
});
const call = request('We have forty thousand.', 'Good.');

describe('an answer', () => {
  it('is kept with the words that support it, to the letter', async () => {
    const { finding, usage } = await answerWithEvidence(scripted(said('we have FORTY thousand')).analyst, call);
    expect(finding).toMatchObject({
      ...{ outcome: 'ANSWERED', answer: yes, confidence: 1, searched: [{ from: 0, to: 1 }] },
      evidence: [{ quote: 'We have forty thousand', turn: 0, start: 0, end: 22 }],
    });
    expect(usage).toEqual(once);
  });

  it('that no words support is mended once', async () => {
    const { analyst, asked } = scripted(said('We have sixty million in gold'), said('forty thousand'));
    const { finding, usage } = await answerWithEvidence(analyst, call);
    expect(finding).toMatchObject({ evidence: [{ quote: 'forty thousand' }] });
    expect(usage).toMatchObject({ calls: 2, costMicros: 10 });
    expect(asked.map(({ repair }) => repair?.problem)).toEqual([undefined, 'UNSUPPORTED_ANSWER']);
  });

  it('about competitors is not supported by what was said of a name that is none', async () => {
    const named: Answer = {
      type: 'COMPETITORS',
      mentions: ['Acme', 'Ours'].map((name) => ({ name, stance: 'NEUTRAL', positioning: null })),
    } as Answer;
    const about = { ...request('Ours is fine.', 'And Acme is cheaper.') };
    const asked = { ...about, question: { type: 'COMPETITORS', track: [], exclude: ['ours'] } as Question };
    const quotes = (...parts: string[]): AnalystAnswer => ({
      ...said('', named),
      evidence: parts.map((part) => ({ turn: part === 'Ours' ? 0 : 1, quote: `${part} is`, part })),
    });
    const { finding } = await answerWithEvidence(scripted(quotes('Ours'), quotes('Ours', 'Acme')).analyst, asked);
    expect(finding).toMatchObject({ answer: { mentions: [{ name: 'Acme' }] }, evidence: [{ part: 'Acme' }] });
    expect(finding.evidence).toHaveLength(1);
  });

  describe('with claims of which not each has a quote of its own', () => {
    const items = ['budget', 'date'].map((key) => ({ key, text: key }));
    const asked = { ...call, question: { type: 'CHECKLIST', items } as Question };
    const both: Answer = {
      type: 'CHECKLIST',
      items: items.map(({ key }) => ({ key, outcome: 'MET' as const, rationale: '' })),
    };
    const quoting = (evidence: Readonly<Record<string, string>>): AnalystAnswer => ({
      ...said('', both),
      evidence: Object.entries(evidence).map(([part, quote]) => ({ turn: 0, quote, part })),
    });
    const half = quoting({ budget: 'forty thousand', date: 'On the first of May, I promise' });
    const outcomes = ({ finding }: { finding: object }): unknown =>
      (finding as { answer: typeof both }).answer.items.map(({ outcome }) => outcome);

    it('is mended once, and kept whole where the other quotes come', async () => {
      const { analyst, asked: requests } = scripted(half, quoting({ budget: 'forty thousand', date: 'we have' }));
      const answered = await answerWithEvidence(analyst, asked);
      expect(outcomes(answered)).toEqual(['MET', 'MET']);
      expect(answered.usage.calls).toBe(2);
      expect(requests[1]?.repair).toMatchObject({ problem: 'UNSUPPORTED_ANSWER' });
    });

    it('keeps those that have one, and not the others', async () => {
      const answered = await answerWithEvidence(scripted(half, half).analyst, asked);
      expect(outcomes(answered)).toEqual(['MET', 'NOT_MET']);
      expect(answered.finding.evidence).toMatchObject([{ part: 'budget', quote: 'forty thousand' }]);
    });

    it('keeps what it had before, where mending it brings nothing that can be used', async () => {
      const useless = said('forty thousand', { type: 'SCALE', value: 3 });
      expect(outcomes(await answerWithEvidence(scripted(half, useless).analyst, asked))).toEqual(['MET', 'NOT_MET']);
    });

    it('is none where quotes stand for no claim of it', async () => {
      const elsewhere = quoting({ price: 'forty thousand' });
      const answered = answerWithEvidence(scripted(elsewhere, elsewhere).analyst, asked);
      await expect(answered).rejects.toMatchObject({ code: 'UNSUPPORTED_ANSWER' });
    });

    it('says which competitors it leaves out', async () => {
      const names: Answer = {
        type: 'COMPETITORS',
        mentions: ['Acme', 'Zeta'].map((name) => ({ name, stance: 'NEUTRAL', positioning: null, advantages: [] })),
      };
      const reply = { ...said('', names), evidence: [{ turn: 0, quote: 'Acme', part: 'Acme' }] };
      const about = { ...request('Acme is cheaper.'), question: { type: 'COMPETITORS', track: [], exclude: [] } };
      const { finding } = await answerWithEvidence(scripted(reply, reply).analyst, about as QuestionRequest);
      expect(finding).toMatchObject({ answer: { mentions: [{ name: 'Acme' }] } });
      expect(finding.rationale).toBe('r Left out, since no words of the conversation show them: Zeta.');
    });
  });

  it('that cannot be mended is none, and what it took is told', async () => {
    const { analyst } = scripted(said('We have sixty million'), said('We have sixty million'));
    const error: unknown = await answerWithEvidence(analyst, call).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: 'UNSUPPORTED_ANSWER' });
    expect(usageOf(error)).toMatchObject({ calls: 2 });
  });

  it('that does not fit its question is mended once', async () => {
    const { analyst, asked } = scripted(said('forty thousand', { type: 'SCALE', value: 3 }), said('forty thousand'));
    expect((await answerWithEvidence(analyst, call)).finding.outcome).toBe('ANSWERED');
    expect(asked[1]?.repair?.problem).toBe('ANSWER_INVALID');
  });

  it('of no needs no words', async () => {
    const { analyst } = scripted(said('never said by anybody', { type: 'YES_NO', answer: 'NO' }));
    expect((await answerWithEvidence(analyst, call)).finding).toMatchObject({ outcome: 'ANSWERED', evidence: [] });
  });

  it('whose mending fails counts what was spent on it', async () => {
    const failure = new HarmonyError('ANALYST_UNAVAILABLE', { facts: { usage: once } });
    const { analyst } = scripted(said('nowhere to be found'), failure);
    const error: unknown = await answerWithEvidence(analyst, call).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: 'ANALYST_UNAVAILABLE' });
    expect(usageOf(error)).toMatchObject({ calls: 2 });
  });

  it.each([[[]], [['', ' … ']]])('about the silence of %j is not asked for', async (texts) => {
    const { finding, usage } = await answerWithEvidence(scripted().analyst, request(...texts));
    expect(finding.outcome).toBe('NOT_DISCUSSED');
    expect(usage).toEqual(noUsage);
  });

  it('is asked for in one order, whatever order the definition has', async () => {
    const items = ['b', 'a'].map((key) => ({ key, text: key }));
    const reply: AnalystAnswer = {
      ...said('', { type: 'CHECKLIST', items: ['a', 'b'].map((key) => ({ key, outcome: 'MET', rationale: '' })) }),
      evidence: ['a', 'b'].map((part) => ({ turn: 0, quote: 'forty thousand', part })),
    };
    const { analyst, asked } = scripted(reply);
    const { finding } = await answerWithEvidence(analyst, { ...call, question: { type: 'CHECKLIST', items } });
    expect(asked[0]?.question).toMatchObject({ items: [{ key: 'a' }, { key: 'b' }] });
    expect(finding).toMatchObject({ answer: { items: [{ key: 'b' }, { key: 'a' }] } });
  });

  it('about a conversation of a day still fits into one append, and counts what it does not list', async () => {
    const texts = Array.from({ length: 30_000 }, (_, turn) => `How many invoices are there of kind ${turn}?`);
    const questions = texts.map((_, turn) => ({ turn, quadrant: 'SITUATION' as const }));
    const none = { SITUATION: 0, PROBLEM: 0, IMPLICATION: 0, NEED_PAYOFF: 0 };
    const reply: AnalystAnswer = {
      ...said('', { type: 'SPIN_DISTRIBUTION', counts: none, shares: none, questions }),
      evidence: texts.map((quote, turn) => ({ turn, quote, part: 'SITUATION' })),
    };
    const spin = { ...request(...texts), question: { type: 'SPIN_DISTRIBUTION' as const } };
    const { finding } = await answerWithEvidence(scripted(reply).analyst, spin);
    expect(Buffer.byteLength(JSON.stringify(finding))).toBeLessThan(600_000);
    expect(finding).toMatchObject({ answer: { counts: { SITUATION: 30_000 } } });
    expect(finding.evidence.length).toBeGreaterThan(500);
  });
});
