import type { Criterion, Eligibility, Finding, Question, Verdict } from '@harmony/contracts';
import { evaluateAttribute, type ConversationFacts, type Judgement } from './attribute-filter.js';
import type { Project } from './project.js';

/** A criterion that a model has to judge. */
export interface OpenCriterion {
  readonly criterionId: string;
  readonly criterionVersion: number;
  readonly criterion: Criterion;
  /** How it is put to the analyst. */
  readonly question: Question;
  /** What the question alone does not say: a choice of categories has no words of its own. */
  readonly context: string;
}

export interface EligibilityStep {
  readonly eligibility: Eligibility;
  /** What to ask next; undefined once the eligibility is certain. */
  readonly next: OpenCriterion | undefined;
}

type Judgements = ReadonlyMap<string, Judgement<Verdict>>;

/** How a criterion is put to an analyst; undefined for one that is decided by facts. */
export function questionOf(criterion: Criterion): Question | undefined {
  if (criterion.type === 'BOOLEAN') return { type: 'YES_NO', question: criterion.question };
  if (criterion.type === 'CATEGORY') return { type: 'GROUP', buckets: criterion.categories };
  return undefined;
}

/** What an analyst's finding says of a criterion. That nobody spoke of it keeps the conversation out. */
export function judgementOf(criterion: Criterion, finding: Finding | null): Judgement<Verdict> {
  if (!finding) return { verdict: 'FAILED', detail: 'The analyst gave no answer that could be used.' };
  if (finding.outcome === 'NOT_DISCUSSED') return { verdict: 'NOT_DISCUSSED', detail: 'Nobody spoke of it.' };
  const { answer } = finding;
  if (criterion.type === 'BOOLEAN' && answer.type === 'YES_NO') {
    const expected = criterion.expected ? 'YES' : 'NO';
    return judged(answer.answer === expected, `The answer is ${answer.answer}; asked for is ${expected}.`);
  }
  if (criterion.type === 'CATEGORY' && answer.type === 'GROUP') {
    const names = namesOf(criterion);
    const accepted = criterion.accepted.map(names).join(' or ');
    const isAccepted = criterion.accepted.includes(answer.bucket);
    return judged(isAccepted, `The category is ${names(answer.bucket)}; asked for is ${accepted}.`);
  }
  return { verdict: 'FAILED', detail: 'The analyst answered another question.' };
}

/**
 * How far it is certain whether a conversation belongs into a project, given what models said of its criteria so far.
 * What facts decide is decided first: nothing is asked about a conversation that they keep out.
 */
export function eligibilityOf(project: Project, facts: ConversationFacts, judgements: Judgements): EligibilityStep {
  const isTeamAssigned = facts.teamId !== null && project.teamIds.includes(facts.teamId);
  const criteria = [...project.criteria].map(([criterionId, { version: criterionVersion, criterion }]) => ({
    ...{ criterionId, criterionVersion, criterion },
    judgement: judgedBy(criterion, facts) ?? judgements.get(criterionId),
  }));
  const isOut = !isTeamAssigned || criteria.some(({ judgement }) => judgement && judgement.verdict !== 'MET');
  const open = criteria.find(({ judgement }) => !judgement);
  return {
    eligibility: {
      projectId: project.id,
      eligible: !isOut && !open,
      isTeamAssigned,
      criteria: criteria.map(({ criterionId, judgement }) => ({ criterionId, ...(judgement ?? notJudged) })),
    },
    next: open && !isOut ? openCriterion(open) : undefined,
  };
}

const notJudged: Judgement<Verdict> = {
  verdict: 'NOT_JUDGED',
  detail: 'Not asked, since something else keeps the conversation out.',
};

const judged = (holds: boolean, detail: string): Judgement => ({ verdict: holds ? 'MET' : 'NOT_MET', detail });

const judgedBy = (criterion: Criterion, facts: ConversationFacts): Judgement | undefined =>
  criterion.type === 'ATTRIBUTE' ? evaluateAttribute(criterion.condition, facts) : undefined;

function openCriterion(open: Omit<OpenCriterion, 'question' | 'context'>): OpenCriterion | undefined {
  const { criterionId, criterionVersion, criterion } = open;
  const question = questionOf(criterion);
  const context = criterion.type === 'CATEGORY' ? criterion.question : '';
  return question && { criterionId, criterionVersion, criterion, question, context };
}

const namesOf =
  ({ categories }: Extract<Criterion, { type: 'CATEGORY' }>) =>
  (key: string): string =>
    categories.find((one) => one.key === key)?.name ?? key;
