import { cues } from '../cues/cues.js';

/** Whether the line is good, the screen is seen, the hour is kept, a file has come. */
const housekeeping = cues`
  (?:can|could|do|are) (?:you|we|everyone|everybody) (?:all )?(?:hear|see|read) (?:me|us|my|the|it|that|this|your|you);
  (?:hear|see) (?:me|that|it); (?:is|are) (?:everybody|everyone|we all) (?:here|there|on); muted?; bad time;
  good time; okay time; convenient; have (?:\w+ ){0,4}(?:minutes?|half hour|moment|second) (?:still|now|for);
  still have (?:\w+ ){0,4}(?:minutes|hour); did (?:it|that|the \w+|my \w+) (?:land|arrive|come through|reach you);
  have you (?:got|received|seen) (?:it|that|the|my|our) (?:\w+ )?(?:pdf|email|mail|link|invite|invitation|quote|slide|document|form)?;
  all got the; record(?:ing|ed)?; joining (?:us|as well|too); share my screen; should (?:now )?see; where are we;
  where were we; shall we (?:start|begin|go|move|dive); ready to;
  anything (?:you want to add|else (?:you|from you|from your side|i can)|i (?:can|forgot|missed)|(?:from|on) (?:the|your) list);
  any (?:other )?questions; does that (?:make sense|sound|answer|help you so far);
  sound(?:s)? (?:good|fair|okay|ok|right); make sense; all right with you; okay with you;
  is that (?:ok|okay|fine|all right|alright|clear); what do you think; how does (?:that|it|this) (?:look|sound);
  what did you think; you know what i mean; who am i speaking; am i (?:speaking|talking) (?:to|with);
  did i (?:get|say|pronounce)
`;

/** About anything but business. */
const chatter = cues`
  weather; weekend; holiday; holidays; vacation; easter; christmas; birthday*; raining; sunny; snow*; coffee;
  lunch; background; how are you; how have you been; how's it going; how is it going; how was; how's life; kids;
  family; football; match; you well; good morning; the trip; the flight; traffic
`;

/** Asks for a thing to be done, a day, or leave to do something; it is not asked to learn anything. */
const request = cues`
  (?:could|can|would|will|may|might) (?:you|i|we) (?:please |also |just |maybe |perhaps |quickly |at least )?(?:send|share|forward|email|mail|give|bring|invite|introduce|put|pencil|fix|set|book|schedule|start|meet|talk again|ask|suggest|get|take|add|call|ring|come|show|check|let|quote|steal|have a (?:quick )?(?:chat|call|word)|do (?:that|it|this)|join|confirm|follow|go (?:over|through)|speak (?:to|with)|drop|plan|find|look|make sure);
  shall (?:we|i); should (?:we|i); why don't we; how about;
  what about (?:monday|tuesday|wednesday|thursday|friday|next|tomorrow);
  would it be (?:all right|ok|okay|possible|fine) (?:if|to|for);
  is it (?:all right|ok|okay|possible|fine) (?:if|to); do you mind; would you mind;
  do (?:you|we) want (?:me |us )?to; would you like (?:me|us) to;
  (?<!(?:what|how|who|which|where|when|why) )would you be (?:open|up|willing|happy|able);
  are you (?:free|available|around); do you have time;
  (?:does|would|will|is|how is|how are|how's) (?:\w+ ){0,6}(?:monday|tuesday|wednesday|thursday|friday|saturday|sunday|tomorrow|next week|(?:\d+|one|two|three|nine|ten|eleven|noon) (?:o'clock|am|pm)|the (?:\w+teenth|\w+th|first|second|third)|morning|afternoon) (?:\w+ ){0,4}?(?:work|suit|ok|okay|good|fine|better|possible|for you);
  (?:work|works|suit|suits) for (?:you|everyone|everybody|both)
`;

/** Ends a statement; nothing is asked. */
const tag =
  /^(?:(?:\W*(?:right|ok|okay|yes|yeah|no|so|and|really|sorry|pardon|what|good|hm+|huh|fair|deal|agreed|correct|now|well|never|is it|isn't it|did you|do you|you know|was it|were you|does it|has it|have you|are you|to be fair|hello|seriously|ready|better|clear|hey|ha)\W*){1,3})$/i;

const clock = /^[^?]*\b(?:monday|tuesday|wednesday|thursday|friday|saturday|sunday)\b[^?]*\?$/i;
const asks = cues`who; what; which; how; why; where; when; whose; do; does; did; is; are; was; were; have; has; can; would; will`;

/** Whether a question is asked for the sake of talking, of the meeting, or of a favour, and not to learn something. */
export function isSmallTalk(question: string): boolean {
  if (tag.test(question) || housekeeping.test(question) || chatter.test(question)) return true;
  return isRequest(question) || (clock.test(question) && !asks.test(question));
}

/** What a favour is asked for may be to learn something: "could you tell me how you plan today?" */
function isRequest(question: string): boolean {
  const asked = /\b(?:tell|walk|talk|explain|describe|help me understand)\b/i.test(question);
  return !asked && request.test(question);
}
