import type { LocalAnswer, LocalRequest, LocalResponder } from '../registry.js';
import { quote } from '../language/reading.js';
import { rateByLabels } from './rate-by-labels.js';
import { rateByTone } from './rate-by-tone.js';

const between = (value: number, min: number, max: number): number => Math.min(max, Math.max(min, Math.round(value)));

function answer({ question, background, reading }: LocalRequest<'SCALE'>): LocalAnswer {
  const { min, max, labels } = question;
  const tone = rateByTone(reading, question.question, background);
  const byTone = min + tone.level * (max - min);
  const labelled = rateByLabels(reading, question, background);
  const value = between(
    labelled === undefined ? byTone : labelled.value * labelled.trust + byTone * (1 - labelled.trust),
    min,
    max,
  );
  const label = labels[String(value)];
  const sentences = [...(labelled?.sentences ?? []), ...tone.sentences].slice(0, 3);
  return {
    answer: { type: 'SCALE', value },
    rationale: `${label === undefined ? `${value} of ${max}` : `${value}, "${label}"`}, by ${sentences.length === 0 ? 'the absence of anything said about it' : 'what was said about it'}.`,
    confidence: labelled === undefined ? 0.4 : 0.3 + labelled.trust / 2,
    evidence: sentences.map((sentence) => quote(reading, sentence)),
  };
}

/** A number of the scale, by what its labels say, and by the tone in which the matter is spoken of. */
export const scale: LocalResponder<'SCALE'> = { type: 'SCALE', version: '1', answer };
