import { competitorStances, spinQuadrants, type InsightType } from '@harmony/contracts';
import { z } from 'zod';

const turns = z.array(z.int().nonnegative()).default([]);
const texts = z.array(z.string().min(1));
const quadrant = z.enum(spinQuadrants);
const tolerance = z.number().nonnegative().default(0);

/** What a person found who read the conversation, by the type of the definition. Turns count from 0. */
export const goldFormats = {
  SUMMARY: z.object({
    mustMention: texts,
    actionItems: z.array(z.object({ text: z.string().min(1), owner: z.string().nullish(), turns })).default([]),
  }),
  COMPETITORS: z.object({
    mentioned: z.array(z.object({ name: z.string().min(1), stance: z.enum(competitorStances).nullish(), turns })),
  }),
  DISCOUNT: z.object({
    discussed: z.boolean(),
    rate: z.number().nullish(),
    amount: z.object({ value: z.number(), currency: z.string().length(3) }).nullish(),
    turns,
  }),
  BUYER_ENGAGEMENT: z.object({ score: z.number().min(0).max(10), tolerance }),
  OPEN_QUESTION: z
    .object({ answerContains: z.array(texts.min(1)).min(1).optional(), noAnswer: z.boolean().default(false), turns })
    .refine(({ answerContains, noAnswer }) => noAnswer !== (answerContains !== undefined), {
      error: 'Either answerContains or noAnswer is there.',
    }),
  YES_NO: z.object({ answer: z.enum(['YES', 'NO']), turns }),
  CHECKLIST: z.object({ items: z.record(z.string(), z.object({ met: z.boolean(), turns })) }),
  MARKDOWN: z.object({ mustMention: texts }),
  GROUP: z.object({ bucket: z.string() }),
  SCALE: z.object({ value: z.number(), tolerance }),
  FUNNEL: z.object({ stage: z.string() }),
  SPIN_IMPROVEMENT: z.object({ weakest: z.array(quadrant) }),
  SPIN_DISTRIBUTION: z.object({ questionTurns: z.partialRecord(quadrant, turns) }),
} as const satisfies Record<InsightType, z.ZodType>;

export type GoldOf<Type extends InsightType> = z.output<(typeof goldFormats)[Type]>;

/** What a person found, with the type that it belongs to. */
export type Gold = { [Type in InsightType]: { readonly type: Type; readonly expected: GoldOf<Type> } }[InsightType];

export const goldFile = z.object({ results: z.record(z.string(), z.unknown()) });
