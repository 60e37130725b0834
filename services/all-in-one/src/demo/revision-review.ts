import { z } from 'zod';
import { findingOf, type ProjectReport } from './project-report.js';
import { tableOf } from './table.js';

const interval = z.object({ low: z.number(), high: z.number() }).nullable();

const figures = {
  ...{ compared: z.number(), changed: z.number(), added: z.number(), removed: z.number() },
  volatility: z.object({
    share: z.number().nullable(),
    interval,
    rating: z.string().nullable(),
    restsOnFew: z.boolean(),
  }),
};

export const reviewSchema = z.object({
  reviewRevision: z.object({
    ...figures,
    recommendation: z.object({ sentence: z.string() }),
    definitions: z.array(z.object({ ...figures, definition: z.object({ title: z.string() }) })),
  }),
});
export type RevisionReview = z.output<typeof reviewSchema>['reviewRevision'];

const shown = 'compared changed added removed volatility { share interval { low high } rating restsOnFew }';
export const reviewQuery = `query ($id: ID!) {
  reviewRevision(revisionId: $id) { ${shown} recommendation { sentence } definitions { definition { title } ${shown} } }
}`;

/** What a revision changes, a line a definition, and all of it at the end. */
export function reviewTable(review: RevisionReview): string[] {
  const header = ['Definition', 'Compared', 'Changed', 'Added', 'Removed', 'Share', '95 %', 'Volatility'];
  const rows = [...review.definitions, { ...review, definition: { title: 'All' } }].map((one) => [
    one.definition.title,
    ...[one.compared, one.changed, one.added, one.removed].map(String),
    percent(one.volatility.share),
    one.volatility.interval
      ? `${percent(one.volatility.interval.low)} to ${percent(one.volatility.interval.high)}`
      : '',
    ratingOf(one.volatility),
  ]);
  return tableOf(header, rows);
}

const percent = (share: number | null): string => (share === null ? '' : `${Math.round(share * 1_000) / 10} %`);

const ratingOf = ({ rating, restsOnFew }: RevisionReview['volatility']): string =>
  rating === null ? '' : `${rating}${restsOnFew ? ', rests on few' : ''}`;

/** What a report says otherwise than before, a line each. */
export function differencesOf(before: ProjectReport, after: ProjectReport): string[] {
  return after.cards.flatMap((card) => {
    const former = before.cards.find(({ title }) => title === card.title);
    const [was, is] = [former ? findingOf(former) : 'nothing', findingOf(card)];
    return was === is ? [] : [`${card.title}: ${was} → ${is}`];
  });
}
