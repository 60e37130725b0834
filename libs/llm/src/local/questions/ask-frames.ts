import type { Ask } from './ask.js';

const meeting =
  /\b(?:meeting|appointment|follow-?up|(?:next|second|another|further) (?:call|session|visit|conversation|lesson|step|date)|viewing|site visit|call-?back|consultation|visit|session|dated next step)\b/iu;
const arranging =
  /\b(?:agree[ds]?|fix(?:ed)?|book(?:ed|s)?|schedul\w+|arrange[ds]?|set(?:tled)?|plan(?:ned)?|confirm\w*|made|make|commit\w*|accept\w*|take place|in the diary)\b/iu;
const undoing = /\b(?:cancel|refus|reject|declin|missed|last|previous)\w*/iu;

/** Whether it asks for a meeting that was arranged: a matter of two turns, a proposal and its acceptance. */
export const isAboutMeeting = ({ text, act }: Ask): boolean =>
  meeting.test(text) && arranging.test(text) && !undoing.test(text) && act !== 'CONCERN' && act !== 'QUESTION';

const recap =
  /\b(?:recap\w*|sum(?:s|med|ming)? up|summari[sz]\w+|read[s]? back|repeat\w* (?:back|what|the)|goes over|went over|wrap\w* up)\b/iu;

/** Whether it asks for a summary of what was agreed. */
export const isAboutRecap = ({ text }: Ask): boolean => recap.test(text);
