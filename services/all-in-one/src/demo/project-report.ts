import { z } from 'zod';
import { tableOf } from './table.js';

const common = {
  title: z.string(),
  counts: z.object({
    answered: z.number(),
    notDiscussed: z.number(),
    failed: z.number(),
    pending: z.number(),
  }),
};
const statistics = z.object({ count: z.number(), mean: z.number().nullable(), median: z.number().nullable() });

/** The kinds of cards that the sample project has. */
const cardSchema = z.discriminatedUnion('__typename', [
  z.object({
    ...{ __typename: z.literal('CompetitorsCard'), ...common },
    competitors: z.array(z.object({ name: z.string(), conversations: z.number() })),
  }),
  z.object({ ...{ __typename: z.literal('DiscountCard'), ...common, discussed: z.number(), rate: statistics } }),
  z.object({ ...{ __typename: z.literal('BuyerEngagementCard'), ...common, statistics } }),
  z.object({ ...{ __typename: z.literal('YesNoCard'), ...common, yes: z.number(), no: z.number() } }),
  z.object({ ...{ __typename: z.literal('OpenQuestionCard'), ...common } }),
]);
export type Card = z.output<typeof cardSchema>;

export const projectReportSchema = z.object({
  projectReport: z.object({
    name: z.string(),
    conversations: z.number(),
    export: z.object({ isEnabled: z.boolean() }),
    cards: z.array(cardSchema),
  }),
});
export type ProjectReport = z.output<typeof projectReportSchema>['projectReport'];

export const projectReportQuery = `query ($id: ID!) {
  projectReport(projectId: $id, display: { as: LIST }) {
    name conversations export { isEnabled }
    cards {
      __typename title counts { answered notDiscussed failed pending }
      ... on CompetitorsCard { competitors { name conversations } }
      ... on DiscountCard { discussed rate { count mean median } }
      ... on BuyerEngagementCard { statistics { count mean median } }
      ... on YesNoCard { yes no }
    }
  }
}`;

/** A report as lines of a table, its columns as wide as what stands in them. */
export function reportTable({ cards }: ProjectReport): string[] {
  const header = ['Definition', 'Answered', 'Not discussed', 'Failed', 'Found'];
  const rows = cards.map((card) => [
    card.title,
    ...[card.counts.answered, card.counts.notDiscussed, card.counts.failed].map(String),
    findingOf(card),
  ]);
  return tableOf(header, rows);
}

/** What a card says in a few words. */
export function findingOf(card: Card): string {
  switch (card.__typename) {
    case 'CompetitorsCard':
      return card.competitors.map(({ name, conversations }) => `${name} ${conversations}`).join(', ') || 'none';
    case 'DiscountCard':
      return `${card.discussed} discussed${card.rate.mean === null ? '' : `, ${rounded(card.rate.mean)} % on average`}`;
    case 'BuyerEngagementCard':
      return card.statistics.mean === null
        ? 'none'
        : `${rounded(card.statistics.mean)} of 10 on average, median ${rounded(card.statistics.median ?? 0)}`;
    case 'YesNoCard':
      return `${card.yes} yes, ${card.no} no`;
    case 'OpenQuestionCard':
      return 'in words, see the CSV';
  }
}

const rounded = (value: number): string => String(Math.round(value * 10) / 10);
