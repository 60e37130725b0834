import type { LocalExtractor } from '../registry.js';
import { actionItemsOf } from './action-items.js';
import { askedQuestions } from './asked-questions.js';
import { keyPointsOf } from './key-points.js';
import { overviewOf } from './overview.js';
import { topicsOf } from './topics.js';

/** Sentences are weighed by English words; in another language, figures and names remain. */
const languageNote = (language: string): string =>
  language === 'en'
    ? ''
    : `The conversation is in another language ("${language}"); the local analyst reads English, so this is a rough summary. `;

/** What a conversation says before any definition asks. */
export const localExtractor: LocalExtractor = {
  version: '1',
  extract: async (reading) => {
    if (reading.parsed.sentences.length === 0) {
      return { summary: '', keyPoints: [], actionItems: [], topics: [], questions: [] };
    }
    const [topics, actionItems, keyPoints] = [
      await topicsOf(reading),
      await actionItemsOf(reading),
      await keyPointsOf(reading),
    ];
    const summary = languageNote(reading.language) + overviewOf(reading, topics, actionItems);
    return { summary, keyPoints, actionItems, topics, questions: askedQuestions(reading) };
  },
};
