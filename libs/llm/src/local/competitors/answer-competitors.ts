import type { LocalRequest, LocalResponder } from '../registry.js';
import { quote } from '../language/reading.js';
import { advantagesOf, positioningOf } from './comparison.js';
import { namesInKnowledge } from './knowledge-names.js';
import { findCompetitors } from './mentions.js';
import { aboutCompetitor, stanceOf } from './stance.js';

/** Names of the people of the conversation, whole and in parts; and of the company that the title names. */
function namesOfPeople({ reading: { conversation } }: LocalRequest<'COMPETITORS'>): string[] {
  return conversation.voices.flatMap(({ name }) =>
    name === null ? [] : [name, ...name.split(/\s+/u).filter((part) => part.length > 2)],
  );
}

/** Those who were named and sell the same, how they stand with the customer, and how they compare. */
export const competitors: LocalResponder<'COMPETITORS'> = {
  type: 'COMPETITORS',
  version: '1',
  answer: async (request) => {
    const { question, background } = request;
    const { reading } = request;
    const known = namesInKnowledge(background.knowledge);
    const others = [...question.exclude, ...known.others, ...namesOfPeople(request)].filter(
      (name) =>
        !question.track.some(
          (tracked) =>
            tracked.toLowerCase() === name.toLowerCase() ||
            (!question.exclude.includes(name) && tracked.split(' ').includes(name)),
        ),
    );
    const found = await findCompetitors(reading.parsed, [...new Set([...question.track, ...known.rivals])], others);
    const named = new Set(found.flatMap(({ sentences }) => sentences.map(({ sentence }) => sentence.position)));
    const mentions = found.map((one) => {
      const about = aboutCompetitor(reading.parsed, one, named);
      return {
        name: one.name,
        stance: stanceOf(reading.parsed, one, about),
        positioning: positioningOf(about),
        advantages: advantagesOf(about),
      };
    });
    if (mentions.length === 0) {
      return { answer: null, rationale: 'No competitor was named.', confidence: 0.8, evidence: [] };
    }
    return {
      answer: { type: 'COMPETITORS', mentions },
      rationale: mentions.map(({ name, stance }) => `${name}: ${stance.toLowerCase()}`).join('; ') + '.',
      confidence: 0.75,
      evidence: found.flatMap(({ name, sentences }) =>
        sentences.slice(0, 20).map(({ sentence }) => quote(reading, sentence, name)),
      ),
    };
  },
};
