import { insightTypes, type Answer, type Finding } from '@harmony/contracts';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { arbitraryFinding } from '../testing/arbitrary-finding.js';
import { isChanged } from './is-changed.js';
import { normalisedText } from './normalised-text.js';

const reasoning = { rationale: '', confidence: 1, evidence: [], searched: [] };
const answered = (answer: Answer): Finding => ({ outcome: 'ANSWERED', answer, ...reasoning });
const notDiscussed: Finding = { outcome: 'NOT_DISCUSSED', ...reasoning };

const item = (text: string, owner: string | null = null) => ({ text, owner, due: null });
const mention = (name: string, stance: 'CURRENT' | 'NEUTRAL' = 'NEUTRAL') => ({
  ...{ name, stance, positioning: `${name} again`, advantages: [name] },
});
const discount = (rate: number | null, amount: [number, string] | null = null): Answer => ({
  ...{ type: 'DISCOUNT', discussed: true, rate },
  amount: amount && { value: amount[0], currency: amount[1] },
});
const improvement = (weakest: ('PROBLEM' | 'SITUATION')[], text = 'Ask.'): Answer => ({
  ...{ type: 'SPIN_IMPROVEMENT', weakest, suggestions: [{ quadrant: 'PROBLEM', text }] },
});
const distribution = (PROBLEM: number, turn = 0): Answer => ({
  type: 'SPIN_DISTRIBUTION',
  counts: { SITUATION: 0, PROBLEM, IMPLICATION: 0, NEED_PAYOFF: 0 },
  shares: { SITUATION: 0, PROBLEM: 1, IMPLICATION: 0, NEED_PAYOFF: 0 },
  questions: [{ turn, quadrant: 'PROBLEM' }],
});
const checklist = (outcomes: ('MET' | 'NOT_MET')[], rationale = ''): Answer => ({
  type: 'CHECKLIST',
  items: outcomes.map((outcome, at) => ({ key: `item${at}`, outcome, rationale })),
});
const summary = (overview: string, keyPoints: string[] = [], items = [item('Send it')]): Answer => ({
  ...{ type: 'SUMMARY', overview, keyPoints, actionItems: items },
});

/** For each type: answers that say the same, and answers that do not. */
const same: readonly (readonly [Answer, Answer])[] = [
  [summary('A plan.', ['One', 'Two']), summary('a  plan', ['two.', 'ONE', 'one'], [item('send it!')])],
  [
    { type: 'COMPETITORS', mentions: [mention('Acme'), mention('Globex')] },
    { type: 'COMPETITORS', mentions: [mention('globex'), { ...mention('ACME'), positioning: null }] },
  ],
  [discount(10, [100, 'EUR']), discount(10.5, [100.5, 'EUR'])],
  [
    { type: 'BUYER_ENGAGEMENT', score: 7, band: 'MODERATE' },
    { type: 'BUYER_ENGAGEMENT', score: 7, band: 'MODERATE' },
  ],
  [
    { type: 'OPEN_QUESTION', answer: 'They don’t know – yet.' },
    { type: 'OPEN_QUESTION', answer: "they don't know, yet" },
  ],
  [
    { type: 'YES_NO', answer: 'YES' },
    { type: 'YES_NO', answer: 'YES' },
  ],
  [checklist(['MET', 'NOT_MET'], 'Because.'), checklist(['MET', 'NOT_MET'], 'Said so.')],
  [
    { type: 'MARKDOWN', markdown: '# Next\n- call' },
    { type: 'MARKDOWN', markdown: '**Next**\n\n* call' },
  ],
  [
    { type: 'GROUP', bucket: 'a' },
    { type: 'GROUP', bucket: 'a' },
  ],
  [
    { type: 'SCALE', value: -1 },
    { type: 'SCALE', value: -1 },
  ],
  [
    { type: 'FUNNEL', stage: 'won' },
    { type: 'FUNNEL', stage: 'won' },
  ],
  [improvement(['PROBLEM', 'SITUATION']), improvement(['SITUATION', 'PROBLEM'], 'ask')],
  [distribution(1, 3), distribution(1, 4)],
];

const different: readonly (readonly [Answer, Answer])[] = [
  [summary('A plan.'), summary('No plan.')],
  [summary('A plan.', ['One']), summary('A plan.', ['One', 'Two'])],
  [summary('A plan.'), summary('A plan.', [], [item('Send it', 'Ada')])],
  [
    { type: 'COMPETITORS', mentions: [mention('Acme')] },
    { type: 'COMPETITORS', mentions: [mention('Acme', 'CURRENT')] },
  ],
  [discount(10), discount(10.6)],
  [discount(10), discount(null)],
  [discount(null, [100, 'EUR']), discount(null, [100, 'USD'])],
  [discount(null, [100, 'EUR']), discount(null, [101, 'EUR'])],
  [
    { type: 'BUYER_ENGAGEMENT', score: 7, band: 'MODERATE' },
    { type: 'BUYER_ENGAGEMENT', score: 6, band: 'MODERATE' },
  ],
  [
    { type: 'OPEN_QUESTION', answer: 'At 3.5 per cent' },
    { type: 'OPEN_QUESTION', answer: 'At 35 per cent' },
  ],
  [
    { type: 'YES_NO', answer: 'YES' },
    { type: 'YES_NO', answer: 'NO' },
  ],
  [checklist(['MET', 'NOT_MET']), checklist(['NOT_MET', 'MET'])],
  [
    { type: 'MARKDOWN', markdown: 'C++' },
    { type: 'MARKDOWN', markdown: 'C' },
  ],
  [
    { type: 'GROUP', bucket: 'a' },
    { type: 'GROUP', bucket: 'A' },
  ],
  [
    { type: 'SCALE', value: 1 },
    { type: 'SCALE', value: 2 },
  ],
  [
    { type: 'FUNNEL', stage: 'won' },
    { type: 'FUNNEL', stage: 'lost' },
  ],
  [improvement(['PROBLEM']), improvement(['PROBLEM', 'SITUATION'])],
  [distribution(1), distribution(2)],
];

describe('a change of a finding', () => {
  it.each(same.map(([before, after]) => [before.type, before, after] as const))(
    'is none in what says the same in other words: %s',
    (_type, before, after) => {
      expect(isChanged(answered(before), answered(after))).toBe(false);
    },
  );

  it.each(different.map(([before, after]) => [before.type, before, after] as const))(
    'is one: %s',
    (_type, before, after) => {
      expect(isChanged(answered(before), answered(after))).toBe(true);
    },
  );

  it('is looked for in every type of question', () => {
    expect(new Set(same.map(([{ type }]) => type))).toEqual(new Set(insightTypes));
    expect(new Set(different.map(([{ type }]) => type))).toEqual(new Set(insightTypes));
  });

  it('is symmetric, and nothing differs from itself, however sure the analyst is and whatever it quotes', () => {
    fc.assert(
      fc.property(arbitraryFinding, arbitraryFinding, (one, other) => {
        expect(isChanged(one, other)).toBe(isChanged(other, one));
        expect(isChanged(one, { ...one, rationale: 'Otherwise.', confidence: 0, searched: [{ from: 0, to: 1 }] })).toBe(
          false,
        );
      }),
    );
  });

  it('is one between an answer and that nobody spoke of it, and between types', () => {
    fc.assert(
      fc.property(arbitraryFinding, arbitraryFinding, (one, other) => {
        if (one.outcome === 'ANSWERED') expect(isChanged(one, notDiscussed)).toBe(true);
        if (one.outcome === 'ANSWERED' && other.outcome === 'ANSWERED' && one.answer.type !== other.answer.type) {
          expect(isChanged(one, other)).toBe(true);
        }
      }),
    );
    expect(isChanged(notDiscussed, notDiscussed)).toBe(false);
  });

  it('is one between two numbers exactly where they are more than half a step apart', () => {
    const rate = fc.integer({ min: 0, max: 10_000 }).map((value) => value / 100);
    fc.assert(
      fc.property(rate, rate, (before, after) => {
        const isBeyond = Math.abs(before - after) > 0.5;
        expect(isChanged(answered(discount(before)), answered(discount(after)))).toBe(isBeyond);
      }),
    );
  });
});

/** Ligatures, figures of other scripts, letters that grow in lower case, marks without a letter. */
const trickyCharacter = fc.constantFrom(...Array.from('aAİßẞﬁ½٣Ⅷ3…´\u0301\u00a0 .,-/!*_(–’K'));

describe('normalised text', () => {
  it('is normalised once and for all', () => {
    fc.assert(
      fc.property(fc.string({ unit: trickyCharacter }), (text) => {
        expect(normalisedText(normalisedText(text))).toBe(normalisedText(text));
      }),
    );
  });
});
