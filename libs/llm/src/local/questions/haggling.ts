import { actsOf } from '../language/acts.js';
import type { SpokenSentence } from '../language/conversation.js';
import type { Reading } from '../language/reading.js';
import { cuesOf } from './sentence-cues.js';

/** The customer pushes for another price or other terms, and does not merely speak of it. */
function isPush(sentence: SpokenSentence): boolean {
  const cues = cuesOf(sentence);
  return sentence.role !== 'HOST' && (cues.has('TERMS') || cues.has('PUSH')) && !cues.has('NO_PUSH');
}

/** A host gives something on price or terms. */
const gives = (sentence: SpokenSentence, cue: 'GRANT' | 'CUT'): boolean =>
  sentence.role !== 'CUSTOMER' && cuesOf(sentence).has(cue) && !actsOf(sentence).has('REJECT');

/** A price that a host names, or an offer that lies there. */
const isPriced = (one: SpokenSentence): boolean =>
  (one.role !== 'CUSTOMER' && cuesOf(one).has('PRICE')) || cuesOf(one).has('OPEN_OFFER');

/** Turns within which the other side answers a push; a price is cut later too. */
const reach = 3;

/**
 * Where price or terms were bargained over: the customer pushed after a price or an offer was named, and the host gave
 * something, or the customer did not let go. One push that is refused and dropped is no bargaining.
 */
export function haggling({ parsed: { sentences } }: Reading): SpokenSentence[] {
  const first = sentences.find(isPriced)?.position ?? Infinity;
  const pushes = sentences.filter((one) => one.position >= first && isPush(one));
  const [opening] = pushes;
  const last = pushes.at(-1);
  if (opening === undefined || last === undefined) return [];
  const answered = new Set(pushes.flatMap(({ turn }) => Array.from({ length: reach }, (_, at) => turn + 1 + at)));
  const isGranted = sentences.some(
    (one) => (gives(one, 'CUT') && one.turn > opening.turn) || (gives(one, 'GRANT') && answered.has(one.turn)),
  );
  const isDropped = sentences.some(
    (one) => one.role !== 'HOST' && one.position >= last.position && cuesOf(one).has('LET_GO'),
  );
  const isInsisted = new Set(pushes.map(({ turn }) => turn)).size > 1 && !isDropped;
  return isGranted || isInsisted ? pushes : [];
}
