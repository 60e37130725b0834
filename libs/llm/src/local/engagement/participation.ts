import type { ParsedConversation, ParsedTurn, SpokenSentence } from '../language/conversation.js';
import { quantitiesIn } from '../language/quantities.js';
import { bareReply, commitment, enthusiasm, grievance, rejection, reserve } from './engagement-cues.js';

/** How the customers take part, in shares of their turns; what hosts say counts for nothing. */
export interface Participation {
  readonly turns: number;
  /** Of all words, 0 to 1. */
  readonly talkShare: number;
  readonly wordsPerTurn: number;
  /** Turns that only show that somebody listens. */
  readonly bare: number;
  readonly questions: number;
  /** Turns that state figures. */
  readonly specific: number;
  readonly enthusiasm: number;
  readonly commitment: number;
  readonly rejection: number;
  /** At most one half: who puts off everything is still there. */
  readonly reserve: number;
  readonly grievance: number;
}

const wordsIn = (sentences: readonly SpokenSentence[]): number =>
  sentences.reduce((sum, { tokens }) => sum + tokens.filter(({ tag }) => tag !== 'PUNCT').length, 0);

/** Whose engagement it is: the customers'; where nobody is known to be one, that of everybody who is no host. */
export const customerTurns = ({ turns }: ParsedConversation): ParsedTurn[] => {
  const customers = turns.filter(({ role }) => role === 'CUSTOMER');
  return (customers.length > 0 ? customers : turns.filter(({ role }) => role !== 'HOST')).filter(
    ({ sentences }) => sentences.length > 0,
  );
};

export function participationOf(parsed: ParsedConversation): Participation {
  const own = customerTurns(parsed);
  const count = Math.max(1, own.length);
  const share = (test: (turn: ParsedTurn) => boolean): number => own.filter(test).length / count;
  const says = (cue: RegExp): number => share(({ sentences }) => sentences.some(({ text }) => cue.test(text)));
  const words = own.reduce((sum, { sentences }) => sum + wordsIn(sentences), 0);
  return {
    turns: own.length,
    talkShare: words / Math.max(1, wordsIn(parsed.sentences)),
    wordsPerTurn: words / count,
    bare: share(({ text }) => bareReply.test(text)),
    questions: share(({ sentences }) => sentences.some(({ isQuestion }) => isQuestion)),
    specific: share(({ text }) => quantitiesIn(text).length > 0),
    enthusiasm: says(enthusiasm),
    commitment: says(commitment),
    rejection: says(rejection),
    reserve: Math.min(0.5, says(reserve)),
    grievance: says(grievance),
  };
}
