import type { Criterion, Finding, Verdict } from '@harmony/contracts';
import { conversationFacts } from '../../conversations/conversation-facts.js';
import type { Conversation } from '../../conversations/conversation.js';
import type { Judgement } from '../../domain/attribute-filter.js';
import { eligibilityOf, judgementOf, type OpenCriterion } from '../../domain/eligibility.js';
import type { Project } from '../../domain/project.js';

/** Undecided: as far as is known it belongs into the project, and the rest is found out by its run. */
export type Belonging = 'IN' | 'OUT' | 'UNDECIDED';

/** Criteria that a run asks its analyst about. */
export interface AskedCriteria {
  /** In their order: each of them is asked only where those before it are met. */
  readonly ids: readonly string[];
  /** Whether the first one is asked, whatever becomes known meanwhile. */
  readonly isFirstCertain: boolean;
}

export const noCriteria: AskedCriteria = { ids: [], isFirstCertain: false };

export interface Judged {
  readonly belonging: Belonging;
  /** What its run has to ask in order to know. */
  readonly asked: AskedCriteria;
}

/**
 * Whether a conversation belongs into a project, as its runs judge that, without asking anybody.
 * @param findingOf what an analyst said before about the same question
 */
export function belongingOf(
  project: Project,
  conversation: Conversation,
  findingOf: (open: OpenCriterion) => Finding | undefined,
): Judged {
  const facts = conversationFacts(conversation);
  const criteria = new Map([...project.criteria].filter(([, { criterion }]) => isKnown(criterion, conversation)));
  const isFirstCertain = criteria.size === project.criteria.size;
  const judgements = new Map<string, Judgement<Verdict>>();
  const ids: string[] = [];
  for (;;) {
    const { eligibility, next } = eligibilityOf({ ...project, criteria }, facts, judgements);
    if (!next) return { belonging: belongs(eligibility.eligible, project, criteria), asked: { ids, isFirstCertain } };
    const finding = findingOf(next);
    if (finding) judgements.set(next.criterionId, judgementOf(next.criterion, finding));
    else {
      criteria.delete(next.criterionId);
      ids.push(next.criterionId);
    }
  }
}

/** @param criteria those that are known, and all of them met where it is eligible */
function belongs(isEligible: boolean, project: Project, criteria: Project['criteria']): Belonging {
  if (!isEligible) return 'OUT';
  return criteria.size === project.criteria.size ? 'IN' : 'UNDECIDED';
}

/** What is counted in a transcript is not known before there is one. */
function isKnown(criterion: Criterion, { transcriptVersion, extraction }: Conversation): boolean {
  if (criterion.type !== 'ATTRIBUTE') return true;
  const { attribute } = criterion.condition;
  if (attribute === 'WORDS') return transcriptVersion !== null;
  return attribute !== 'DURATION_MINUTES' || extraction !== null;
}
