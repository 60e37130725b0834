import type { LocalAnswer, LocalRequest, LocalResponder } from '../registry.js';
import { quote } from '../language/reading.js';
import { glossaryOf } from './glossary.js';
import { isNoneOfThem } from './none-part.js';
import { weighTopics, type WeighedTopic } from './weigh-topics.js';

/** Less than this speaks for no bucket at all. */
const threshold = 0.7;

function answer({
  question: { buckets },
  background,
  reading,
}: LocalRequest<'GROUP'>): LocalAnswer | Promise<LocalAnswer> {
  const [none] = buckets.filter(isNoneOfThem);
  const others = buckets.filter((bucket) => bucket !== none);
  const weighed = weighTopics(reading, others, glossaryOf(background));
  const [best, second] = weighed;
  if (none !== undefined && (best?.weight ?? 0) < threshold) {
    const rationale = `Nothing said speaks clearly for any other bucket than "${none.name}".`;
    return { answer: { type: 'GROUP', bucket: none.key }, rationale, confidence: 0.5, evidence: [] };
  }
  if (best === undefined || best.weight === 0) {
    return { answer: null, rationale: 'Nothing was said that belongs into any bucket.', confidence: 0.5, evidence: [] };
  }
  const name = others.find(({ key }) => key === best.key)?.name ?? best.key;
  return {
    answer: { type: 'GROUP', bucket: best.key },
    rationale: `Most of what was said belongs to "${name}": ${best.sentences[0]?.text ?? ''}`,
    confidence: confidenceOf(best, second),
    evidence: best.sentences.slice(0, 3).map((sentence) => quote(reading, sentence)),
  };
}

const confidenceOf = (best: WeighedTopic, second: WeighedTopic | undefined): number =>
  Math.min(0.9, 0.4 + (best.weight - (second?.weight ?? 0)) / (2 * Math.max(best.weight, 1)));

/** The bucket for which most was said; one that stands for none of them where nothing speaks for the others. */
export const group: LocalResponder<'GROUP'> = { type: 'GROUP', version: '1', answer };
