import { answer, type Answer, type Finding, type InsightType } from '@harmony/contracts';
import { competitorStances, checklistOutcomes, engagementBands, insightTypes, spinQuadrants } from '@harmony/contracts';
import fc from 'fast-check';

/** Few words, so that two findings are often alike. */
const text = fc.constantFrom('yes', 'Yes.', 'no', '3.5 %', 'it  depends');
const quadrant = fc.constantFrom(...spinQuadrants);
const key = fc.constantFrom('a', 'b', 'c');
const few = <Value>(value: fc.Arbitrary<Value>) => fc.array(value, { maxLength: 3 });
const perQuadrant = (value: number) => Object.fromEntries(spinQuadrants.map((one) => [one, value]));

const amount = fc.record({ value: fc.nat(3), currency: fc.constantFrom('EUR', 'USD') });
const mention = fc.record({
  ...{ name: text, stance: fc.constantFrom(...competitorStances), positioning: fc.option(text), advantages: few(text) },
});

const fields: { readonly [Type in InsightType]: Readonly<Record<string, fc.Arbitrary<unknown>>> } = {
  SUMMARY: {
    ...{ overview: text, keyPoints: few(text) },
    actionItems: few(fc.record({ text, owner: fc.option(text), due: fc.option(text) })),
  },
  COMPETITORS: { mentions: few(mention) },
  DISCOUNT: {
    discussed: fc.boolean(),
    rate: fc.option(fc.double({ min: 0, max: 3, noNaN: true })),
    amount: fc.option(amount),
  },
  BUYER_ENGAGEMENT: { score: fc.nat(3), band: fc.constantFrom(...engagementBands) },
  OPEN_QUESTION: { answer: text },
  YES_NO: { answer: fc.constantFrom('YES', 'NO') },
  CHECKLIST: { items: few(fc.record({ key, outcome: fc.constantFrom(...checklistOutcomes), rationale: text })) },
  MARKDOWN: { markdown: text },
  GROUP: { bucket: key },
  SCALE: { value: fc.integer({ min: -2, max: 2 }) },
  FUNNEL: { stage: key },
  SPIN_IMPROVEMENT: { weakest: few(quadrant), suggestions: few(fc.record({ quadrant, text })) },
  SPIN_DISTRIBUTION: {
    ...{ counts: fc.nat(3).map(perQuadrant), shares: fc.constant(perQuadrant(0)) },
    questions: few(fc.record({ turn: fc.nat(3), quadrant })),
  },
};

/** An answer of a type, checked against its schema. */
export const arbitraryAnswer = (type: InsightType): fc.Arbitrary<Answer> =>
  fc.record(fields[type]).map((value) => answer.parse({ type, ...value }));

/** A finding of any type, abstentions among them. For tests. */
export const arbitraryFinding: fc.Arbitrary<Finding> = fc
  .record({
    ...{ answer: fc.option(fc.constantFrom(...insightTypes).chain(arbitraryAnswer), { freq: 6 }) },
    ...{ rationale: text, confidence: fc.double({ min: 0, max: 1, noNaN: true }) },
  })
  .map(({ answer: value, ...reasoning }) =>
    value
      ? { outcome: 'ANSWERED', answer: value, ...reasoning, evidence: [], searched: [] }
      : { outcome: 'NOT_DISCUSSED', ...reasoning, evidence: [], searched: [] },
  );
