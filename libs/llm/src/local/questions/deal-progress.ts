import { actsOf } from '../language/acts.js';
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
  /\b(?:offer|quote[ds]?|quotation|proposal|price|per (?:month|year|week|hour|person|unit|seat|head|night|square)|a (?:month|year|week|head|night)|comes to|total(?:s)?|costs?|option|plus vat|all in)\b/iu;
const terms =
  /\b(?:discount|percent off|per cent off|% off|cheaper|come down|lower|knock off|better price|waive|instead of|payment terms|days instead|exit clause|notice period|throw in|free of charge|too (?:high|much|expensive)|match (?:it|that|their)|meet (?:me|us|you) (?:half|in)|counter|best you can|room (?:on|for|in)|negotiat\w+|concession|condition|twelve months instead|clause)\b/iu;
const commitment =
  /\b(?:we(?:'ll| will)|i(?:'ll| will)) (?:take (?:it|that|the|them|you|two|both)|go (?:with|ahead|for)|sign(?! off)|buy|order|book (?:it|you|that)|have (?:it|them|that)|renew|do it)\b|\b(?:let's|let us) (?:do it|do that|sign|go ahead|book it|go for it|proceed|make it official)\b|\b(?:you've|you have|we've|we have) (?:got )?a deal\b|\b(?:it's|that's) a (?:deal|yes)\b|\bwe(?:'re| are) (?:in|going with you|on board)\b|\bsend (?:me|us|over) the (?:contract|paperwork|order form|agreement)\b|\bwhere do i sign\b|\bwe agreed\b|\bi'm sold\b|\b(?:yes|then yes|definitely)[,.] (?:we|i|three|two|let's|go)\b|\bconsider it done\b|\bsign me up\b|\bi (?:accept|agree to)\b/iu;
const paperwork =
  /\b(?:signed|countersigned|waiting for (?:the |your |a )?signature|out for signature|signing tool|docusign|e-?sign\w*|(?:contract|order form|agreement|paperwork|lease|purchase order) (?:is|was|went|has been|came|arrived|landed|went out)|sent (?:you |over )?the (?:contract|order form|agreement|lease|paperwork)|received the (?:contract|order form|agreement|deposit)|deposit (?:is |was |has been )?paid|purchase order (?:is|number))\b/iu;
const lost =
  /\b(?:not interested|don't call (?:me|us|again)|do not call|take (?:me|us) off|remove (?:me|us)|going with (?:another|someone|somebody|the other|a different)|went with (?:another|someone|somebody|the other)|signed with (?:another|someone|somebody)|decided against|no (?:thanks|thank you)[,.]? (?:we|i|not|bye)|won't be (?:buying|renewing|going ahead)|we're not (?:going ahead|renewing|buying)|not going to happen|stop calling|cancel(?:led|ling)? (?:the|our|my) (?:contract|order|subscription|membership|policy))\b/iu;

const by = (
  reading: Reading,
  role: 'HOST' | 'CUSTOMER',
  test: (sentence: SpokenSentence) => boolean,
): SpokenSentence[] =>
  reading.parsed.sentences.filter((sentence) => (sentence.role === role || sentence.role === null) && test(sentence));

const said = (sentence: SpokenSentence, act: 'ACCEPT' | 'REJECT' | 'SHOW' | 'HYPOTHESIS' | 'UNSURE'): boolean =>
  actsOf(sentence).has(act);

const hasMoney = ({ text }: SpokenSentence): boolean =>
  quantitiesIn(text).some(({ kind, value }) => kind === 'MONEY' || (kind === 'NUMBER' && value >= 1000));

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
  const offers = by(reading, 'HOST', (sentence) => offered.test(sentence.text) && hasMoney(sentence));
  const haggling = by(reading, 'CUSTOMER', (sentence) => terms.test(sentence.text));
  const yes = by(
    reading,
    'CUSTOMER',
    (sentence) =>
      commitment.test(sentence.text) &&
      !sentence.isQuestion &&
      !said(sentence, 'REJECT') &&
      placeOf(reading, sentence) > 0.3,
  );
  const no = by(reading, 'CUSTOMER', (sentence) => lost.test(sentence.text));
  const found: readonly (readonly [Milestone, readonly SpokenSentence[]])[] = [
    ['CONTACT', reading.parsed.sentences.slice(0, 1)],
    ['NEEDS', needs(reading)],
    ['SHOWN', shown.length >= 2 ? shown : []],
    ['OFFER', offers],
    ['BOOKED', agreedMeetings(reading).map(({ acceptance }) => acceptance)],
    ['TRIAL', reading.parsed.sentences.filter((sentence) => trial.test(sentence.text) && isTaken(reading, sentence))],
    ['NEGOTIATION', offers.length > 0 || haggling.length > 1 ? haggling : []],
    ['COMMITMENT', yes],
    [
      'PAPERWORK',
      reading.parsed.sentences.filter((sentence) => paperwork.test(sentence.text) && !said(sentence, 'HYPOTHESIS')),
    ],
    ['LOST', no],
  ];
  return new Map(found);
}
