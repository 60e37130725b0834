import type { Ask } from './ask.js';

const meeting =
  /\b(?:meeting|appointment|follow-?up|(?:next|second|another|further) (?:call|session|visit|conversation|lesson|step|date)|viewing|call-?back|consultation|visit|session|survey|inspection|tasting|test drive|walk-?through|demo|interview|assessment|workshop|tour|fitting|dated next step)\b/iu;
const arranging =
  /\b(?:agree[ds]?|fix(?:ed)?|book(?:ed|s)?|schedul\w+|arrange[ds]?|set(?:tled)?|plan(?:ned)?|confirm\w*|made|make|commit\w*|accept\w*|take place|in the diary)\b/iu;
const undoing = /\b(?:cancel|refus|reject|declin|missed|last|previous)\w*/iu;

/** Whether it asks for a meeting that was arranged: a matter of two turns, a proposal and its acceptance. */
export const isAboutMeeting = ({ text, act }: Ask): boolean =>
  meeting.test(text) && arranging.test(text) && !undoing.test(text) && act !== 'CONCERN' && act !== 'QUESTION';

const dated = /\b(?:date|day|time slot|weekday|time)\b/iu;
const settled =
  /\b(?:agree[ds]?|fix(?:ed|es)?|book(?:ed|s)?|schedul\w+|arrange[ds]?|set|settle[ds]?|confirm(?:ed|s)?)\b/iu;

/** Whether it asks for a date that both sides took, of whatever it is. */
export const isAboutDate = ({ text, act }: Ask): boolean =>
  dated.test(text) && settled.test(text) && !undoing.test(text) && (act === 'AGREE' || act === 'STATE');

const recap =
  /\b(?:recap\w*|sum(?:s|med|ming)? up|summari[sz]\w+|read[s]? back|repeat\w* (?:back|what|the)|goes over|went over|wrap\w* up)\b/iu;

/** Whether it asks for a summary of what was agreed. */
export const isAboutRecap = ({ text }: Ask): boolean => recap.test(text);
