import type { SpokenSentence } from '../language/conversation.js';
import type { Reading } from '../language/reading.js';
import { agreedMeetings } from './agreed-meeting.js';
import { isAboutMeeting, isAboutRecap } from './ask-frames.js';
import type { Ask } from './ask.js';
import { supportFor } from './judge.js';
import { recapIn } from './recap.js';

/** Whether what is asked was done, by the conversation. */
export interface Verdict {
  readonly isMet: boolean;
  /** Whether anybody spoke of it at all. */
  readonly isDiscussed: boolean;
  /** 0 to 1. */
  readonly confidence: number;
  /** What shows it, or the nearest to it; the best first. */
  readonly sentences: readonly SpokenSentence[];
}

/** From here on, support counts as shown. */
const threshold = 0.42;
const discussedThreshold = 0.3;

const certain = (sentences: readonly SpokenSentence[], confidence: number): Verdict => ({
  isMet: sentences.length > 0,
  isDiscussed: sentences.length > 0,
  confidence,
  sentences,
});

function meeting(reading: Reading, ask: Ask): Verdict {
  const needsDay = ask.requirements.some(({ kind }) => kind === 'DAY' || kind === 'CALENDAR_DATE' || kind === 'TIME');
  const found = agreedMeetings(reading).filter(({ hasDay }) => hasDay || !needsDay);
  const last = found.at(-1);
  return certain(last === undefined ? [] : [last.acceptance, last.proposal], last === undefined ? 0.6 : 0.75);
}

/** Decides whether what is asked was done. */
export function decide(reading: Reading, ask: Ask): Verdict {
  if (isAboutMeeting(ask)) return meeting(reading, ask);
  if (isAboutRecap(ask)) return certain(recapIn(reading, ask), 0.7);
  const support = supportFor(reading, ask);
  const best = support[0]?.score ?? 0;
  const shown = support.filter(({ score }) => score >= Math.max(threshold, best * 0.8)).slice(0, 3);
  const isMet = best >= threshold;
  const confidence = Math.min(0.9, 0.5 + Math.abs(best - threshold));
  const near =
    (support.toSorted((left, right) => right.coverage - left.coverage)[0]?.coverage ?? 0) >= discussedThreshold;
  return { isMet, isDiscussed: isMet || near, confidence, sentences: shown.map(({ sentence }) => sentence) };
}
