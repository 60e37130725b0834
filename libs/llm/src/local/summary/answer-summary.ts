import { localExtractor } from '../extraction/extractor.js';
import type { LocalResponder } from '../registry.js';
import { dealPoints } from './deal-points.js';

/** Overview, what was said that matters, and who does what next. */
export const summary: LocalResponder<'SUMMARY'> = {
  type: 'SUMMARY',
  version: '1',
  answer: async ({ reading, background }) => {
    const { summary: overview, keyPoints, actionItems } = await localExtractor.extract(reading);
    if (overview === '') return { answer: null, rationale: 'Nothing was said.', confidence: 0.9, evidence: [] };
    const deal = await dealPoints(reading, background);
    return {
      answer: {
        type: 'SUMMARY',
        overview: [overview, ...deal].join(' '),
        keyPoints: keyPoints.map(({ text }) => text),
        actionItems: actionItems.map(({ text, owner, due }) => ({ text, owner, due })),
      },
      rationale: `The ${keyPoints.length} passages that say most, by figures, names, decisions and what comes back, and ${actionItems.length} things that somebody took on.`,
      confidence: 0.6,
      evidence: [...keyPoints, ...actionItems].flatMap(({ evidence }) => evidence),
    };
  },
};
