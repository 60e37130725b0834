import type { Ask } from './ask.js';

const meeting =
  /\b(?:meeting|appointment|follow-?up|next (?:call|session|visit|conversation|lesson|step)|viewing|site visit|demo|second call|another call|call-?back|consultation|visit|session)\b/iu;
const arranging =
  /\b(?:agree[ds]?|fix(?:ed)?|book(?:ed)?|schedul\w+|arrange[ds]?|set(?:tled)?|plan(?:ned)?|confirm(?:ed)?|made|make|commit\w*|accept\w*|dated?|take place|in the diary)\b/iu;

/** Whether it asks for a meeting that was arranged: a matter of two turns, a proposal and its acceptance. */
export const isAboutMeeting = ({ text, side }: Ask): boolean =>
  meeting.test(text) &&
  arranging.test(text) &&
  !/\b(?:cancel|refus|reject|declin)/iu.test(text) &&
  (side === 'BOTH' || side === null || side === 'CUSTOMER' || /\b(?:day|date|time|when)\b/iu.test(text));

const recap =
  /\b(?:recap\w*|sum(?:s|med|ming)? up|summari[sz]\w+|read[s]? back|repeat\w* (?:back|what|the)|goes over|went over|wrap\w* up)\b/iu;

/** Whether it asks for a summary of what was agreed. */
export const isAboutRecap = ({ text }: Ask): boolean => recap.test(text);
