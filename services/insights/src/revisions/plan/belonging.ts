import type { Criterion, Finding, Verdict } from '@harmony/contracts';
import { conversationFacts } from '../../conversations/conversation-facts.js';
import type { Conversation } from '../../conversations/conversation.js';
import type { Judgement } from '../../domain/attribute-filter.js';
import { eligibilityOf, judgementOf, type OpenCriterion } from '../../domain/eligibility.js';
import type { Project } from '../../domain/project.js';

/** Undecided: as far as is known it belongs into the project, and the rest is found out by its run. */
export type Belonging = 'IN' | 'OUT' | 'UNDECIDED';

/**
 * Whether a conversation belongs into a project, as its runs judge that, without asking anybody.
 * @param findingOf what an analyst said before about the same question
 */
export function belongingOf(
  project: Project,
  conversation: Conversation,
  findingOf: (open: OpenCriterion) => Finding | undefined,
): Belonging {
  const facts = conversationFacts(conversation);
  const criteria = new Map([...project.criteria].filter(([, { criterion }]) => isKnown(criterion, conversation)));
  const judgements = new Map<string, Judgement<Verdict>>();
  for (;;) {
    const { eligibility, next } = eligibilityOf({ ...project, criteria }, facts, judgements);
    if (!next && !eligibility.eligible) return 'OUT';
    if (!next) return criteria.size === project.criteria.size ? 'IN' : 'UNDECIDED';
    const finding = findingOf(next);
    if (finding) judgements.set(next.criterionId, judgementOf(next.criterion, finding));
    else criteria.delete(next.criterionId);
  }
}

/** What is counted in a transcript is not known before there is one. */
function isKnown(criterion: Criterion, { transcriptVersion, extraction }: Conversation): boolean {
  if (criterion.type !== 'ATTRIBUTE') return true;
  const { attribute } = criterion.condition;
  if (attribute === 'WORDS') return transcriptVersion !== null;
  return attribute !== 'DURATION_MINUTES' || extraction !== null;
}
