import { describe, expect, it } from '@jest/globals';
import { question, type Answer, type Finding } from '@harmony/contracts';
import fc from 'fast-check';
import type { Gold } from '../loading/gold-format.js';
import { labelledQuestion, turnCount } from '../testing/golds.js';
import { conversationOf, perfectFinding } from '../testing/perfect.js';
import { measured } from './measures.js';
import { scoreAnswer, type Scored } from './score-answer.js';
import { scoreEvidence } from './score-evidence.js';

const conversation = conversationOf(turnCount);
const reasons = { rationale: '', confidence: 1, evidence: [], searched: [] };
const saying = (answer: Answer): Finding => ({ outcome: 'ANSWERED', answer, ...reasons });
const silence: Finding = { outcome: 'NOT_DISCUSSED', ...reasons };
const gold = <Type extends Gold['type']>(type: Type, expected: Extract<Gold, { type: Type }>['expected']): Gold =>
  ({ type, expected }) as Gold;
const asked = (input: unknown) => question.parse(input);

/** The values by measure; null where nothing could be measured. */
const scores = (wanted: Gold, finding: Scored, about = asked({ type: 'SUMMARY' })) =>
  Object.fromEntries([...measured(scoreAnswer(wanted, about, finding))].map(([name, { value }]) => [name, value]));

describe('Scoring an answer', () => {
  it('gives everything for what agrees with the gold, whatever the question', () => {
    fc.assert(
      fc.property(labelledQuestion, ({ question: about, gold: wanted }) => {
        const finding = perfectFinding(wanted, conversation);
        const observations = [...scoreAnswer(wanted, about, finding), ...scoreEvidence(wanted, conversation, finding)];
        for (const { hits, of } of observations) expect(hits).toBe(of);
      }),
      { numRuns: 300 },
    );
  });

  it('gives nothing for an answer that failed', () => {
    fc.assert(
      fc.property(labelledQuestion, ({ question: about, gold: wanted }) => {
        const observations = [...scoreAnswer(wanted, about, null), ...scoreEvidence(wanted, conversation, null)];
        for (const { hits } of observations) expect(hits).toBe(0);
      }),
      { numRuns: 300 },
    );
  });

  it('never gives more than everything', () => {
    fc.assert(
      fc.property(labelledQuestion, labelledQuestion, (one, other) => {
        const finding = perfectFinding(other.gold, conversation);
        for (const { hits, of } of scoreAnswer(one.gold, one.question, finding)) expect(hits).toBeLessThanOrEqual(of);
      }),
      { numRuns: 300 },
    );
  });

  it('counts competitors that are missing and those that are invented, and stances of those found', () => {
    // Given two competitors that were mentioned
    const wanted = gold('COMPETITORS', {
      mentioned: [
        { name: 'Oriel Track', stance: 'CURRENT', turns: [] },
        { name: 'Gatemark', stance: 'CONSIDERED', turns: [] },
      ],
    });
    // When one is found, in other case and with another stance, and one is invented
    const details = { positioning: null, advantages: [] };
    const finding = saying({
      type: 'COMPETITORS',
      mentions: [
        { name: 'oriel-track', stance: 'DISMISSED', ...details },
        { name: 'Nobody', stance: 'NEUTRAL', ...details },
      ],
    });
    // Then one of two is right on both sides
    expect(scores(wanted, finding)).toEqual({ f1: 0.5, stance: 0 });
  });

  it('counts a competitor that is given twice as one too many', () => {
    const wanted = gold('COMPETITORS', { mentioned: [{ name: 'Gatemark', stance: 'CURRENT', turns: [] }] });
    const mention = { name: 'Gatemark', stance: 'CURRENT' as const, positioning: null, advantages: [] };
    const finding = saying({ type: 'COMPETITORS', mentions: [mention, mention] });
    expect(scores(wanted, finding)['f1']).toBeCloseTo(2 / 3);
  });

  it('takes silence about a discount for none, and a failure for neither', () => {
    const wanted = gold('DISCOUNT', { discussed: false, rate: null, amount: null, turns: [] });
    expect(scores(wanted, silence)).toEqual({ discussed: 1, number: null });
    expect(scores(wanted, null)).toEqual({ discussed: 0, number: null });
  });

  it('asks for the amount in its currency, and for the rate', () => {
    const wanted = gold('DISCOUNT', { discussed: true, rate: 5, amount: { value: 900, currency: 'EUR' }, turns: [] });
    const finding = saying({ type: 'DISCOUNT', discussed: true, rate: 5, amount: { value: 900, currency: 'USD' } });
    expect(scores(wanted, finding)).toEqual({ discussed: 1, number: 0.5 });
  });

  it('lets only silence answer a question that nobody spoke of', () => {
    const wanted = gold('OPEN_QUESTION', { noAnswer: true, turns: [] });
    expect(scores(wanted, silence)).toEqual({ contains: 1 });
    expect(scores(wanted, saying({ type: 'OPEN_QUESTION', answer: 'Ada' }))).toEqual({ contains: 0 });
  });

  it('asks for one alternative of each list', () => {
    const wanted = gold('OPEN_QUESTION', { answerContains: [['Ada', 'CFO'], ['June']], noAnswer: false, turns: [] });
    const contains = (answer: string) => scores(wanted, saying({ type: 'OPEN_QUESTION', answer }))['contains'];
    expect(contains('The CFO, in June.')).toBe(1);
    expect(contains('The CFO.')).toBe(0);
    expect(contains('Adamant people in June.')).toBe(0);
  });

  it('does not take silence for a no', () => {
    expect(scores(gold('YES_NO', { answer: 'NO', turns: [] }), silence)).toEqual({ accuracy: 0 });
  });

  it('takes an item that nobody spoke of for one that was not met', () => {
    const wanted = gold('CHECKLIST', { items: { one: { met: false, turns: [] }, two: { met: true, turns: [] } } });
    const items = ['one', 'two'].map((key) => ({ key, outcome: 'NOT_DISCUSSED' as const, rationale: '' }));
    expect(scores(wanted, saying({ type: 'CHECKLIST', items }))).toEqual({ items: 0.5 });
  });

  it('knows how far two stages are apart', () => {
    const stages = ['a', 'b', 'c'].map((key) => ({ key, name: key }));
    const about = asked({ type: 'FUNNEL', stages });
    const of = (stage: string) => scores(gold('FUNNEL', { stage: 'a' }), saying({ type: 'FUNNEL', stage }), about);
    expect(of('a')).toEqual({ withinOne: 1, exact: 1 });
    expect(of('b')).toEqual({ withinOne: 1, exact: 0 });
    expect(of('c')).toEqual({ withinOne: 0, exact: 0 });
  });

  it('scores questions by turn and quadrant, and by turn alone', () => {
    const wanted = gold('SPIN_DISTRIBUTION', { questionTurns: { SITUATION: [2], PROBLEM: [4] } });
    const zero = { SITUATION: 0, PROBLEM: 0, IMPLICATION: 0, NEED_PAYOFF: 0 };
    const questions = [
      { turn: 2, quadrant: 'SITUATION' as const },
      { turn: 4, quadrant: 'IMPLICATION' as const },
    ];
    const finding = saying({ type: 'SPIN_DISTRIBUTION', counts: zero, shares: zero, questions });
    expect(scores(wanted, finding)).toEqual({ f1: 0.5, turnsF1: 1 });
  });

  it('looks at the quadrant that is named first', () => {
    const wanted = gold('SPIN_IMPROVEMENT', { weakest: ['IMPLICATION', 'PROBLEM'] });
    const of = (weakest: ('IMPLICATION' | 'SITUATION')[]) =>
      scores(wanted, saying({ type: 'SPIN_IMPROVEMENT', weakest, suggestions: [] }))['weakest'];
    expect(of(['IMPLICATION', 'SITUATION'])).toBe(1);
    expect(of(['SITUATION', 'IMPLICATION'])).toBe(0);
    expect(of([])).toBe(0);
  });
});

describe('Scoring evidence', () => {
  const wanted = gold('YES_NO', { answer: 'YES', turns: [3] });
  const quote = 'Words of turn 3.';
  const start = conversation.turns.slice(0, 3).reduce((sum, { text }) => sum + text.length + 1, 0);
  const place = { quote, turn: 3, start, end: start + quote.length, startInTurn: 0, startMs: null, endMs: null };
  const withEvidence = (changes: object): Finding => ({ ...silence, evidence: [{ ...place, part: null, ...changes }] });
  const of = (finding: Finding) =>
    Object.fromEntries(
      scoreEvidence(wanted, conversation, finding).map(({ measure, hits, of: all }) => [measure, `${hits}/${all}`]),
    );

  it('takes what the transcript says to the letter, in a turn that a person named', () => {
    expect(of(withEvidence({}))).toEqual({ 'evidence.valid': '1/1', 'evidence.hit': '1/1' });
  });

  it('sees a quote that is not there, and one that is elsewhere', () => {
    expect(of(withEvidence({ quote: 'words of turn 3.' }))['evidence.valid']).toBe('0/1');
    expect(of(withEvidence({ start: start + 1 }))['evidence.valid']).toBe('0/1');
    expect(of(withEvidence({ turn: 99 }))).toEqual({ 'evidence.valid': '0/1', 'evidence.hit': '0/1' });
  });

  it('asks for evidence of the part that it is about', () => {
    const items = gold('CHECKLIST', { items: { one: { met: true, turns: [3] }, two: { met: true, turns: [3] } } });
    const observations = scoreEvidence(items, conversation, withEvidence({ part: 'one' }));
    expect(observations.find(({ measure }) => measure === 'evidence.hit')).toMatchObject({ hits: 1, of: 2 });
  });
});
