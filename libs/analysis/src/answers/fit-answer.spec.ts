import type { Answer, Question } from '@harmony/contracts';
import { describe, expect, it } from '@jest/globals';
import { engagementBand, fitAnswer } from './fit-answer.js';

const buckets = ['late', 'broken'].map((key) => ({ key, name: key, description: '' }));
const scale: Question = { type: 'SCALE', question: 'How glad?', min: 1, max: 5, labels: {} };
const zero = { SITUATION: 0, PROBLEM: 0, IMPLICATION: 0, NEED_PAYOFF: 0 };

describe('an answer', () => {
  it.each<[string, Question, Answer]>([
    ['of another type', { type: 'SUMMARY' }, { type: 'MARKDOWN', markdown: 'x' }],
    ['with a bucket that is not there', { type: 'GROUP', buckets }, { type: 'GROUP', bucket: 'lost' }],
    ['with a stage that is not there', { type: 'FUNNEL', stages: buckets }, { type: 'FUNNEL', stage: 'lost' }],
    ['beyond its scale', scale, { type: 'SCALE', value: 6 }],
    [
      'that leaves an item out',
      { type: 'CHECKLIST', items: [{ key: 'a', text: 'A' }] },
      { type: 'CHECKLIST', items: [{ key: 'b', outcome: 'MET', rationale: '' }] },
    ],
  ])('%s does not fit', (_case, question, answer) => expect(fitAnswer(question, answer)).toHaveProperty('problem'));

  it('has the items of the definition in their order, and nothing else', () => {
    const items = ['b', 'a'].map((key) => ({ key, text: key }));
    const given = ['a', 'x', 'b'].map((key) => ({ key, outcome: 'MET' as const, rationale: '' }));
    const fit = fitAnswer({ type: 'CHECKLIST', items }, { type: 'CHECKLIST', items: given });
    expect(fit).toMatchObject({ answer: { items: [{ key: 'b' }, { key: 'a' }] } });
  });

  it('names no excluded competitor, none twice, and tracked ones as they are tracked', () => {
    const mention = (name: string) => ({ name, stance: 'NEUTRAL' as const, positioning: null, advantages: [] });
    const fit = fitAnswer(
      { type: 'COMPETITORS', track: ['AcmeSoft'], exclude: ['Partner'] },
      { type: 'COMPETITORS', mentions: ['acmesoft', 'PARTNER', 'Other', 'other '].map(mention) },
    );
    expect(fit).toMatchObject({ answer: { mentions: [{ name: 'AcmeSoft' }, { name: 'Other' }] } });
  });

  it('counts its questions itself', () => {
    const questions = [
      { turn: 1, quadrant: 'PROBLEM' as const },
      { turn: 3, quadrant: 'SITUATION' as const },
    ];
    const wrong = { type: 'SPIN_DISTRIBUTION' as const, counts: { ...zero, PROBLEM: 9 }, shares: zero, questions };
    expect(fitAnswer({ type: 'SPIN_DISTRIBUTION' }, wrong)).toMatchObject({
      answer: { counts: { ...zero, PROBLEM: 1, SITUATION: 1 }, shares: { PROBLEM: 0.5 } },
    });
  });

  it('of engagement belongs to the band of its score', () => {
    expect([0, 5, 6, 7, 8, 10].map(engagementBand)).toEqual([
      ...['LIMITED', 'LIMITED', 'MODERATE', 'MODERATE', 'STRONG', 'STRONG'],
    ]);
    const wrong: Answer = { type: 'BUYER_ENGAGEMENT', score: 9, band: 'LIMITED' };
    expect(fitAnswer({ type: 'BUYER_ENGAGEMENT' }, wrong)).toMatchObject({ answer: { band: 'STRONG' } });
  });
});
