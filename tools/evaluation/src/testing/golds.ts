import { competitorStances, question, spinQuadrants, type Question } from '@harmony/contracts';
import fc from 'fast-check';
import type { Gold } from '../loading/gold-format.js';

/** Turns of the conversations that these gold answers belong to. */
export const turnCount = 20;

const turns = fc.uniqueArray(fc.nat(turnCount - 1), { maxLength: 4 });
const someTurns = fc.uniqueArray(fc.nat(turnCount - 1), { minLength: 1, maxLength: 4 });
const words = ['harbour', 'invoice 4,500', 'the pilot', 'Solveig Brandt', 'ten percent', 'Kolding', 'by the ninth'];
const phrase = fc.constantFrom(...words);
const points = fc.uniqueArray(phrase, { minLength: 1, maxLength: 4 });
const quadrant = fc.constantFrom(...spinQuadrants);
const parts = (key: 'buckets' | 'stages', type: 'GROUP' | 'FUNNEL'): Question =>
  question.parse({ type, [key]: ['a', 'b', 'c', 'd'].map((one) => ({ key: one, name: one })) });

/** A question with what a person found. */
export interface Labelled {
  readonly question: Question;
  readonly gold: Gold;
}

const labelled = (asked: unknown, expected: fc.Arbitrary<unknown>): fc.Arbitrary<Labelled> => {
  const parsed = question.parse(asked);
  return expected.map((one) => ({ question: parsed, gold: { type: parsed.type, expected: one } as Gold }));
};

const items = fc.dictionary(fc.constantFrom('one', 'two', 'three'), fc.record({ met: fc.boolean(), turns }), {
  minKeys: 1,
});
const checklist = { type: 'CHECKLIST', items: ['one', 'two', 'three'].map((key) => ({ key, text: key })) };
const mentioned = fc.uniqueArray(
  fc.record({
    name: fc.constantFrom('Gatemark', 'Oriel Track', 'ShiftHarbor'),
    stance: fc.constantFrom(...competitorStances),
    turns,
  }),
  { selector: ({ name }) => name, minLength: 1 },
);
const amount = fc.record({ value: fc.nat(90_000), currency: fc.constantFrom('EUR', 'USD') });

/** Labelled questions of every type, each with something to find. */
export const labelledQuestion: fc.Arbitrary<Labelled> = fc.oneof(
  labelled(
    { type: 'SUMMARY' },
    fc.record({
      mustMention: points,
      actionItems: fc.array(fc.record({ text: phrase, owner: fc.constant('Ada'), turns }), { maxLength: 3 }),
    }),
  ),
  labelled({ type: 'COMPETITORS' }, fc.record({ mentioned })),
  labelled(
    { type: 'DISCOUNT' },
    fc.record({ discussed: fc.constant(true), rate: fc.option(fc.nat(100)), amount: fc.option(amount), turns }),
  ),
  labelled({ type: 'BUYER_ENGAGEMENT' }, fc.record({ score: fc.nat(10), tolerance: fc.nat(2) })),
  labelled(
    { type: 'OPEN_QUESTION', question: 'Who?' },
    fc.record({
      answerContains: fc.array(points, { minLength: 1, maxLength: 2 }),
      noAnswer: fc.constant(false),
      turns,
    }),
  ),
  labelled({ type: 'YES_NO', question: 'Is it?' }, fc.record({ answer: fc.constantFrom('YES', 'NO'), turns })),
  labelled(checklist, fc.record({ items })),
  labelled({ type: 'MARKDOWN', prompt: 'Say it.' }, fc.record({ mustMention: points })),
  labelled(parts('buckets', 'GROUP'), fc.record({ bucket: fc.constantFrom('a', 'b', 'c', 'd') })),
  labelled(
    { type: 'SCALE', question: 'How?' },
    fc.record({ value: fc.integer({ min: 1, max: 5 }), tolerance: fc.nat(1) }),
  ),
  labelled(parts('stages', 'FUNNEL'), fc.record({ stage: fc.constantFrom('a', 'b', 'c', 'd') })),
  labelled({ type: 'SPIN_IMPROVEMENT' }, fc.record({ weakest: fc.uniqueArray(quadrant, { minLength: 1 }) })),
  labelled(
    { type: 'SPIN_DISTRIBUTION' },
    fc.record({ questionTurns: fc.dictionary(quadrant, someTurns, { minKeys: 1 }) }),
  ),
);
