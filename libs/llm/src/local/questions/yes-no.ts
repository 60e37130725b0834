import type { LocalAnswer, LocalRequest, LocalResponder } from '../registry.js';
import { quote } from '../language/reading.js';
import { decideText } from './decide.js';

function answer({ question, background, reading }: LocalRequest<'YES_NO'>): LocalAnswer {
  const { isMet, confidence, sentences } = decideText(reading, question.question, background);
  return {
    answer: { type: 'YES_NO', answer: isMet ? 'YES' : 'NO' },
    rationale: isMet
      ? `Yes: ${sentences[0]?.text ?? ''}`
      : 'Nothing in the conversation shows it; a question about what happened is answered by no.',
    confidence,
    evidence: isMet ? sentences.map((sentence) => quote(reading, sentence)) : [],
  };
}

/** Whether something happened: yes with the words that show it, else no. */
export const yesNo: LocalResponder<'YES_NO'> = { type: 'YES_NO', version: '1', answer };
