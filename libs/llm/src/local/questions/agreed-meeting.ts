import { actsOf } from '../language/acts.js';
import type { SpokenSentence } from '../language/conversation.js';
import { momentsIn } from '../language/moments.js';
import type { Reading } from '../language/reading.js';
import { cuesOf } from './sentence-cues.js';

/** A meeting that one side proposed and the other took. */
export interface AgreedMeeting {
  readonly proposal: SpokenSentence;
  readonly acceptance: SpokenSentence;
  readonly hasDay: boolean;
}

const meetingWords =
  /\b(?:meet(?:ing)?|call|session|appointment|visit|demo|viewing|workshop|kick-?off|catch[- ]up|follow-?up|review|diary|calendar|invit\w+|slot|come (?:by|over|round|in|to|back)|drop by|stop by|pop (?:in|by|over)|see you|speak|talk|tour|consultation|lesson|inspection|survey|tasting|fitting|free|available|put (?:it|me|you|us) (?:in|down)|book|pencil|conversation|walk-?through|presentation|in person|on site|video)\b/iu;

/** A day by which something is done or sent is no day of a meeting. */
const delivery =
  /\b(?:send|sent|mail|email|deliver|pay|invoice|report|quote|contract|sheet|list|write|draft|document|paper|by (?:the end|end)|by (?:mon|tues|wednes|thurs|fri|satur|sun)day|deadline|live|launch|ends?|expires?|due)\b/iu;

const agreeing = (sentence: SpokenSentence): boolean =>
  actsOf(sentence).has('ACCEPT') && !actsOf(sentence).has('REJECT');

/** Words of time that both sentences name. */
function repeats(proposal: string, reply: string): boolean {
  const times = momentsIn(proposal).flatMap(({ text }) =>
    text
      .toLowerCase()
      .split(/\W+/u)
      .filter((word) => word.length > 2 && word !== 'the'),
  );
  const said = new Set(reply.toLowerCase().split(/\W+/u));
  return times.some((word) => said.has(word));
}

const certainMeeting =
  /\b(?:meet(?:ing)?|call|session|visit|appointment|demo|viewing|workshop|consultation|lesson)\b/iu;

const asksForDay =
  /\b(?:suit|works? (?:best )?for|when|which day|what day|what time|free|available|(?:this|next) week|some day|any day|convenient)\b/iu;

/** Whether a sentence answers when it would suit: "Thursday, after eleven." */
const namesDay = ({ parsed: { turns } }: Reading, { turn, position }: SpokenSentence): boolean =>
  turns[turn]?.sentences[0]?.position === position &&
  (turns[turn - 1]?.sentences.some(({ isQuestion, text }) => isQuestion && asksForDay.test(text)) ?? false);

/** What is now, or is over, is no day for a meeting to come. */
const isNow = (text: string): boolean =>
  momentsIn(text)
    .filter(({ kind }) => kind === 'DAY')
    .every(({ text: day }) => /^(?:today|yesterday|tonight)$/iu.test(day));

function isProposing(reading: Reading, sentence: SpokenSentence): boolean {
  if (namesDay(reading, sentence)) return true;
  const said = actsOf(sentence);
  return sentence.isQuestion || said.has('PROPOSE') || said.has('PROMISE') || said.has('REQUEST');
}

/** Whether a sentence speaks of a meeting, itself or by what stands around it, and not of a delivery. */
function isOfMeeting({ parsed: { turns } }: Reading, { turn, text }: SpokenSentence, hasClock: boolean): boolean {
  const isDelivery = delivery.test(text);
  if (isDelivery && !hasClock && !certainMeeting.test(text)) return false;
  const around = `${turns[turn - 1]?.text ?? ''} ${turns[turn]?.text ?? ''}`;
  return meetingWords.test(text) || (!isDelivery && meetingWords.test(around));
}

/** Whether a day or a time is asked for, or given to somebody who asked when it would suit. */
const isOfDay = (reading: Reading, sentence: SpokenSentence, hasClock: boolean): boolean =>
  (hasClock && sentence.isQuestion) || (namesDay(reading, sentence) && !delivery.test(sentence.text));

/** Whether a sentence proposes a meeting, and whether it names a day. */
function proposalOf(reading: Reading, sentence: SpokenSentence, ofAnything: boolean): { hasDay: boolean } | undefined {
  const hasClock = cuesOf(sentence).has('CLOCK');
  const hasDay = cuesOf(sentence).has('DAY') && (hasClock || !isNow(sentence.text));
  if ((!hasDay && !hasClock) || !isProposing(reading, sentence)) return undefined;
  const isAsked = hasDay && isOfDay(reading, sentence, hasClock);
  return ofAnything || isAsked || isOfMeeting(reading, sentence, hasClock) ? { hasDay } : undefined;
}

/** Turns within which the other side answers a proposal. */
const reach = 3;

/** Meetings, or any dates, that were proposed and taken, in their order. What was proposed and refused is none. */
export function agreedMeetings(reading: Reading, ofAnything = false): AgreedMeeting[] {
  const { turns } = reading.parsed;
  const found: AgreedMeeting[] = [];
  for (const [at, turn] of turns.entries()) {
    for (const proposal of turn.sentences) {
      const proposed = proposalOf(reading, proposal, ofAnything);
      if (proposed === undefined) continue;
      const replies = turns
        .slice(at + 1, at + 1 + reach)
        .filter((other) => other.speaker !== turn.speaker && other.role !== turn.role);
      const acceptance = acceptanceIn(
        replies.map(({ sentences }) => sentences),
        proposal,
      );
      if (acceptance !== undefined) found.push({ proposal, acceptance, hasDay: proposed.hasDay });
    }
  }
  return found;
}

/** The first reply that takes the proposal, unless one before it refuses. */
function acceptanceIn(
  replies: readonly (readonly SpokenSentence[])[],
  proposal: SpokenSentence,
): SpokenSentence | undefined {
  for (const sentences of replies) {
    const taking = sentences.find(
      (sentence) =>
        agreeing(sentence) ||
        (!sentence.isQuestion && repeats(proposal.text, sentence.text) && !actsOf(sentence).has('REJECT')),
    );
    const refusing = sentences.find((sentence) => actsOf(sentence).has('REJECT'));
    if (refusing !== undefined && (taking === undefined || refusing.position < taking.position)) return undefined;
    if (taking !== undefined) return taking;
  }
  return undefined;
}
