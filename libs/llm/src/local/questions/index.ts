import { register, type RegisteredResponder } from '../registry.js';
import { checklist } from './checklist.js';
import { yesNo } from './yes-no.js';

/** Responders of the types whose wording is the project's own. */
export const questionResponders: readonly RegisteredResponder[] = [register(yesNo), register(checklist)];
