import { fitAnswer, isVerified, TranscriptText } from '@harmony/analysis';
import { answer, noUsage, type Question } from '@harmony/contracts';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { answerWithEvidence, type VerifiedAnswer } from '../answer-with-evidence.js';
import type { AnalysedConversation, Analyst, QuestionRequest } from '../port.js';
import { abroad, call, english, nobodySpoke, oneTurn, steered } from './conversations.js';
import { everyQuestion, questions } from './questions.js';

export interface AnalystUnderTest {
  readonly analyst: Analyst;
  close(): Promise<void>;
}

const never = new AbortController().signal;

/** What every analyst promises. */
export function analystContract(open: () => Promise<AnalystUnderTest>): void {
  let underTest: AnalystUnderTest;
  beforeAll(async () => {
    underTest = await open();
  });
  afterAll(() => underTest.close());

  const requestOf = (question: Question, conversation: AnalysedConversation = call): QuestionRequest => ({
    conversation,
    question,
    background: english,
    signal: never,
  });
  const ask = (question: Question, conversation?: AnalysedConversation): Promise<VerifiedAnswer> =>
    answerWithEvidence(underTest.analyst, requestOf(question, conversation));

  function expectSound({ finding }: VerifiedAnswer, question: Question, { turns }: AnalysedConversation): void {
    const text = new TranscriptText(turns);
    for (const evidence of finding.evidence) expect(isVerified(text, evidence)).toBe(true);
    expect(finding.confidence).toBeGreaterThanOrEqual(0);
    expect(finding.confidence).toBeLessThanOrEqual(1);
    expect(finding.rationale).not.toBe('');
    if (finding.outcome === 'NOT_DISCUSSED') return;
    expect(answer.parse(finding.answer)).toEqual(finding.answer);
    expect(fitAnswer(question, finding.answer)).toEqual({ answer: finding.answer });
  }

  describe.each(everyQuestion.map((question) => [question.type, question] as const))('asked %s', (type, question) => {
    it('answers with a value that fits the question, and with words that were really spoken', async () => {
      const verified = await ask(question);
      expectSound(verified, question, call);
      expect(verified.finding).toMatchObject({ outcome: 'ANSWERED', answer: { type } });
    });

    it('says the same to the same question', async () => {
      expect((await ask(question)).finding).toEqual((await ask(question)).finding);
    });

    it('takes a conversation of one turn, and one in another language', async () => {
      for (const conversation of [oneTurn, abroad]) {
        expectSound(await ask(question, conversation), question, conversation);
      }
    });

    it('finds nothing in an empty conversation, and asks nobody', async () => {
      const given = await underTest.analyst.answer(requestOf(question, nobodySpoke));
      expect(given).toMatchObject({ outcome: 'NOT_DISCUSSED', evidence: [], usage: noUsage });
    });

    it('says what it comes from', () => {
      const origin = underTest.analyst.originOf(type);
      expect(origin.engine).toMatch(/^[a-z]+$/);
      expect(origin.model).not.toBe('');
      expect(origin.templateVersion).not.toBe('');
      expect(underTest.analyst.originOf(type)).toEqual(origin);
    });

    it('does not begin for an aborted signal', async () => {
      const reason = new Error('the job is over');
      const request = { ...requestOf(question), signal: AbortSignal.abort(reason) };
      await expect(underTest.analyst.answer(request)).rejects.toBe(reason);
    });
  });

  it('is moved by no order that somebody speaks: what was said before counts as before', async () => {
    const types = ['DISCOUNT', 'COMPETITORS', 'YES_NO', 'OPEN_QUESTION', 'GROUP', 'FUNNEL'] as const;
    for (const type of types) {
      const [plain, moved] = [await ask(questions[type]), await ask(questions[type], steered)];
      expect(answerOf(moved)).toEqual(answerOf(plain));
    }
  });

  it('takes an answer back to mend it', async () => {
    const repair = {
      problem: 'UNSUPPORTED_ANSWER',
      detail: 'None of the quotes stands in the transcript.',
    } as const;
    const given = await underTest.analyst.answer({ ...requestOf(questions.YES_NO), repair });
    expect(['ANSWERED', 'NOT_DISCUSSED']).toContain(given.outcome);
  });

  it('extracts what a conversation says, with words that were really spoken', async () => {
    const request = { conversation: call, background: english, signal: never };
    const extraction = await underTest.analyst.extract(request);
    expect(extraction.summary).not.toBe('');
    expect(extraction.topics.length).toBeLessThanOrEqual(20);
    const asked = extraction.questions.map(({ turn }) => turn);
    expect(asked).toEqual(expect.arrayContaining([2, 4, 6, 8]));
    for (const { turn, quote } of extraction.questions) expect(call.turns[turn]?.text).toContain(quote);
    expect(extraction.actionItems.flatMap(({ evidence }) => evidence).length).toBeGreaterThan(0);
    expect(await underTest.analyst.extract(request)).toEqual(extraction);
  });

  it('extracts nothing from an empty conversation, and stops for an aborted signal', async () => {
    const request = { conversation: nobodySpoke, background: english, signal: never };
    await expect(underTest.analyst.extract(request)).resolves.toEqual({
      ...{ summary: '', keyPoints: [], actionItems: [], topics: [], questions: [], usage: noUsage },
    });
    const reason = new Error('the job is over');
    const aborted = { ...request, conversation: call, signal: AbortSignal.abort(reason) };
    await expect(underTest.analyst.extract(aborted)).rejects.toBe(reason);
  });
}

const answerOf = ({ finding }: VerifiedAnswer): unknown =>
  finding.outcome === 'ANSWERED' ? finding.answer : finding.outcome;
