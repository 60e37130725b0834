import type { SpokenSentence } from '../language/conversation.js';
import { quantitiesIn } from '../language/quantities.js';
import type { Reading } from '../language/reading.js';
import { isSaid } from './requirements.js';
import type { Slot } from './topic.js';

/** What a figure is worth that counts something else than what was asked for. */
const ofSomethingElse = 0.4;
/** Words behind a figure in which what it counts may stand: "six very large halls". */
const reach = 4;

const countedIn = ({ tokens }: SpokenSentence, end: number, concepts: (position: number) => boolean): boolean =>
  tokens
    .filter(({ start }) => start >= end)
    .slice(0, reach)
    .some((_, at) => concepts(at));

/** How well the figures of a sentence count what was asked for, 0 to 1: by the words behind them, or as a reply. */
export function countFit(reading: Reading, counted: Slot, sentence: SpokenSentence): number {
  if (!isSaid({ kind: 'FIGURE' }, sentence.text)) return 0;
  const counts = quantitiesIn(sentence.text).some(({ end }) => {
    const behind = sentence.tokens.filter(({ start }) => start >= end + sentence.start);
    return countedIn(sentence, end + sentence.start, (at) => counted.strengths.has(behind[at]?.stem ?? ''));
  });
  if (counts) return 1;
  const asked = (reading.parsed.turns[sentence.turn - 1]?.sentences ?? []).filter(({ isQuestion }) => isQuestion);
  const isReply = asked.some(({ position }) =>
    [...reading.index.conceptsAt(position)].some((concept) => counted.strengths.has(concept)),
  );
  return isReply ? 1 : ofSomethingElse;
}
