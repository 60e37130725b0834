import type { LocalAnswer, LocalRequest, LocalResponder } from '../registry.js';
import { quote } from '../language/reading.js';
import { answerIn, type FoundAnswer } from './find-answer.js';

const nothing: LocalAnswer = {
  answer: null,
  rationale: 'Nobody said it.',
  confidence: 0.6,
  evidence: [],
};

const sayIt = ({ lead, sentences }: FoundAnswer): string => {
  const words = sentences.map(({ text }) => text).join(' ');
  return lead === '' ? words : `${lead}. ${words}`;
};

function answer({ question, background, reading }: LocalRequest<'OPEN_QUESTION'>): LocalAnswer {
  const found = answerIn(reading, question.question, background);
  if (found === undefined) return nothing;
  return {
    answer: { type: 'OPEN_QUESTION', answer: sayIt(found) },
    rationale: `The nearest words to the question: ${found.sentences[0]?.text ?? ''}`,
    confidence: Math.min(0.85, 0.3 + found.score / 2),
    evidence: found.sentences.map((sentence) => quote(reading, sentence)),
  };
}

/** An answer in the words of the conversation, led by the name that was asked for. */
export const openQuestion: LocalResponder<'OPEN_QUESTION'> = { type: 'OPEN_QUESTION', version: '1', answer };
