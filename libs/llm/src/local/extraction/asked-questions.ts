import type { ProposedEvidence } from '../../port.js';
import { quote, type Reading } from '../language/reading.js';

/** Questions that are kept at most. */
const maximum = 500;
/** "Right?" and the like ask nothing. */
const fewestWords = 3;

export const askedQuestions = (reading: Reading): ProposedEvidence[] =>
  reading.parsed.sentences
    .filter(({ isQuestion, tokens }) => isQuestion && tokens.filter(({ tag }) => tag !== 'PUNCT').length >= fewestWords)
    .slice(0, maximum)
    .map((sentence) => quote(reading, sentence));
