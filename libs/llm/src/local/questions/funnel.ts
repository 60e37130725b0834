import type { LocalAnswer, LocalRequest, LocalResponder } from '../registry.js';
import { quote } from '../language/reading.js';
import { progressOf } from './deal-progress.js';
import { reachedStage } from './reached-stage.js';

function answer({ question: { stages }, background, reading }: LocalRequest<'FUNNEL'>): LocalAnswer {
  const reached = reachedStage(reading, stages, progressOf(reading), background);
  return {
    answer: { type: 'FUNNEL', stage: reached.stage.key },
    rationale: `Nothing shows a later stage than "${reached.stage.name}".`,
    confidence: reached.confidence,
    evidence: reached.sentences.slice(0, 2).map((sentence) => quote(reading, sentence)),
  };
}

/** The furthest stage for which something was said. */
export const funnel: LocalResponder<'FUNNEL'> = { type: 'FUNNEL', version: '1', answer };
