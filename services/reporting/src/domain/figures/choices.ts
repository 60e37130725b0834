import type { QuestionOf } from '@harmony/contracts';
import { share, type Counted } from '../tally.js';
import { Counts, namedParts, type NamedPart } from './parts.js';

export interface YesNoFigures {
  readonly type: 'YES_NO';
  readonly yes: number;
  readonly no: number;
  readonly successAnswer: 'YES' | 'NO';
  /** Of the answers; null where there is none. */
  readonly successShare: number | null;
}

export interface BucketFigures extends NamedPart {
  readonly count: number;
  readonly share: number | null;
}

export interface GroupFigures {
  readonly type: 'GROUP';
  readonly buckets: readonly BucketFigures[];
}

export interface StageFigures extends NamedPart {
  /** Went as far as this stage. */
  readonly stopped: number;
  /** Went as far as this stage or a later one; null for a former stage, which has no place in the order. */
  readonly reached: number | null;
  /** Of those that reached the stage before; null for the first. */
  readonly conversion: number | null;
  /** Reached, of all answers. */
  readonly share: number | null;
}

export interface FunnelFigures {
  readonly type: 'FUNNEL';
  readonly stages: readonly StageFigures[];
}

type Choices = readonly Counted<string>[];

const countsOf = (answers: Choices): Counts => {
  const counts = new Counts();
  for (const { value, count } of answers) counts.add(value, count);
  return counts;
};

export function yesNoFigures(answers: Choices, successAnswer: 'YES' | 'NO'): YesNoFigures {
  const counts = countsOf(answers);
  const [yes, no] = [counts.of('YES'), counts.of('NO')];
  const successShare = share(counts.of(successAnswer), yes + no);
  return { type: 'YES_NO', yes, no, successAnswer, successShare };
}

export function groupFigures(answers: Choices, question: QuestionOf<'GROUP'>, answered: number): GroupFigures {
  const counts = countsOf(answers);
  const buckets = namedParts(question.buckets, counts.keys()).map((part) => {
    const count = counts.of(part.key);
    return { ...part, count, share: share(count, answered) };
  });
  return { type: 'GROUP', buckets };
}

export function funnelFigures(answers: Choices, question: QuestionOf<'FUNNEL'>, answered: number): FunnelFigures {
  const counts = countsOf(answers);
  const stages: StageFigures[] = [];
  let rest = question.stages.reduce((sum, { key }) => sum + counts.of(key), 0);
  let before: number | undefined;
  for (const part of namedParts(question.stages, counts.keys())) {
    const stopped = counts.of(part.key);
    if (part.isFormer) {
      stages.push({ ...part, stopped, reached: null, conversion: null, share: null });
      continue;
    }
    const conversion = before === undefined ? null : share(rest, before);
    stages.push({ ...part, stopped, reached: rest, conversion, share: share(rest, answered) });
    before = rest;
    rest -= stopped;
  }
  return { type: 'FUNNEL', stages };
}
