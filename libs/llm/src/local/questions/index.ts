import { register, type RegisteredResponder } from '../registry.js';
import { checklist } from './checklist.js';
import { funnel } from './funnel.js';
import { group } from './group.js';
import { markdown } from './markdown.js';
import { openQuestion } from './open-question.js';
import { scale } from './scale.js';
import { yesNo } from './yes-no.js';

/** Responders of the types whose wording is the project's own. */
export const questionResponders: readonly RegisteredResponder[] = [
  register(openQuestion),
  register(yesNo),
  register(checklist),
  register(group),
  register(scale),
  register(funnel),
  register(markdown),
];
