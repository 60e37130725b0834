import type { LocalAnswer, LocalRequest, LocalResponder } from '../registry.js';
import { quote, type Reading } from '../language/reading.js';
import { aboutWhat, type About } from './about.js';
import { progressOf, type Milestone } from './deal-progress.js';
import { isNoneOfThem } from './none-part.js';
import { isAtEase } from './topic-voice.js';

/** Less than this speaks for no bucket at all; and this, where customers mostly deny that there is any trouble. */
const thresholds = { any: 1, atEase: 2 };

/** A bucket for customers who are content: "intends to renew and raises nothing". */
const content = /\b(?:intends?|will|happy|satisfied|content|renews?|stays?|committed)\b/iu;

/** Whether the bucket that stands for none of the others fits best. */
function isNone(reading: Reading, none: { readonly description: string }, best: About | undefined): boolean {
  const progress = progressOf(reading);
  const happened = (milestone: Milestone): boolean => (progress.get(milestone) ?? []).length > 0;
  const weight = best?.weight ?? 0;
  if (weight < thresholds.any || (weight < thresholds.atEase && isAtEase(reading))) return true;
  return happened('LOST') || (content.test(none.description) && (happened('COMMITMENT') || happened('PAPERWORK')));
}

async function answer({ question: { buckets }, background, reading }: LocalRequest<'GROUP'>): Promise<LocalAnswer> {
  const [none] = buckets.filter(isNoneOfThem);
  const others = buckets.filter((bucket) => bucket !== none);
  const weighed = await aboutWhat(reading, others, background);
  const [best, second] = weighed;
  if (none !== undefined && isNone(reading, none, best)) {
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

const confidenceOf = (best: About, second: About | undefined): number =>
  Math.min(0.9, 0.4 + (best.weight - (second?.weight ?? 0)) / (2 * Math.max(best.weight, 1)));

/** The bucket for which most was said; one that stands for none of them where nothing speaks for the others. */
export const group: LocalResponder<'GROUP'> = { type: 'GROUP', version: '1', answer };
