import { z } from 'zod';
import { checklistOutcomes, competitorStances, engagementBands, partKey, spinQuadrants } from './shared.js';

const text = z.string().min(1);
const quadrant = z.enum(spinQuadrants);
const perQuadrant = (value: z.ZodNumber) =>
  z.object({ SITUATION: value, PROBLEM: value, IMPLICATION: value, NEED_PAYOFF: value });

/** Something that somebody will do. */
export const actionItem = z.object({
  text,
  /** Name of who does it; null when nobody was named. */
  owner: z.string().nullable(),
  /** When it is due, in the words of the conversation; null when nobody said. */
  due: z.string().nullable(),
});
export type ActionItem = z.output<typeof actionItem>;

/** The value of a result, by the type of its definition. */
export const answer = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('SUMMARY'),
    overview: text,
    keyPoints: z.array(text),
    actionItems: z.array(actionItem),
  }),
  z.object({
    type: z.literal('COMPETITORS'),
    /** Each competitor once, in the order of first mention. */
    mentions: z.array(
      z.object({
        name: text,
        stance: z.enum(competitorStances),
        /** How it compares in the words of the conversation; null when nobody compared. */
        positioning: z.string().nullable(),
        advantages: z.array(text),
      }),
    ),
  }),
  z.object({
    type: z.literal('DISCOUNT'),
    discussed: z.boolean(),
    /** Per cent; null when no rate was named. */
    rate: z.number().min(0).max(100).nullable(),
    /** Null when no amount was named; currency by ISO 4217. */
    amount: z.object({ value: z.number().nonnegative(), currency: z.string().length(3) }).nullable(),
  }),
  z.object({
    type: z.literal('BUYER_ENGAGEMENT'),
    score: z.int().min(0).max(10),
    band: z.enum(engagementBands),
  }),
  z.object({ type: z.literal('OPEN_QUESTION'), answer: text }),
  z.object({ type: z.literal('YES_NO'), answer: z.enum(['YES', 'NO']) }),
  z.object({
    type: z.literal('CHECKLIST'),
    /** Every item of the definition, in its order. */
    items: z.array(z.object({ key: partKey, outcome: z.enum(checklistOutcomes), rationale: z.string() })),
  }),
  z.object({ type: z.literal('MARKDOWN'), markdown: text }),
  z.object({ type: z.literal('GROUP'), bucket: partKey }),
  z.object({ type: z.literal('SCALE'), value: z.int() }),
  z.object({ type: z.literal('FUNNEL'), stage: partKey }),
  z.object({
    type: z.literal('SPIN_IMPROVEMENT'),
    /** Quadrants that the hosts neglected, the weakest first. */
    weakest: z.array(quadrant),
    suggestions: z.array(z.object({ quadrant, text })),
  }),
  z.object({
    type: z.literal('SPIN_DISTRIBUTION'),
    /** Questions that hosts asked, by quadrant. */
    counts: perQuadrant(z.number().int().nonnegative()),
    /** 0 to 1; all 0 where no question was asked. */
    shares: perQuadrant(z.number().min(0).max(1)),
    questions: z.array(z.object({ turn: z.int().nonnegative(), quadrant })),
  }),
]);
export type Answer = z.output<typeof answer>;
export type AnswerOf<Type extends Answer['type']> = Extract<Answer, { type: Type }>;
