import { addUsage, noUsage, type EventDataOf, type EventOf, type Usage } from '@harmony/contracts';

export type SpendingEntry = EventDataOf<'InsightsErased'>['spending'][number];

/** What was spent, by project, definition or criterion, and hour; keys are opaque. */
export type Spending = ReadonlyMap<string, SpendingEntry>;

/** Events that say what something cost. */
export type SpendingEvent = EventOf<
  'CriterionJudged' | 'InsightRecorded' | 'InsightFailed' | 'InsightRepeated' | 'ChangeAttributed'
>;

interface Spent {
  readonly projectId: string;
  /** Of the definition, or of the criterion. */
  readonly subjectId: string;
  /** ISO 8601. */
  readonly occurredAt: string;
  readonly usage: Usage;
}

/** When the hour (UTC) of an instant began, ISO 8601. */
export const hourOf = (instant: string): string => {
  const hour = new Date(instant);
  hour.setUTCMinutes(0, 0, 0);
  return hour.toISOString();
};

export const isNothing = ({ calls, inputTokens, outputTokens, costMicros }: Usage): boolean =>
  calls + inputTokens + outputTokens + costMicros === 0;

/** What cost nothing leaves no entry. */
export function addSpending(spending: Spending, { projectId, subjectId, occurredAt, usage }: Spent): Spending {
  if (isNothing(usage)) return spending;
  const hour = hourOf(occurredAt);
  const key = `${projectId}/${subjectId}/${hour}`;
  const before = spending.get(key)?.usage ?? noUsage;
  return new Map(spending).set(key, { projectId, subjectId, hour, usage: addUsage(before, usage) });
}

/** What was spent, with what an event says that its subject cost. */
export const spent = (
  { spending }: { readonly spending: Spending },
  { occurredAt, data: { usage } }: SpendingEvent,
  projectId: string,
  subjectId: string,
): { readonly spending: Spending } => ({
  spending: addSpending(spending, { projectId, subjectId, occurredAt, usage }),
});
