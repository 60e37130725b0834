import type { EventDataOf } from '@harmony/contracts';
import type { Insights } from '../domain/insights.js';
import type { ConversationUsage } from '../usage/kept-usage.js';

type Erased = EventDataOf<'InsightsErased'>;

/** One thing to forget, or to keep: any part of an event. */
type Piece = Partial<Pick<Erased, 'runs' | 'results' | 'criteria' | 'spending' | 'stageSpending' | 'answered'>>;

/** Bytes of JSON of one event: what was asked of a conversation over the years has no end, and an append has. */
const maximumBytes = 100_000;

/** What a read model that lags must forget, and what it must not: the cost. At least one event, and each one small. */
export function erasedBy(
  insights: Insights | undefined,
  conversationId: string,
  { stageSpending, answered }: ConversationUsage,
): Erased[] {
  const pieces = [
    ...piecesOf(insights),
    ...stageSpending.map((spent): Piece => ({ stageSpending: [spent] })),
    ...answered.map((one): Piece => ({ answered: [one] })),
  ];
  const events: Erased[] = [{ conversationId, runs: [], results: [], criteria: [], spending: [] }];
  let bytes = 0;
  for (const piece of pieces) {
    const size = Buffer.byteLength(JSON.stringify(piece));
    if (bytes + size > maximumBytes) {
      events.push({ conversationId, runs: [], results: [], criteria: [], spending: [] });
      bytes = 0;
    }
    add(events.at(-1), piece);
    bytes += size;
  }
  return events;
}

function piecesOf(insights: Insights | undefined): Piece[] {
  if (!insights) return [];
  const runs = [...insights.runs.values()];
  const criteria = insights.criteria.map(({ runId, criterionId }) => ({ runId, criterionId }));
  return [
    ...runs.map(({ id: runId, cells }) => ({
      runs: [{ runId, projectIds: [...new Set([...cells.values()].map(({ projectId }) => projectId))] }],
    })),
    ...runs.flatMap(({ id: runId, cells }) =>
      [...cells.keys()].map((definitionId) => ({ results: [{ runId, definitionId }] })),
    ),
    ...criteria.map((judged) => ({ criteria: [judged] })),
    // What was spent on a criterion is told from a definition by its name in the same event.
    ...[...insights.spending.values()].map((spent) => ({
      spending: [spent],
      criteria: criteria.filter(({ criterionId }) => criterionId === spent.subjectId).slice(0, 1),
    })),
  ];
}

function add(event: Erased | undefined, { stageSpending, answered, ...piece }: Piece): void {
  if (!event) return;
  event.runs.push(...(piece.runs ?? []));
  event.results.push(...(piece.results ?? []));
  event.criteria.push(...(piece.criteria ?? []));
  event.spending.push(...(piece.spending ?? []));
  if (stageSpending) event.stageSpending = [...(event.stageSpending ?? []), ...stageSpending];
  if (answered) event.answered = [...(event.answered ?? []), ...answered];
}
