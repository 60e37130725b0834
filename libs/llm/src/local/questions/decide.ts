import type { Background } from '../../port.js';
import type { SpokenSentence } from '../language/conversation.js';
import type { Reading } from '../language/reading.js';
import { agreedMeetings } from './agreed-meeting.js';
import { attuned } from './attune.js';
import { isAboutDate, isAboutMeeting, isAboutRecap } from './ask-frames.js';
import { parseAlternatives, type Ask } from './ask.js';
import { progressOf } from './deal-progress.js';
import { supportFor } from './judge.js';
import { isDenied } from './denial.js';
import { recapIn } from './recap.js';
import { isAboutLeaving, threatsIn } from './threat.js';
import { coverage } from './topic.js';
import { presenceAt } from './window.js';

/** Whether what is asked was done, by the conversation. */
export interface Verdict {
  readonly isMet: boolean;
  /** Whether anybody spoke of it at all. */
  readonly isDiscussed: boolean;
  /** How much speaks for it, 0 to 1. */
  readonly score: number;
  /** 0 to 1. */
  readonly confidence: number;
  /** What shows it; the best first; none where it is not met. */
  readonly sentences: readonly SpokenSentence[];
}

/** From here on, support counts as shown: for a question that may well be answered by no, more than for a step that is expected. */
export const thresholds = { question: 0.46, item: 0.33 } as const;
/** From here on, a sentence is about the matter. */
const aboutIt = 0.3;

const certain = (sentences: readonly SpokenSentence[], confidence: number): Verdict => ({
  isMet: sentences.length > 0,
  isDiscussed: sentences.length > 0,
  score: sentences.length > 0 ? 0.8 : 0.1,
  confidence,
  sentences,
});

function meeting(reading: Reading, ask: Ask): Verdict {
  const needsDay = ask.requirements.some(({ kind }) => kind === 'DAY' || kind === 'CALENDAR_DATE' || kind === 'TIME');
  const last = agreedMeetings(reading).findLast(({ hasDay }) => hasDay || !needsDay);
  return certain(last === undefined ? [] : [last.acceptance, last.proposal], last === undefined ? 0.6 : 0.75);
}

/** A date that was taken counts when it is one of what is asked. */
function date(reading: Reading, ask: Ask): Verdict {
  const found = agreedMeetings(reading, true).findLast(({ proposal, acceptance, hasDay }) => {
    const isOfIt = [proposal, acceptance].some((one) => coverage(ask.topic, presenceAt(reading, one)) >= aboutIt);
    return hasDay && (ask.topic.slots.length === 0 || isOfIt);
  });
  return certain(found === undefined ? [] : [found.acceptance, found.proposal], 0.6);
}

/** What support is worth where somebody was asked the same and said no. */
const denied = 0.4;

function bySupport(reading: Reading, ask: Ask, threshold: number): Verdict {
  const support = supportFor(reading, ask);
  const best = (support[0]?.score ?? 0) * (isDenied(reading, ask) ? denied : 1);
  const isMet = best >= threshold;
  const shown = isMet ? support.filter(({ score }) => score >= Math.max(threshold, best * 0.85)).slice(0, 3) : [];
  return {
    isMet,
    isDiscussed: isMet || support.some(({ coverage }) => coverage >= aboutIt),
    score: best,
    confidence: Math.min(0.9, 0.5 + Math.abs(best - threshold)),
    sentences: shown.map(({ sentence }) => sentence),
  };
}

/** Nothing is left to look for but the deed itself: "signed", "said yes", "accepted the offer". */
const deal = new Set(['#offer', '#offerSeen', '#contract', '#buy', '#price', '#renewal', '#sign', '#order', '#agree']);
const isAboutDeal = ({ act, topic, requirements }: Ask): boolean =>
  act === 'AGREE' &&
  requirements.length === 0 &&
  topic.slots.every(({ strengths }) => [...strengths.keys()].some((concept) => deal.has(concept)));

function dealt(reading: Reading): Verdict {
  const progress = progressOf(reading);
  return certain([...(progress.get('COMMITMENT') ?? []), ...(progress.get('PAPERWORK') ?? [])].slice(0, 2), 0.65);
}

/** Decides whether what is asked was done. */
export function decide(reading: Reading, ask: Ask, threshold: number): Verdict {
  if (isAboutDeal(ask)) return dealt(reading);
  if (isAboutLeaving(ask)) return certain(threatsIn(reading).slice(0, 2), 0.6);
  if (isAboutRecap(ask)) return certain(recapIn(reading, ask), 0.7);
  if (isAboutDate(ask) && !isAboutMeeting(ask)) return date(reading, ask);
  return isAboutMeeting(ask) ? meeting(reading, ask) : bySupport(reading, ask, threshold);
}

/** Decides by the clause of a text that has most for it. */
export function decideText(
  reading: Reading,
  text: string,
  background: Background,
  threshold: number = thresholds.question,
): Verdict {
  const [first, ...others] = parseAlternatives(text, background)
    .map((ask) => ({ ...ask, topic: attuned(reading, ask.topic, threshold === thresholds.question) }))
    .map((ask) => decide(reading, ask, threshold));
  if (first === undefined) return certain([], 0.5);
  return others.reduce((best, other) => (other.score > best.score ? other : best), first);
}
