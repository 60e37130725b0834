import { actsOf } from '../language/acts.js';
import type { SpokenSentence } from '../language/conversation.js';
import type { Reading } from '../language/reading.js';
import type { Ask } from './ask.js';
import { placeOf } from './window.js';

const opening =
  /\b(?:(?:to|let me|i'll|just|quick(?:ly)?) (?:just )?(?:sum|recap|summari[sz]e|repeat|wrap|go over|run through)|sum(?:ming)? (?:it |that |this |things )?up|read (?:it|that|this) back|recap|next steps|to confirm|what we(?:'ve| have)? agreed|(?:so|then)[,:]? (?:you|i|we)(?:'ll| will)? [a-z]+|let me (?:check|make sure) i)/iu;
const pledge =
  /\b(?:i|you|we|he|she|they|\p{Lu}\p{L}+)(?:'ll| will|'m going to)? (?:send|sends|get|gets|give|gives|check|checks|pull|pulls|book|books|call|calls|prepare|write|put|puts|bring|brings|invite|set|come|comes|take|takes|do|does|have|look|make|talk|speak|ask|mail|email|ring|order|confirm|draw|share|update|arrange|organi[sz]e|report|add|block|drop|deliver|install|visit|meet|sign|transfer|start|follow)\b/gu;

/** Places where somebody goes through what was agreed: an opening, and two promises or more in one turn. */
export function recapIn(reading: Reading, { side }: Ask): SpokenSentence[] {
  return reading.parsed.turns
    .filter(({ role }) => side === null || side === 'BOTH' || role === null || role === side)
    .flatMap(({ sentences, text }) => {
      const [first] = sentences.filter((sentence) => opening.test(sentence.text));
      if (first === undefined || placeOf(reading, first) < 0.6) return [];
      const isNamed = sentences.some((sentence) => actsOf(sentence).has('SUMMARISE'));
      const pledges = text.match(pledge)?.length ?? 0;
      return pledges >= (isNamed ? 2 : 3) ? [first] : [];
    })
    .slice(-1);
}
