import type { LocalAnswer, LocalRequest, LocalResponder } from '../registry.js';
import { quote } from '../language/reading.js';
import { noteOf } from './write-note.js';
import { parsePrompt } from './parse-prompt.js';

function answer({ question, background, reading }: LocalRequest<'MARKDOWN'>): LocalAnswer {
  const prompt = parsePrompt(question.prompt);
  const { markdown, sentences } = noteOf(reading, prompt, background);
  if (sentences.length === 0 && prompt.otherwise === null) {
    return { answer: null, rationale: 'Nothing was said that the prompt asks for.', confidence: 0.5, evidence: [] };
  }
  return {
    answer: { type: 'MARKDOWN', markdown },
    rationale: `${sentences.length} sentences were found that belong into the note.`,
    confidence: sentences.length === 0 ? 0.4 : 0.5,
    evidence: sentences.slice(0, 10).map((sentence) => quote(reading, sentence)),
  };
}

/** A note in the words of the conversation, under the headings or in the list that the prompt asks for. */
export const markdown: LocalResponder<'MARKDOWN'> = { type: 'MARKDOWN', version: '1', answer };
