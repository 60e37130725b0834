import type { AnswerOf, EngagementBand } from '@harmony/contracts';
import type { LocalResponder } from '../registry.js';
import { quote, type Reading } from '../language/reading.js';
import { commitment, enthusiasm, rejection, reserve } from './engagement-cues.js';
import { customerTurns, participationOf, type Participation } from './participation.js';

/** Of somebody who listens, answers and now and then tells a figure. */
const middle = 6.3;
const usual = { specific: 0.4, wordsPerTurn: 16 };
/** What a share of the customer's turns is worth; `closing` lies between -1 and 1. */
const weights = { enthusiasm: 6, commitment: 6, rejection: -10, reserve: -6, closing: 3 } as const;

/** Who takes part tells facts, at some length. */
function openness({ specific, wordsPerTurn }: Participation): number {
  const length = Math.min(10, Math.max(-12, wordsPerTurn - usual.wordsPerTurn));
  return 4 * (specific - usual.specific) + 0.08 * length;
}

/** Turns that stand for what is not known of a short conversation: it stays nearer to the middle. */
const doubt = 1.5;

function scoreOf(participation: Participation): number {
  const parts = Object.entries(weights).map(([part, weight]) => weight * participation[part as keyof typeof weights]);
  const shown = parts.reduce((sum, part) => sum + part, openness(participation));
  const score = middle + (shown * participation.turns) / (participation.turns + doubt);
  return Math.min(10, Math.max(0, Math.round(score)));
}

function bandOf(score: number): EngagementBand {
  if (score >= 8) return 'STRONG';
  return score >= 6 ? 'MODERATE' : 'LIMITED';
}

const signals = [
  ['enthusiasm', enthusiasm],
  ['commitment', commitment],
  ['rejection', rejection],
  ['reserve', reserve],
] as const;

/** Some sentences for each signal, spread over the conversation. */
function evidenceOf(reading: Reading): ReturnType<typeof quote>[] {
  const own = customerTurns(reading.parsed).flatMap(({ sentences }) => sentences);
  return signals.flatMap(([part, cue]) => {
    const found = own.filter(({ text, tokens }) => tokens.length > 2 && cue.test(text));
    const step = Math.max(1, Math.floor(found.length / 3));
    return found
      .filter((_, at) => at % step === 0)
      .slice(0, 3)
      .map((sentence) => quote(reading, sentence, part));
  });
}

const percent = (share: number): string => `${Math.round(share * 100)} %`;

function endOf({ closing }: Participation): string {
  if (closing > 0) return 'they go along in the end';
  return closing < 0 ? 'they back out in the end' : 'the end leaves it open';
}

function rationaleOf(shown: Participation): string {
  const told = signals.map(([part]) => `${part} in ${percent(shown[part])}`).join(', ');
  return `The customer's side speaks ${percent(shown.talkShare)} of the words; of its turns, ${told}; ${percent(shown.specific)} state figures; ${endOf(shown)}.`;
}

/** How much the customers take part and want what is offered, by what they say; what hosts claim moves nothing. */
export const engagement: LocalResponder<'BUYER_ENGAGEMENT'> = {
  type: 'BUYER_ENGAGEMENT',
  version: '1',
  answer: async (request) => {
    const { reading } = request;
    const shown = await participationOf(reading.parsed);
    if (shown.turns === 0) {
      return { answer: null, rationale: 'Nobody of the customer spoke.', confidence: 0.9, evidence: [] };
    }
    const score = scoreOf(shown);
    const answer: AnswerOf<'BUYER_ENGAGEMENT'> = { type: 'BUYER_ENGAGEMENT', score, band: bandOf(score) };
    return {
      answer,
      rationale: rationaleOf(shown),
      confidence: Math.min(0.7, 0.3 + shown.turns / 40),
      evidence: evidenceOf(reading),
    };
  },
};
