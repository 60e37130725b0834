import type { LocalResponder } from '../registry.js';
import { quote } from '../language/reading.js';
import { countByQuadrant, spinQuestions, weakestQuadrants } from './spin-questions.js';
import { suggestionsFor } from './suggestions.js';

/** Which quadrants the hosts neglected, and where in the conversation a question would have been due. */
export const spinImprovement: LocalResponder<'SPIN_IMPROVEMENT'> = {
  type: 'SPIN_IMPROVEMENT',
  version: '1',
  answer: async (request) => {
    const { reading } = request;
    const counts = countByQuadrant(await spinQuestions(reading.parsed));
    const weakest = weakestQuadrants(counts);
    const advice = weakest.map((quadrant) => ({ quadrant, ...suggestionsFor(quadrant, reading.parsed) }));
    const asked = Object.entries(counts).map(([quadrant, count]) => `${quadrant} ${count}`);
    return {
      answer: { type: 'SPIN_IMPROVEMENT', weakest, suggestions: advice.flatMap(({ suggestions }) => suggestions) },
      rationale: `Questions of the hosts by quadrant: ${asked.join(', ')}.`,
      confidence: 0.6,
      evidence: advice.flatMap(({ quadrant, occasions }) =>
        occasions.map(({ sentence }) => quote(reading, sentence, quadrant)),
      ),
    };
  },
};
