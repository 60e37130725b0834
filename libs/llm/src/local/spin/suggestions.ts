import type { AnswerOf, SpinQuadrant } from '@harmony/contracts';
import type { ParsedConversation, ParsedTurn, SpokenSentence } from '../language/conversation.js';
import { quantitiesIn } from '../language/quantities.js';
import { trouble } from './quadrant-cues.js';

type Suggestion = AnswerOf<'SPIN_IMPROVEMENT'>['suggestions'][number];

/** Something that a customer said, and that a question could have taken up. */
export interface Occasion {
  readonly turn: ParsedTurn;
  readonly sentence: SpokenSentence;
}

const isLongEnough = ({ tokens, isQuestion }: SpokenSentence): boolean =>
  !isQuestion && tokens.length >= 6 && tokens.length <= 45;

/** Statements of the customers, those that name trouble and figures first; at most `limit`, in their order. */
function occasions({ turns }: ParsedConversation, wantsTrouble: boolean, limit: number): Occasion[] {
  const all = turns
    .filter(({ role }) => role === 'CUSTOMER')
    .flatMap((turn) => turn.sentences.filter(isLongEnough).map((sentence) => ({ turn, sentence })))
    .map((occasion) => {
      const figures = Math.min(2, quantitiesIn(occasion.sentence.text).length);
      return { occasion, weight: (trouble.test(occasion.sentence.text) === wantsTrouble ? 3 : 0) + figures };
    })
    .filter(({ weight }) => weight >= 3);
  const best = all.sort((left, right) => right.weight - left.weight).slice(0, limit);
  return best.map(({ occasion }) => occasion).sort((left, right) => left.sentence.position - right.sentence.position);
}

const advice: Readonly<
  Record<SpinQuadrant, { readonly aim: string; readonly example: string; readonly lead: string }>
> = {
  SITUATION: {
    aim: 'Ask for the facts first: how it works today, with whom, how much of it',
    example: 'How does that work at your place today, and who is involved?',
    lead: 'it stayed open how things are done around it',
  },
  PROBLEM: {
    aim: 'Ask what goes badly before showing anything',
    example: 'Where does that give you trouble, and how often?',
    lead: 'a question about the difficulty in it would have been natural',
  },
  IMPLICATION: {
    aim: 'Ask what follows from the problems: cost, other teams, their own customers',
    example: 'When that happens, what does it do to the rest of the business, and what does it cost you?',
    lead: 'nobody asked what follows from it',
  },
  NEED_PAYOFF: {
    aim: 'Let the customer say what a solution is worth',
    example: 'If that were solved, what would it change for you?',
    lead: 'nobody asked what it would be worth to have it solved',
  },
};

const shortened = (text: string): string => (text.length > 160 ? `${text.slice(0, 157).trimEnd()}…` : text);

/** A quadrant that was neglected, with the words of the customer that gave occasion for more. */
export function suggestionsFor(
  quadrant: SpinQuadrant,
  parsed: ParsedConversation,
): { readonly suggestions: Suggestion[]; readonly occasions: Occasion[] } {
  const { aim, example, lead } = advice[quadrant];
  const found = occasions(parsed, quadrant !== 'SITUATION' && quadrant !== 'PROBLEM', 2);
  const general = { quadrant, text: `${aim}. For example: “${example}”` };
  const own = found.map(({ turn, sentence }) => ({
    quadrant,
    text: `${turn.name ?? 'The customer'} said: “${shortened(sentence.text)}”; ${lead}. For example: “${example}”`,
  }));
  return { suggestions: own.length > 0 ? own : [general], occasions: found };
}
