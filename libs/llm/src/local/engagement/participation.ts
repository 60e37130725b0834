import { createPace, type ParsedConversation, type ParsedTurn, type SpokenSentence } from '../language/conversation.js';
import { quantitiesIn } from '../language/quantities.js';
import { backsOut, commitment, enthusiasm, goesAlong, rejection, reserve } from './engagement-cues.js';

/** How the customers take part, in shares of their turns; what hosts say counts for nothing. */
export interface Participation {
  readonly turns: number;
  /** Of all words, 0 to 1. */
  readonly talkShare: number;
  readonly wordsPerTurn: number;
  /** Turns that state figures. */
  readonly specific: number;
  readonly enthusiasm: number;
  readonly commitment: number;
  readonly rejection: number;
  /** At most one half: who puts off everything is still there. */
  readonly reserve: number;
  /** Turns towards the end that go along, without those that back out: -1 to 1. */
  readonly closing: number;
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

/** What is looked for in a turn, by its sentences. */
const signals: Readonly<Record<'enthusiasm' | 'commitment' | 'rejection' | 'reserve', RegExp>> = {
  enthusiasm,
  commitment,
  rejection,
  reserve,
};
type Counted = keyof typeof signals | 'specific';

/** Of a longer turn, the beginning tells enough. */
const maximumTurnLength = 4_000;
const beginningOf = ({ text }: ParsedTurn): string => text.slice(0, maximumTurnLength);

function countIn(turn: ParsedTurn, counts: Record<Counted, number>): void {
  for (const [signal, cue] of Object.entries(signals) as [keyof typeof signals, RegExp][]) {
    if (turn.sentences.some((sentence) => cue.test(sentence.text))) counts[signal] += 1;
  }
  if (quantitiesIn(beginningOf(turn)).length > 0) counts.specific += 1;
}

/** The last turns show what came of it. */
const ending = { share: 0.3, turns: 4 };

function closingOf(turns: readonly ParsedTurn[]): number {
  const last = turns.slice(-Math.max(ending.turns, Math.round(turns.length * ending.share)));
  const shareOf = (cue: RegExp) => last.filter((turn) => cue.test(beginningOf(turn))).length / Math.max(1, last.length);
  return shareOf(goesAlong) - shareOf(backsOut);
}

/** Linear in the length of the conversation. */
export async function participationOf(parsed: ParsedConversation): Promise<Participation> {
  const pace = createPace();
  const own = customerTurns(parsed);
  const counts = { enthusiasm: 0, commitment: 0, rejection: 0, reserve: 0, specific: 0 };
  for (const turn of own) {
    await pace();
    countIn(turn, counts);
  }
  const count = Math.max(1, own.length);
  const words = own.reduce((sum, { sentences }) => sum + wordsIn(sentences), 0);
  return {
    turns: own.length,
    talkShare: words / Math.max(1, wordsIn(parsed.sentences)),
    wordsPerTurn: words / count,
    specific: counts.specific / count,
    enthusiasm: counts.enthusiasm / count,
    commitment: counts.commitment / count,
    rejection: counts.rejection / count,
    reserve: Math.min(0.5, counts.reserve / count),
    closing: closingOf(own),
  };
}
