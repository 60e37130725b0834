import type { QuestionOf } from '@harmony/contracts';
import { milestones, type Milestone } from './deal-progress.js';
import { notYet, stageWords } from './lexicon/stage-words.js';

export type Stage = QuestionOf<'FUNNEL'>['stages'][number];

/** What a stage says that is so, without what it says that is not yet so. */
export function positivePart({ name, description }: Stage): string {
  const clauses = description
    .split(/[,;.:]|\bbut\b|\band\b/iu)
    .filter((clause) => clause.trim() !== '' && !notYet.test(clause));
  return [name, ...clauses.map((clause) => clause.trim())].join(', ');
}

/** How much more the name of a stage says than its description. */
const nameWeight = 1.6;
/** A funnel begins with a contact and ends with a yes, as far as its words leave it open. */
const endBonus = 1.5;
/** Stages mostly follow the way of a deal, and each means a step of its own. */
const backwards = 2;
const repeated = 2.5;
/** A stage whose words say nothing means nothing. */
const unsaid = 0.1;

type Meaning = Milestone | undefined;
const choices: readonly Meaning[] = [undefined, ...milestones];

/** How clearly the words of a stage speak for each milestone. */
function scoresByWords(stage: Stage): Map<Meaning, number> {
  const scores = new Map<Meaning, number>([[undefined, unsaid]]);
  const told = positivePart(stage).slice(stage.name.length);
  for (const [milestone, clarity, pattern] of stageWords) {
    const score = (pattern.test(stage.name) ? clarity * nameWeight : 0) + (pattern.test(told) ? clarity : 0);
    if (score > (scores.get(milestone) ?? 0)) scores.set(milestone, score);
  }
  return scores;
}

/** How clearly the words and the places of stages speak for each milestone. */
function scoresOf(stages: readonly Stage[]): ReadonlyMap<Meaning, number>[] {
  const scores = stages.map(scoresByWords);
  const raise = (own: Map<Meaning, number> | undefined, milestone: Milestone): void => {
    own?.set(milestone, (own.get(milestone) ?? 0) + endBonus);
  };
  raise(scores[0], 'CONTACT');
  const last = scores.findLast((own) => !own.has('LOST'));
  if (last?.has('PAPERWORK') === false) raise(last, 'COMMITMENT');
  return scores;
}

const penalty = (before: Meaning, next: Meaning): number => {
  if (before === undefined || next === undefined) return 0;
  if (before === next) return repeated;
  return milestones.indexOf(before) > milestones.indexOf(next) ? backwards : 0;
};

interface Way {
  readonly score: number;
  readonly meanings: readonly Meaning[];
}

/** The milestones that stages mean: what their words say, along the way that a deal goes; undefined where none fits. */
export function meaningsOf(stages: readonly Stage[]): readonly Meaning[] {
  let ways: readonly Way[] = [{ score: 0, meanings: [] }];
  for (const scores of scoresOf(stages)) {
    ways = choices.flatMap((choice) => {
      const own = scores.get(choice);
      if (own === undefined) return [];
      const extended = ways.map(({ score, meanings }) => ({
        score:
          score +
          own -
          penalty(
            meanings.findLast((one) => one !== undefined),
            choice,
          ),
        meanings: [...meanings, choice],
      }));
      return extended.reduce<Way[]>(
        (best, way) => (best[0] === undefined || way.score > best[0].score ? [way] : best),
        [],
      );
    });
  }
  return ways.reduce((best, way) => (way.score > best.score ? way : best), { score: -Infinity, meanings: [] }).meanings;
}
