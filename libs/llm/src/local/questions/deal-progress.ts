import { actsOf, type Act } from '../language/acts.js';
import type { SpokenSentence } from '../language/conversation.js';
import type { Reading } from '../language/reading.js';
import { agreedMeetings } from './agreed-meeting.js';
import { haggling } from './haggling.js';
import { cuesOf, type Cue } from './sentence-cues.js';
import { placeOf, replyTo } from './window.js';

/** What happens on the way to a deal, in any business. */
export const milestones = [
  'CONTACT',
  'NEEDS',
  'REVIEW',
  'SHOWN',
  'OFFER_ASKED',
  'OFFER',
  'MEETING',
  'TRIAL',
  'BOOKING',
  'NEGOTIATION',
  'COMMITMENT',
  'PAPERWORK',
  'LOST',
] as const;
export type Milestone = (typeof milestones)[number];

/** Sentences that show each milestone; none where it was not reached. */
export type Progress = ReadonlyMap<Milestone, readonly SpokenSentence[]>;

const said = (sentence: SpokenSentence, act: Act): boolean => actsOf(sentence).has(act);

const tells = (sentence: SpokenSentence, ...cues: readonly Cue[]): boolean =>
  cues.some((cue) => cuesOf(sentence).has(cue));

const by = (
  reading: Reading,
  role: 'HOST' | 'CUSTOMER',
  test: (sentence: SpokenSentence) => boolean,
): SpokenSentence[] =>
  reading.parsed.sentences.filter((sentence) => (sentence.role === role || sentence.role === null) && test(sentence));

const turnOf = (reading: Reading, turn: number): readonly SpokenSentence[] =>
  reading.parsed.turns[turn]?.sentences ?? [];

/** Not so, or not yet. */
const isOpen = (sentence: SpokenSentence): boolean =>
  (['REJECT', 'HYPOTHESIS', 'UNSURE'] as const).some((act) => said(sentence, act)) || tells(sentence, 'CONDITION');

const isYes = (sentence: SpokenSentence): boolean => said(sentence, 'ACCEPT') && !said(sentence, 'REJECT');

/** Whether the other side takes what a sentence proposes, by its first words. */
function isTaken(reading: Reading, sentence: SpokenSentence): boolean {
  const reply = replyTo(reading, sentence.turn).slice(0, 3);
  return reply.some(isYes) && !(reply[0] !== undefined && said(reply[0], 'REJECT'));
}

const outcomes = ['#usage', '#result', '#increase', '#decrease', '#savings'];

/** Figures of use or of results that a host goes through. */
function reviews(reading: Reading): SpokenSentence[] {
  const told = by(
    reading,
    'HOST',
    (one) =>
      !one.isQuestion &&
      tells(one, 'FIGURE') &&
      outcomes.some((outcome) => reading.index.conceptsAt(one.position).has(outcome)),
  );
  return told.length >= 2 ? told : [];
}

/** What a host shows now, and not what is meant for another day. */
function showings(reading: Reading): SpokenSentence[] {
  const isLater = (sentence: SpokenSentence): boolean =>
    turnOf(reading, sentence.turn)
      .filter(({ position }) => position === sentence.position || position === sentence.position + 1)
      .some((near) => tells(near, 'LATER', 'DAY'));
  const now = by(reading, 'HOST', (one) => (tells(one, 'SHOWING') || said(one, 'SHOW')) && !isLater(one));
  const before = reading.parsed.sentences.filter((one) => tells(one, 'SEEN') && !said(one, 'HYPOTHESIS'));
  return now.length >= 2 ? now : before;
}

/** Prices that a host names for this customer; a price for everybody, named when asked, is no offer. */
function offersOf(reading: Reading): SpokenSentence[] {
  const priced = by(reading, 'HOST', (one) => tells(one, 'PRICE') && !tells(one, 'GENERAL_PRICE')).filter(
    ({ turn, position }) =>
      turnOf(reading, turn).some((near) => Math.abs(near.position - position) <= 2 && tells(near, 'OFFER')),
  );
  const isOnTable = reading.parsed.sentences.some((one) => tells(one, 'OPEN_OFFER') && !tells(one, 'OFFER_TO_COME'));
  return priced.length >= 2 || isOnTable || priced.some((one) => tells(one, 'FIRM_PRICE')) ? priced : [];
}

/** Offers that the customer asks for, or has promised and wants. */
function offersAsked(reading: Reading): SpokenSentence[] {
  const promised = by(reading, 'HOST', (one) => tells(one, 'OFFER_TO_COME') && isTaken(reading, one));
  const wanted = by(
    reading,
    'CUSTOMER',
    (one) => tells(one, 'OFFER_TO_COME') && (said(one, 'REQUEST') || one.isQuestion) && !said(one, 'REJECT'),
  );
  return [...promised, ...wanted];
}

/** Answers to what the host asked that tell something: more than a few words, or a trouble, a wish or a figure. */
function needs(reading: Reading): SpokenSentence[] {
  const asked = new Set(by(reading, 'HOST', ({ isQuestion }) => isQuestion).map(({ turn }) => turn));
  return [...asked].flatMap((turn) => {
    const reply = replyTo(reading, turn).filter(({ role }) => role !== 'HOST');
    const words = reply.reduce((sum, { tokens }) => sum + tokens.length, 0);
    const isTelling = reply.some(
      (one) => tells(one, 'FIGURE') || ['PROBLEM', 'CONCERN', 'WISH'].some((act) => said(one, act as Act)),
    );
    return reply[0] !== undefined && (words >= 12 || (words >= 4 && isTelling)) ? [reply[0]] : [];
  });
}

/** Trials that were taken or given; what is refused later is off. */
function trials(reading: Reading): SpokenSentence[] {
  const named = reading.parsed.sentences.filter((one) => tells(one, 'TRIAL', 'TEST', 'NO_TEST'));
  const isRefused = (one: SpokenSentence): boolean =>
    tells(one, 'NO_TEST') ||
    said(one, 'REJECT') ||
    replyTo(reading, one.turn)
      .slice(0, 2)
      .some((reply) => said(reply, 'REJECT'));
  const refused = named.findLast(isRefused)?.position ?? -1;
  return named.filter((one) => one.position > refused && (isTaken(reading, one) || (isYes(one) && !isOpen(one))));
}

/** Turns that speak of a trial or of a meeting: a yes in them is a yes to that. */
function turnsOfLess(reading: Reading): ReadonlySet<number> {
  const tried = reading.parsed.sentences.filter((one) => tells(one, 'TRIAL', 'TEST'));
  const meetings = agreedMeetings(reading).map(({ acceptance }) => acceptance.turn);
  return new Set([...tried.flatMap(({ turn }) => [turn, turn + 1]), ...meetings]);
}

function commitments(reading: Reading): SpokenSentence[] {
  const less = turnsOfLess(reading);
  const yes = by(
    reading,
    'CUSTOMER',
    (one) =>
      tells(one, 'COMMITMENT', 'YES') &&
      !one.isQuestion &&
      !isOpen(one) &&
      !less.has(one.turn) &&
      placeOf(reading, one) > 0.3,
  );
  const closed = by(reading, 'HOST', (one) => tells(one, 'CLOSING') && !less.has(one.turn)).flatMap((one) =>
    isTaken(reading, one) ? replyTo(reading, one.turn).filter(isYes).slice(0, 1) : [],
  );
  return [...yes, ...closed];
}

/** Papers that are signed or on their way; an early "that was signed" is about something else. */
const papers = (reading: Reading): SpokenSentence[] =>
  reading.parsed.sentences.filter(
    (one) =>
      !one.isQuestion &&
      !isOpen(one) &&
      (tells(one, 'PAPERWORK') || (tells(one, 'SIGNED') && placeOf(reading, one) > 0.5)),
  );

const goingOn: readonly Milestone[] = ['MEETING', 'TRIAL', 'OFFER_ASKED', 'COMMITMENT'];

/** Wanting no more of it, where nothing is taken afterwards. */
function losses(reading: Reading, progress: Progress): SpokenSentence[] {
  const last = goingOn.reduce((latest, one) => Math.max(latest, progress.get(one)?.at(-1)?.position ?? -1), -1);
  return by(reading, 'CUSTOMER', (one) => tells(one, 'LOST', 'UNWANTED') && one.position > last);
}

function follow(reading: Reading): Progress {
  const told = needs(reading);
  const found: readonly (readonly [Milestone, readonly SpokenSentence[]])[] = [
    ['CONTACT', reading.parsed.sentences.slice(0, 1)],
    ['NEEDS', told.length >= 3 ? told : []],
    ['REVIEW', [...reviews(reading), ...showings(reading)]],
    ['SHOWN', showings(reading)],
    ['OFFER_ASKED', offersAsked(reading)],
    ['OFFER', offersOf(reading)],
    ['MEETING', agreedMeetings(reading).map(({ acceptance }) => acceptance)],
    ['TRIAL', trials(reading)],
    ['BOOKING', reading.parsed.sentences.filter((one) => tells(one, 'BOOKING') && !one.isQuestion && !isOpen(one))],
    ['NEGOTIATION', haggling(reading)],
    ['COMMITMENT', commitments(reading)],
    ['PAPERWORK', papers(reading)],
  ];
  const progress = new Map(found);
  return progress.set('LOST', losses(reading, progress));
}

const known = new WeakMap<Reading, Progress>();

/** What of the way to a deal was gone in a conversation; followed once. */
export function progressOf(reading: Reading): Progress {
  const progress = known.get(reading) ?? follow(reading);
  known.set(reading, progress);
  return progress;
}
