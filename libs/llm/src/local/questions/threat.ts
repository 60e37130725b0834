import type { SpokenSentence } from '../language/conversation.js';
import type { Reading } from '../language/reading.js';
import type { Ask } from './ask.js';

const ofLeaving =
  /\b(?:leav\w+|switch\w*|cancel\w*|terminat\w+|quit|elsewhere|churn|competitors?|walk away|not (?:to )?renew|(?:another|other|different) (?:company|firm|provider|supplier|vendor|agency|bureau|builder|school|broker)|end (?:the|their) (?:contract|relationship))\b/iu;

/** Whether it asks if somebody threatens to go to somebody else. */
export const isAboutLeaving = ({ act, text }: Ask): boolean => act === 'THREATEN' && ofLeaving.test(text);

const threat =
  /\b(?:(?:put|putting|going|goes|go) (?:\w+ ){0,4}(?:out )?to tender|(?:get|find|ring|call|ask|try|look for) (?:somebody|someone|somewhere) else|look(?:ing)? (?:around|elsewhere)|(?:go|going|gone|move|moving|take (?:it|this|that|our \w+|my \w+|the \w+)) (?:elsewhere|somewhere else|to (?:another|somebody else|someone else|the competition|your competitor))|(?:i'm|we're|i am|we are) (?:done|off|gone|out)(?: with)?(?= |,|\.|$)|had enough|last (?:chance|time|straw|warning)|give (?:you )?notice|hand in (?:our|my) notice|cancel (?:the|our|my|this) (?:contract|order|subscription|agreement|whole)|(?:won't|will not|not going to|not) (?:be )?renew\w*|switch\w* (?:to|provider|supplier|over)|take (?:our|my) business)\b/iu;
const condition =
  /\b(?:if (?:this|it|that|things?|nothing|you) (?:\w+ )?(?:goes|go|happens?|stops?|keeps?|carr(?:y|ies)|doesn't|don't|isn't|aren't|can't|fails?|continues?)|otherwise|or else)\b/iu;
const consequence =
  /\b(?:we|i)(?:'ll| will|'re going to|'d) (?:be )?(?:hav|see|talk|speak|meet|leav|look|ask|ring|call|invit|go|switch)\w*/iu;

const plain = (text: string): string => text.replaceAll('’', "'");

/** Where customers say that they may go to somebody else. */
export const threatsIn = ({ parsed: { sentences } }: Reading): SpokenSentence[] =>
  sentences.filter(({ role, isQuestion, text }) => {
    if (role === 'HOST' || isQuestion) return false;
    return threat.test(plain(text)) || (condition.test(plain(text)) && consequence.test(plain(text)));
  });
