import { actsOf, type Act } from '../language/acts.js';
import type { SpokenSentence } from '../language/conversation.js';
import { quantitiesIn } from '../language/quantities.js';
import type { Reading } from '../language/reading.js';
import { agreedMeetings } from './agreed-meeting.js';
import { placeOf, replyTo } from './window.js';

/** What happens on the way to a deal, in any business. */
export const milestones = [
  'CONTACT',
  'NEEDS',
  'SHOWN',
  'OFFER',
  'BOOKED',
  'TRIAL',
  'NEGOTIATION',
  'COMMITMENT',
  'PAPERWORK',
  'LOST',
] as const;
export type Milestone = (typeof milestones)[number];

/** Sentences that show each milestone; none where it was not reached. */
export type Progress = ReadonlyMap<Milestone, readonly SpokenSentence[]>;

const trial =
  /\b(?:trial|pilot|proof of concept|poc|test (?:run|phase|period|drive|week|month)|try (?:it|this|that|them|one) (?:out|for|on|with)|sample|taster|free (?:month|week)|probation)\b/iu;
const offered =
  /\b(?:offer|quote[ds]?|quotation|proposal|prices?|pricing|fee|rate|rent|premium|per (?:month|year|week|hour|person|unit|seat|head|night|square|user|site|site)|comes? to|total(?:s)?|costs?|option|alternative|plus vat|all in|renewal for|package|(?:a|per|each) (?:year|month|week)|plus the|that makes|brings (?:it|you)|in total|percent off|per cent off|discount|deal)\b/iu;
const terms =
  /\b(?:discount|percent off|per cent off|% off|cheaper|come down|lower|knock off|better price|waive|instead of|payment terms|days instead|exit clause|notice period|throw in|free of charge|too (?:high|much|expensive)|match (?:it|that|their)|meet (?:me|us|you) (?:half|in)|counter|best you can|room (?:on|for|in)|negotiat\w+|concession|condition|twelve months instead|clause)\b/iu;
const commitment =
  /\bwe(?:'ll| will) (?:take (?:it|that|them|you|two|three|both|the \w+(?: \w+)?$)|go (?:with|ahead|for)|sign(?! off)|buy|order|book (?:it|you|that)|have (?:it|them)|renew|do it|move forward)\b|\bi(?:'ll| will) (?:take (?:it|that one|them|both)|go (?:with|ahead|for it)|sign(?! off)|buy|renew|order)\b|\b(?:let's|let us) (?:do it|do that|do this|sign|go ahead|book it|go for it|proceed|make it official|go with)\b|\b(?:you've|you have|we've|we have) (?:got )?a deal\b|\b(?:it's|that's|it is) a (?:deal|yes)\b|\bwe(?:'re| are) (?:in|going with you|going ahead|on board|good with that|good to go)\b|\bsend (?:me|us|over|it)(?: over)?(?: with)? the (?:contract|paperwork|order form|agreement|lease)\b|\bwhere do (?:i|we) sign\b|\bwe agreed\b|\bi'm sold\b|\bconsider it done\b|\bsign (?:me|us) up\b|\bi (?:accept|agree to)\b|\b(?:that's|you have|you've got) (?:my|our) (?:yes|word)\b|\b(?:happy|ready|want) to (?:sign|go ahead|proceed|book|commit|order)\b|\bcount us in\b|\bbook us in\b/iu;
const paperwork =
  /\b(?:(?:have|has|'ve|already|is|are|been) (?:been )?(?:counter)?signed\b(?! (?:off|up|something|anything|with))|i signed (?:it|the)|waiting for (?:the |your |a )?signature|out for signature|signing tool|docusign|e-?sign\w*|(?:contract|order form|agreement|lease|purchase order) (?:went|has been|came|arrived|landed|is out|is signed|is with)|sent (?:you |over )?the (?:contract|order form|agreement|lease)|received the (?:contract|order form|agreement|deposit)|(?:deposit|first invoice) (?:is |was |has been |'s )?paid|paid the deposit|purchase order (?:is|number))/iu;
const lost =
  /\b(?:not interested|don't call (?:me|us|again)|do not call|take (?:me|us) off|remove (?:me|us)|going with (?:another|someone|somebody|the other|a different)|went with (?:another|someone|somebody|the other)|signed with (?:another|someone|somebody)|decided against|no (?:thanks|thank you)[,.]? (?:we|i|not|bye)|won't be (?:buying|renewing|going ahead)|we're not (?:going ahead|renewing|buying)|not going to happen|stop calling|cancel(?:led|ling)? (?:the|our|my) (?:contract|order|subscription|membership|policy))\b/iu;

const by = (
  reading: Reading,
  role: 'HOST' | 'CUSTOMER',
  test: (sentence: SpokenSentence) => boolean,
): SpokenSentence[] =>
  reading.parsed.sentences.filter((sentence) => (sentence.role === role || sentence.role === null) && test(sentence));

/** Not so, or not yet. */
const isOpen = (sentence: SpokenSentence): boolean =>
  ['REJECT', 'HYPOTHESIS', 'UNSURE'].some((act) => actsOf(sentence).has(act as Act)) ||
  /\b(?:used to|when|once|before|until|unless|after)\b/iu.test(sentence.text);

const said = (sentence: SpokenSentence, act: Act): boolean => actsOf(sentence).has(act);

/** A price in a sentence; a bare number counts from a hundred on, since prices are often said without their currency. */
const hasPrice = ({ text }: SpokenSentence): boolean =>
  quantitiesIn(text).some(({ kind, value }) => kind === 'MONEY' || (kind === 'NUMBER' && value >= 1000)) ||
  /\b(?:per ?cent|percent|%) (?:off|discount)\b/iu.test(text);

/** A host's turn that names what is offered, and its price. */
function offersOf(reading: Reading): SpokenSentence[] {
  return by(reading, 'HOST', hasPrice).filter(({ turn, position }) =>
    (reading.parsed.turns[turn]?.sentences ?? []).some(
      (near) => Math.abs(near.position - position) <= 2 && offered.test(near.text),
    ),
  );
}

/** Answers that tell more than yes and no, to what the host asked. */
function needs(reading: Reading): SpokenSentence[] {
  const answers = by(reading, 'HOST', ({ isQuestion }) => isQuestion).flatMap((asked) => {
    const [first] = replyTo(reading, asked.turn);
    const words = replyTo(reading, asked.turn).reduce((sum, { tokens }) => sum + tokens.length, 0);
    return first !== undefined && words >= 12 && first.role !== 'HOST' ? [first] : [];
  });
  return answers.length >= 3 ? answers : [];
}

const isTaken = (reading: Reading, sentence: SpokenSentence): boolean =>
  [sentence, ...replyTo(reading, sentence.turn).slice(0, 3)].some((one) => said(one, 'ACCEPT') && !said(one, 'REJECT'));

/** What of the way to a deal was gone in a conversation. */
export function progressOf(reading: Reading): Progress {
  const shown = by(reading, 'HOST', (sentence) => said(sentence, 'SHOW'));
  const offers = offersOf(reading);
  const firstOffer = offers[0]?.position ?? Infinity;
  const haggling = by(reading, 'CUSTOMER', ({ text, position }) => position > firstOffer && terms.test(text));
  const isYes = (sentence: SpokenSentence): boolean =>
    commitment.test(sentence.text) && !sentence.isQuestion && !isOpen(sentence) && placeOf(reading, sentence) > 0.3;
  const yes = by(reading, 'CUSTOMER', isYes);
  const tried = reading.parsed.sentences.filter(({ text }) => trial.test(text));
  const isOfTrial = ({ turn }: SpokenSentence): boolean => tried.some((one) => Math.abs(one.turn - turn) <= 1);
  const no = by(reading, 'CUSTOMER', (sentence) => lost.test(sentence.text));
  const found: readonly (readonly [Milestone, readonly SpokenSentence[]])[] = [
    ['CONTACT', reading.parsed.sentences.slice(0, 1)],
    ['NEEDS', needs(reading)],
    ['SHOWN', shown.length >= 2 ? shown : []],
    ['OFFER', offers],
    ['BOOKED', agreedMeetings(reading).map(({ acceptance }) => acceptance)],
    ['TRIAL', tried.filter((sentence) => isTaken(reading, sentence))],
    ['NEGOTIATION', haggling],
    ['COMMITMENT', yes.filter((sentence) => !isOfTrial(sentence))],
    [
      'PAPERWORK',
      reading.parsed.sentences.filter((one) => paperwork.test(one.text) && !one.isQuestion && !isOpen(one)),
    ],
    ['LOST', no],
  ];
  return new Map(found);
}
