import { actsOf, type Act } from '../language/acts.js';
import type { SpokenSentence } from '../language/conversation.js';
import type { Reading } from '../language/reading.js';
import { agreedMeetings } from './agreed-meeting.js';
import { cuesOf, type Cue } from './sentence-cues.js';
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

const by = (
  reading: Reading,
  role: 'HOST' | 'CUSTOMER',
  test: (sentence: SpokenSentence) => boolean,
): SpokenSentence[] =>
  reading.parsed.sentences.filter((sentence) => (sentence.role === role || sentence.role === null) && test(sentence));

/** Not so, or not yet. */
const isOpen = (sentence: SpokenSentence): boolean =>
  ['REJECT', 'HYPOTHESIS', 'UNSURE'].some((act) => actsOf(sentence).has(act as Act)) ||
  cuesOf(sentence).has('CONDITION');

const said = (sentence: SpokenSentence, act: Act): boolean => actsOf(sentence).has(act);

const tells = (sentence: SpokenSentence, cue: Cue): boolean => cuesOf(sentence).has(cue);

/** A host's turn that names what is offered, and its price. */
function offersOf(reading: Reading): SpokenSentence[] {
  return by(reading, 'HOST', (sentence) => tells(sentence, 'PRICE')).filter(({ turn, position }) =>
    (reading.parsed.turns[turn]?.sentences ?? []).some(
      (near) => Math.abs(near.position - position) <= 2 && tells(near, 'OFFER'),
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

function follow(reading: Reading): Progress {
  const shown = by(reading, 'HOST', (sentence) => said(sentence, 'SHOW'));
  const offers = offersOf(reading);
  const firstOffer = offers[0]?.position ?? Infinity;
  const haggling = by(reading, 'CUSTOMER', (sentence) => sentence.position > firstOffer && tells(sentence, 'TERMS'));
  const isYes = (sentence: SpokenSentence): boolean =>
    tells(sentence, 'COMMITMENT') && !sentence.isQuestion && !isOpen(sentence) && placeOf(reading, sentence) > 0.3;
  const yes = by(reading, 'CUSTOMER', isYes);
  const tried = reading.parsed.sentences.filter((sentence) => tells(sentence, 'TRIAL'));
  const triedTurns = new Set(tried.flatMap(({ turn }) => [turn - 1, turn, turn + 1]));
  const isOfTrial = ({ turn }: SpokenSentence): boolean => triedTurns.has(turn);
  const no = by(reading, 'CUSTOMER', (sentence) => tells(sentence, 'LOST'));
  const found: readonly (readonly [Milestone, readonly SpokenSentence[]])[] = [
    ['CONTACT', reading.parsed.sentences.slice(0, 1)],
    ['NEEDS', needs(reading)],
    ['SHOWN', shown.length >= 2 ? shown : []],
    ['OFFER', offers],
    ['BOOKED', agreedMeetings(reading).map(({ acceptance }) => acceptance)],
    ['TRIAL', tried.filter((sentence) => isTaken(reading, sentence))],
    ['NEGOTIATION', haggling],
    ['COMMITMENT', yes.filter((sentence) => !isOfTrial(sentence))],
    ['PAPERWORK', reading.parsed.sentences.filter((one) => tells(one, 'PAPERWORK') && !one.isQuestion && !isOpen(one))],
    ['LOST', no],
  ];
  return new Map(found);
}

const known = new WeakMap<Reading, Progress>();

/** What of the way to a deal was gone in a conversation; followed once. */
export function progressOf(reading: Reading): Progress {
  const progress = known.get(reading) ?? follow(reading);
  known.set(reading, progress);
  return progress;
}
