import {
  actionItem,
  checklistOutcomes,
  competitorStances,
  spinQuadrants,
  type Answer,
  type Question,
  type QuestionOf,
} from '@harmony/contracts';
import { z } from 'zod';

/** What a model is asked to write for the value of an answer, and the answer that it becomes. */
export type Form = z.ZodType<Answer>;

const text = z.string().trim().min(1);
const quadrant = z.enum(spinQuadrants);
const keysOf = (parts: readonly { readonly key: string }[]) => z.enum(parts.map(({ key }) => key));
const zero = { SITUATION: 0, PROBLEM: 0, IMPLICATION: 0, NEED_PAYOFF: 0 };

const competitors = z.object({
  mentions: z.array(
    z.object({
      name: text,
      stance: z.enum(competitorStances),
      positioning: z.string().nullable(),
      advantages: z.array(text),
    }),
  ),
});

const discount = z
  .object({
    discussed: z.boolean(),
    rate: z.number().min(0).max(100).nullable(),
    amount: z.object({ value: z.number().nonnegative(), currency: z.string().length(3).toUpperCase() }).nullable(),
  })
  .transform((value) => (value.discussed ? value : { discussed: false, rate: null, amount: null }));

const summary = z.object({ overview: text, keyPoints: z.array(text), actionItems: z.array(actionItem) });

const checklist = ({ items }: QuestionOf<'CHECKLIST'>) =>
  z.object({
    items: z.array(z.object({ key: keysOf(items), rationale: z.string(), outcome: z.enum(checklistOutcomes) })),
  });

/** Questions with their words, which are the evidence of a SPIN distribution. */
export const spinQuestions = z.object({
  questions: z.array(z.object({ turn: z.int().nonnegative(), quote: text, quadrant })),
});

const spinImprovement = z.object({
  weakest: z.array(quadrant),
  suggestions: z.array(z.object({ quadrant, text })),
});

const as =
  <Type extends Answer['type']>(type: Type) =>
  <Value extends object>(value: Value) => ({ type, ...value });

type Forms = { readonly [Type in Question['type']]: (question: QuestionOf<Type>) => Form };

const forms: Forms = {
  SUMMARY: () => summary.transform(as('SUMMARY')),
  COMPETITORS: () => competitors.transform(as('COMPETITORS')),
  DISCOUNT: () => discount.transform(as('DISCOUNT')),
  // The band follows from the score, as counts and shares do from the questions.
  BUYER_ENGAGEMENT: () =>
    z
      .object({ score: z.int().min(0).max(10) })
      .transform(({ score }) => ({ type: 'BUYER_ENGAGEMENT', score, band: 'LIMITED' })),
  OPEN_QUESTION: () => z.object({ answer: text }).transform(as('OPEN_QUESTION')),
  YES_NO: () => z.object({ answer: z.enum(['YES', 'NO']) }).transform(as('YES_NO')),
  CHECKLIST: (question) => checklist(question).transform(as('CHECKLIST')),
  MARKDOWN: () => z.object({ markdown: text }).transform(as('MARKDOWN')),
  GROUP: ({ buckets }) => z.object({ bucket: keysOf(buckets) }).transform(as('GROUP')),
  SCALE: ({ min, max }) => z.object({ value: z.int().min(min).max(max) }).transform(as('SCALE')),
  FUNNEL: ({ stages }) => z.object({ stage: keysOf(stages) }).transform(as('FUNNEL')),
  SPIN_IMPROVEMENT: () => spinImprovement.transform(as('SPIN_IMPROVEMENT')),
  SPIN_DISTRIBUTION: () =>
    spinQuestions.transform(({ questions }) => ({
      type: 'SPIN_DISTRIBUTION',
      counts: zero,
      shares: zero,
      questions: questions.map(({ turn, quadrant: kind }) => ({ turn, quadrant: kind })),
    })),
};

/** The form for a question; keys and bounds are the question's own. */
export const formOf = (question: Question): Form => (forms[question.type] as (question: Question) => Form)(question);
