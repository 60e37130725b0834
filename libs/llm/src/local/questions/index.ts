import type { InsightType } from '@harmony/contracts';
import { register, type LocalResponder, type RegisteredResponder } from '../registry.js';
import { checklist } from './checklist.js';
import { funnel } from './funnel.js';
import { group } from './group.js';
import { markdown } from './markdown.js';
import { openQuestion } from './open-question.js';
import { scale } from './scale.js';
import { prepare } from './sentence-cues.js';
import { yesNo } from './yes-no.js';

/** Has the sentences read ahead, in slices, before a question is answered from them. */
function prepared<Type extends InsightType>(responder: LocalResponder<Type>): RegisteredResponder {
  return register<Type>({
    ...responder,
    answer: async (request) => {
      await prepare(request.reading);
      return responder.answer(request);
    },
  });
}

/** Responders of the types whose wording is the project's own. */
export const questionResponders: readonly RegisteredResponder[] = [
  prepared(openQuestion),
  prepared(yesNo),
  prepared(checklist),
  prepared(group),
  prepared(scale),
  prepared(funnel),
  prepared(markdown),
];
