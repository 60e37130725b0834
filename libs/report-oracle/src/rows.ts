import type { Answer, ReportFilter } from '@harmony/contracts';
import { cellThen, definitionsThen, isWithin, endsOf, newestFirst } from './report.js';
import {
  passes,
  selectAll,
  timeOf,
  visibleProject,
  type OracleMoment,
  type OracleReader,
  type Selected,
} from './selection.js';
import type { Settled, World } from './world.js';

export interface OracleQuestion {
  readonly projectId: string;
  readonly filter: ReportFilter;
  readonly moment: OracleMoment;
}

/** What became of one definition in one conversation. */
export interface OracleResult {
  readonly definitionId: string;
  readonly definitionVersion: number;
  readonly outcome: 'PENDING' | 'ANSWERED' | 'NOT_DISCUSSED' | 'FAILED';
  readonly failureCode: string | null;
  readonly answer: Answer | null;
  readonly rationale: string | null;
  readonly confidence: number | null;
  readonly evidence: readonly unknown[];
}

/** Conversations that count, the newest first, and the time as of which everything is. */
export function oracleSelection(world: World, reader: OracleReader, { projectId, filter, moment }: OracleQuestion) {
  const time = timeOf(world, reader, projectId, moment);
  const project = visibleProject(world, reader, projectId, time);
  const selected = selectAll(world, reader, projectId, moment)
    .filter((one) => passes(filter, one) && isWithin(endsOf(filter))(one))
    .sort(newestFirst);
  return { time, project, selected, definitions: definitionsThen(world, projectId, time) };
}

export function resultThen(one: Selected, definitionId: string, time: number): OracleResult | undefined {
  const cell = cellThen(one, definitionId, time);
  const definitionVersion = one.run.cells.get(definitionId)?.definitionVersion;
  if (cell === undefined || definitionVersion === undefined) return undefined;
  return { definitionId, definitionVersion, ...(cell === 'PENDING' ? nothing('PENDING') : settled(cell)) };
}

type Found = Omit<OracleResult, 'definitionId' | 'definitionVersion'>;

const nothing = (outcome: OracleResult['outcome'], failureCode: string | null = null): Found => ({
  ...{ outcome, failureCode, answer: null, rationale: null, confidence: null, evidence: [] },
});

function settled(cell: Settled): Found {
  if (cell.outcome === 'FAILED') return nothing('FAILED', cell.code);
  if (cell.outcome === 'DROPPED') throw new RangeError('What was dropped is no result.');
  const { finding } = cell;
  return {
    ...{ outcome: finding.outcome, failureCode: null },
    answer: finding.outcome === 'ANSWERED' ? finding.answer : null,
    ...{ rationale: finding.rationale, confidence: finding.confidence, evidence: finding.evidence },
  };
}

/** A row of the detail of a definition: the newest first. */
export function oracleRows(
  world: World,
  reader: OracleReader,
  question: OracleQuestion & { readonly definitionId: string; readonly search?: string },
) {
  const { time, selected } = oracleSelection(world, reader, question);
  return selected
    .flatMap((one) => {
      const result = resultThen(one, question.definitionId, time);
      return result && isFound(question.search ?? '', one, result) ? [{ one, result }] : [];
    })
    .map(({ one: { conversation, run, facts, happenedAt }, result }) => ({
      ...{ conversationId: conversation.id, runId: run.id, title: facts.title, status: facts.status },
      ...{ happenedAt: new Date(happenedAt).toISOString(), result },
    }));
}

const folded = (text: string): string => text.normalize('NFKC').toLowerCase();

/** All words stand in the title, the rationale or the words of the answer. */
function isFound(search: string, { facts }: Selected, { rationale, answer }: OracleResult): boolean {
  const text = folded([facts.title, rationale, answer && wordsOf(answer)].filter(Boolean).join('\n'));
  return search
    .split(/\s+/u)
    .filter(Boolean)
    .every((word) => text.includes(folded(word)));
}

function wordsOf(answer: Answer): string {
  switch (answer.type) {
    case 'SUMMARY':
      return [answer.overview, ...answer.keyPoints].join('\n');
    case 'OPEN_QUESTION':
      return answer.answer;
    case 'MARKDOWN':
      return answer.markdown;
    case 'COMPETITORS':
      return answer.mentions.map(({ name }) => name).join(', ');
    case 'SPIN_IMPROVEMENT':
      return answer.suggestions.map(({ text }) => text).join('\n');
    default:
      return '';
  }
}
