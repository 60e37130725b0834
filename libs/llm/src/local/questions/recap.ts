import { actsOf } from '../language/acts.js';
import type { SpokenSentence } from '../language/conversation.js';
import type { Reading } from '../language/reading.js';
import type { Ask } from './ask.js';
import { placeOf } from './window.js';

const opening =
  /\b(?:(?:to|let me|i'll|just|quick(?:ly)?) (?:just )?(?:sum|recap|summari[sz]e|repeat|wrap|go over|run through)|sum(?:ming)? (?:it |that |this |things )?up|read (?:it|that|this) back|recap|next steps|to confirm|what we(?:'ve| have)? agreed|(?:so|then)[,:]? (?:you|i|we)(?:'ll| will)? [a-z]+|let me (?:check|make sure) i)/iu;
const pledge =
  /\b(?!(?:to|please|can|could|not|would|may|might)\b)[\p{L}']+(?: will|'ll|'m going to)? (?:sends?|gets?|gives?|checks?|pulls?|books?|calls?|prepares?|writes?|puts?|brings?|invites?|sets?|comes?|takes?|does|looks?|makes?|talks?|speaks?|asks?|mails?|emails?|rings?|orders?|confirms?|draws?|shares?|updates?|arranges?|organi[sz]es?|reports?|adds?|blocks?|drops?|delivers?|installs?|visits?|meets?|signs?|transfers?|starts?|follows?)\b/giu;

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
