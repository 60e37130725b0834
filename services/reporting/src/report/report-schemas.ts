import { answerSchema } from '@harmony/api';
import {
  competitorStances,
  conversationStatuses,
  engagementBands,
  evidence,
  media,
  spinQuadrants,
  type InsightType,
} from '@harmony/contracts';
import { z } from 'zod';
import { trendIntervals } from '../domain/display.js';

const id = z.uuid();
const instant = z.iso.datetime();
const count = z.int().nonnegative();
const share = z.number().nullable().describe('0 to 1; null where there is nothing to share.');

const counts = { asked: count, answered: count, notDiscussed: count, failed: count };
const value = z.number().nullable().describe('The number that stands for the card; null where there is none.');
const parts = z.array(z.object({ key: z.string(), count }));

const statistics = {
  ...{ count, mean: z.number().nullable(), median: z.number().nullable() },
  ...{ min: z.number().nullable(), max: z.number().nullable() },
};
const part = { key: z.string(), name: z.string(), isFormer: z.boolean().describe('Only past answers have it.') };
const distribution = z.array(
  z.object({ value: z.number(), label: z.string().nullable(), isFormer: z.boolean(), count }),
);

/** An answer to a card's definition is of its type. */
const answerTo = (type: InsightType) => z.union(answerSchema.options.filter(({ shape }) => shape.type.value === type));

const resultOf = (type: InsightType) =>
  z.object({
    conversation: z.object({
      ...{ id, title: z.string(), medium: z.enum(media), status: z.enum(conversationStatuses), happenedAt: instant },
      ...{ teamId: id.nullable(), ownerId: id, contactId: id.nullable() },
    }),
    ...{ runId: id, revisionId: id.nullable(), definitionVersion: z.int(), settledAt: instant.nullable() },
    ...{ answer: answerTo(type).nullable(), rationale: z.string().nullable(), confidence: z.number().nullable() },
    evidence: z.array(evidence),
  });

const card = <Type extends InsightType, Shape extends z.ZodRawShape>(type: Type, figures: Shape) =>
  z.object({
    ...{ type: z.literal(type), definitionId: id, title: z.string(), isActive: z.boolean(), isRemoved: z.boolean() },
    counts: z.object({ ...counts, pending: count }).describe('The others add up to asked.'),
    value,
    ...figures,
    trend: z
      .array(z.object({ start: instant, ...counts, value, parts }))
      .nullable()
      .describe('Over the whole range; null in a LIST.'),
    previous: z
      .object({ ...counts, value })
      .nullable()
      .describe('As long a time right before the range.'),
    latest: z.array(resultOf(type)).describe('The latest answers, the newest first.'),
  });

const quadrant = z.enum(spinQuadrants);

const cards = z.discriminatedUnion('type', [
  card('YES_NO', { yes: count, no: count, successAnswer: z.enum(['YES', 'NO']), successShare: share }),
  card('GROUP', { buckets: z.array(z.object({ ...part, count, share })) }),
  card('CHECKLIST', {
    items: z.array(z.object({ ...part, met: count, notMet: count, notDiscussed: count, share })),
    meanItemsMet: z.number().nullable(),
    metShare: share,
  }),
  card('FUNNEL', {
    stages: z.array(z.object({ ...part, stopped: count, reached: count.nullable(), conversion: share, share })),
  }),
  card('DISCOUNT', {
    ...{ discussed: count, notDiscussed: count.describe('Answered, and there was none.') },
    rate: z.object(statistics).describe('Per cent.'),
    amounts: z.array(z.object({ currency: z.string(), ...statistics })),
  }),
  card('BUYER_ENGAGEMENT', {
    ...{ statistics: z.object(statistics), distribution },
    bands: z.array(z.object({ band: z.enum(engagementBands), count, share })),
  }),
  card('SCALE', { statistics: z.object(statistics), distribution }),
  card('COMPETITORS', {
    mentioned: count.describe('Conversations that mention any.'),
    competitors: z.array(
      z.object({
        ...{ name: z.string(), conversations: count },
        stances: z.array(z.object({ stance: z.enum(competitorStances), count })),
      }),
    ),
  }),
  card('SPIN_DISTRIBUTION', { questions: count, quadrants: z.array(z.object({ quadrant, questions: count, share })) }),
  card('SPIN_IMPROVEMENT', { neglected: z.array(z.object({ quadrant, conversations: count, share })) }),
  ...(['SUMMARY', 'OPEN_QUESTION', 'MARKDOWN'] as const).map((type) => card(type, {})),
]);

const goalCounts = { met: count, notMet: count, unknown: count, share };
const scoreCounts = { count, mean: z.number().nullable().describe('0 to 100.') };
const range = { from: instant, to: instant };

/** What `GET /v1/projects/{id}/report` answers. */
export const reportSchema = z.object({
  ...{ projectId: id, name: z.string(), asOf: instant.nullable().describe('Null for now.') },
  conversations: count.describe('That pass the filter, and that the caller may read.'),
  range: z.object(range).nullable().describe('Null without a conversation.'),
  interval: z.enum(trendIntervals).nullable().describe('How long the points of trends are.'),
  timeZone: z.string(),
  previous: z
    .object({ ...range, conversations: count })
    .nullable()
    .describe('Null unless the range has both ends.'),
  export: z.object({ isEnabled: z.boolean(), disabledReason: z.string().nullable() }),
  cards: z.array(cards).describe('One a definition, in the order of the project.'),
  goals: z.array(
    z.object({
      ...{ id, name: z.string(), ...goalCounts, previous: z.object(goalCounts).nullable() },
      trend: z.array(z.object({ start: instant, ...goalCounts })).nullable(),
    }),
  ),
  scorecards: z.array(
    z.object({
      ...{ id, name: z.string(), ...scoreCounts, median: z.number().nullable() },
      distribution: z.array(z.object({ from: count, to: count, count })).describe('Ten bands.'),
      previous: z.object(scoreCounts).nullable(),
      trend: z.array(z.object({ start: instant, ...scoreCounts })).nullable(),
    }),
  ),
});
