import type { AnswerOf } from '@harmony/contracts';
import type { OracleReader } from './selection.js';
import { oracleSelection, resultThen, type OracleQuestion } from './rows.js';
import type { World } from './world.js';

/** What the export of a report says of each conversation, the newest first; of people and teams their ids. */
export function oracleLines(world: World, reader: OracleReader, question: OracleQuestion) {
  const { time, project, selected, definitions } = oracleSelection(world, reader, question);
  const shown = definitions.filter(({ isActive, isRemoved }) => isActive && !isRemoved);
  return selected.map((one) => {
    const { conversation, run, facts, happenedAt } = one;
    const scores = run.scores.get(project.id)?.asOf(time);
    const goals = (project.goals.asOf(time) ?? []).flatMap(
      ({ id }) => scores?.goals.find(({ goalId }) => goalId === id) ?? [],
    );
    const scorecards = (project.scorecards.asOf(time) ?? []).flatMap(
      ({ id }) => scores?.scorecards.find(({ scorecardId }) => scorecardId === id) ?? [],
    );
    return {
      conversation: {
        ...{ id: conversation.id, title: facts.title, happenedAt: new Date(happenedAt).toISOString() },
        ...{ status: facts.status, medium: facts.medium, teamId: facts.teamId, ownerId: facts.ownerId },
        ...{ contactId: facts.contactId, tags: facts.tags, customFields: facts.customFields },
      },
      runId: run.id,
      results: shown.flatMap(({ id }) => resultThen(one, id, time) ?? []),
      ...{ goals, scorecards },
    };
  });
}
export type OracleLine = ReturnType<typeof oracleLines>[number];

/**
 * What a CSV says of a line, by the ends of the names of its columns: identity, outcomes, goals, scores and answers that
 * are a number or one of few.
 */
export function csvFields({ conversation, results, goals, scorecards }: OracleLine): Record<string, string | null> {
  const fields: Record<string, string | null> = {
    'Conversation id': conversation.id,
    Status: conversation.status,
    Medium: conversation.medium,
  };
  for (const { definitionId, outcome, failureCode, answer } of results) {
    const column = (name: string): string => `[d:${definitionId.slice(0, 8)}${name}]`;
    fields[column(':outcome')] = outcome === 'FAILED' ? `FAILED: ${failureCode}` : outcome;
    for (const [name, value] of Object.entries(answer ? shortAnswer(answer) : {})) fields[column(name)] = value;
  }
  for (const { goalId, outcome } of goals) fields[`[g:${goalId.slice(0, 8)}]`] = outcome;
  for (const { scorecardId, score } of scorecards)
    fields[`[s:${scorecardId.slice(0, 8)}]`] = score === null ? null : String(score);
  return fields;
}

const textOf = (number: number | undefined | null): string | null => number?.toString() ?? null;

const discountFields = ({ discussed, rate, amount }: AnswerOf<'DISCOUNT'>): Record<string, string | null> => ({
  ...{ ':discussed': discussed ? 'YES' : 'NO', ':rate': textOf(rate) },
  ...{ ':amount': textOf(amount?.value), ':currency': amount?.currency ?? null },
});

function shortAnswer(answer: NonNullable<OracleLine['results'][number]['answer']>): Record<string, string | null> {
  switch (answer.type) {
    case 'YES_NO':
      return { '': answer.answer };
    case 'SCALE':
      return { '': String(answer.value) };
    case 'BUYER_ENGAGEMENT':
      return { ':score': String(answer.score), ':band': answer.band };
    case 'DISCOUNT':
      return discountFields(answer);
    case 'CHECKLIST':
      return Object.fromEntries(answer.items.map(({ key, outcome }) => [`:item:${key}`, outcome]));
    case 'SPIN_DISTRIBUTION':
      return Object.fromEntries(Object.entries(answer.counts).map(([name, count]) => [`:${name}`, String(count)]));
    default:
      return {};
  }
}
