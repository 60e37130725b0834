import type { SpokenSentence } from '../language/conversation.js';
import { incidental } from './stance-cues.js';

/** What the form of a sentence says of a name in it where no words do. */
export type Tense = 'HABIT' | 'POSSIBLE' | 'OVER' | 'NONE';

const irregular = new Set(
  'was were had did went came took gave sent left said told got made lost saw ran kept thought found bought paid met brought began chose fell felt held knew let put read rang sat spoke spent stood threw wrote broke drove grew hung led cut hurt'.split(
    ' ',
  ),
);
const isPast = ({ tag, lower }: SpokenSentence['tokens'][number]): boolean =>
  (tag === 'VERB' || tag === 'AUX') && (irregular.has(lower) || (lower.length > 4 && lower.endsWith('ed')));
const isVerb = ({ tag }: SpokenSentence['tokens'][number]): boolean => tag === 'VERB' || tag === 'AUX';

const firstPerson = /(?<!\w)(?:we|our|us|i|my|me|everybody|everyone|people|staff|team)(?!\w)/i;
const modal =
  /@ (?:\w+ ){0,2}?(?:can|could|would|will|might|may)\b|(?:with|from|at) @ (?:\w+ ){0,2}?(?:i|we|it|they)(?:['’]d| would| could| can)/i;
const governed =
  /(?:in|through|via|from|with|under|by|on|using|called|thing) @|@(?:['’]s)? (?:\w+ly )?(?!is\b|are\b|was\b|were\b|who\b|that\b)[a-z]+s? (?:me|us|our|it|them|the|everything|all)\b/i;
const object =
  /(?<!\w)(?:we|i) (?:\w+ ){0,2}?(?!saw|met|asked|heard|invited|called|visited)[a-z]+(?:ed|ew|t|de|ft|it) @/i;

/** Present tense about oneself is what is done today; a possibility is weighed; what one did to it once is over. */
export function tenseOf({ tokens, isQuestion }: SpokenSentence, masked: string): Tense {
  if (isQuestion || incidental.test(masked)) return 'NONE';
  if (modal.test(masked)) return 'POSSIBLE';
  if (object.test(masked)) return 'OVER';
  const isPresent = tokens.some(isVerb) && !tokens.some(isPast);
  return isPresent && governed.test(masked) && (firstPerson.test(masked) || /^(?:the|our|my|all|every)/i.test(masked))
    ? 'HABIT'
    : 'NONE';
}
