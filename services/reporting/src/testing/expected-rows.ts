import type { Answer, Question, ReportFilter } from '@harmony/contracts';
import {
  cellThen,
  definitionsThen,
  passes,
  selectAll,
  timeOf,
  type OracleMoment,
  type OracleReader,
  type Selected,
  type Settled,
  type World,
} from '@harmony/report-oracle';
import type { ResultSort, SortDirection } from '../rows/row-order.js';

/** A row as it must be, with what it is sorted by. */
export interface ExpectedRow {
  readonly conversationId: string;
  readonly runId: string;
  readonly title: string;
  readonly happenedAt: number;
  readonly outcome: string;
  readonly answer: Answer | null;
  readonly rationale: string | null;
  readonly sortKey: string | number | null;
}

export interface ExpectedQuestion {
  readonly projectId: string;
  readonly definitionId: string;
  readonly moment: OracleMoment;
  readonly sort: ResultSort;
  readonly direction: SortDirection;
  readonly filter: ReportFilter;
  readonly words: readonly string[];
}

/** All rows of a definition in their order, from the log by brute force; undefined where it was not there yet. */
export function expectedRows(world: World, reader: OracleReader, asked: ExpectedQuestion): ExpectedRow[] | undefined {
  const { projectId, definitionId, moment, sort, direction, filter } = asked;
  const time = timeOf(world, reader, projectId, moment);
  const then = definitionsThen(world, projectId, time).find(({ id }) => id === definitionId);
  const question = then?.definition.questions.get(then.version);
  if (!question) return undefined;
  return selectAll(world, reader, projectId, moment)
    .filter((one) => passes(filter, one) && isWithin(filter, one))
    .flatMap((one): ExpectedRow[] => {
      const cell = cellThen(one, definitionId, time);
      return cell === undefined ? [] : [rowOf(one, cell === 'PENDING' ? undefined : cell, question, sort)];
    })
    .filter((row) => asked.words.every((word) => textsOf(row).includes(word.toLowerCase())))
    .sort(byPlace(direction));
}

const isWithin = ({ from, to }: ReportFilter, { happenedAt }: Selected): boolean =>
  (from === null || happenedAt >= Date.parse(from)) && (to === null || happenedAt < Date.parse(to));

function rowOf(one: Selected, settled: Settled | undefined, question: Question, sort: ResultSort): ExpectedRow {
  const finding = settled && 'finding' in settled ? settled.finding : undefined;
  const answer = finding?.outcome === 'ANSWERED' ? finding.answer : null;
  const facts = { title: one.facts.title, happenedAt: one.happenedAt };
  return {
    ...{ conversationId: one.conversation.id, runId: one.run.id, ...facts, answer },
    ...{ outcome: settled?.outcome ?? 'PENDING', rationale: finding?.rationale ?? null },
    sortKey: keyOf(sort, question, { ...facts, confidence: finding?.confidence ?? null, answer }),
  };
}

const textsOf = ({ title, rationale, answer }: ExpectedRow): string =>
  [title, rationale ?? '', answer ? textOf(answer) : ''].join('\n').toLowerCase();

interface Sortable {
  readonly title: string;
  readonly happenedAt: number;
  readonly confidence: number | null;
  readonly answer: Answer | null;
}

function keyOf(sort: ResultSort, question: Question, row: Sortable): string | number | null {
  switch (sort) {
    case 'DATE':
      return row.happenedAt;
    case 'TITLE':
      return row.title.toLowerCase().slice(0, 100);
    case 'CONFIDENCE':
      return row.confidence;
    case 'VALUE':
      return row.answer && valueOf(question, row.answer);
  }
}

function valueOf(question: Question, answer: Answer): string | number | null {
  const place = (parts: readonly { key: string }[], key: string): number => {
    const index = parts.findIndex((part) => part.key === key);
    return index < 0 ? parts.length : index;
  };
  switch (answer.type) {
    case 'YES_NO':
      return answer.answer === 'YES' ? 1 : 0;
    case 'GROUP':
      return question.type === 'GROUP' ? place(question.buckets, answer.bucket) : null;
    case 'FUNNEL':
      return question.type === 'FUNNEL' ? place(question.stages, answer.stage) : null;
    case 'CHECKLIST':
      return answer.items.filter(({ outcome }) => outcome === 'MET').length;
    case 'COMPETITORS':
      return answer.mentions.length;
    case 'SPIN_DISTRIBUTION':
      return Object.values(answer.counts).reduce((sum, count) => sum + count, 0);
    default:
      return numberOrText(answer);
  }
}

function numberOrText(answer: Answer): string | number | null {
  switch (answer.type) {
    case 'BUYER_ENGAGEMENT':
      return answer.score;
    case 'SCALE':
      return answer.value;
    case 'DISCOUNT':
      return answer.rate;
    default:
      return textOf(answer).toLowerCase().slice(0, 100);
  }
}

function textOf(answer: Answer): string {
  switch (answer.type) {
    case 'SUMMARY':
      return [answer.overview, ...answer.keyPoints].join('\n');
    case 'OPEN_QUESTION':
      return answer.answer;
    case 'MARKDOWN':
      return answer.markdown;
    case 'SPIN_IMPROVEMENT':
      return answer.suggestions.map(({ text }) => text).join('\n');
    case 'COMPETITORS':
      return answer.mentions.map(({ name }) => name).join(', ');
    default:
      return '';
  }
}

const letters = new Intl.Collator('und');

function byPlace(direction: SortDirection): (left: ExpectedRow, right: ExpectedRow) => number {
  const sign = direction === 'ASCENDING' ? 1 : -1;
  return (left, right) => {
    const [a, b] = [left.sortKey, right.sortKey];
    const byNull = Number(a === null) - Number(b === null);
    const byKey = typeof a === 'string' && typeof b === 'string' ? letters.compare(a, b) : Number(a) - Number(b);
    const byId = left.conversationId < right.conversationId ? 1 : -1;
    return byNull || sign * byKey || right.happenedAt - left.happenedAt || byId;
  };
}
