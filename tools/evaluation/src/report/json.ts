import type { Evaluated } from '../answering/evaluate.js';
import type { Problem } from '../loading/problem.js';
import type { Summary } from './summarise.js';
import type { Miss } from './thresholds.js';

/** Everything in one JSON document. */
export function jsonReport(
  { types, measures }: Summary,
  missed: readonly Miss[],
  problems: readonly Problem[],
  evaluated: readonly Evaluated[],
): string {
  const answers = evaluated.map(({ case: { project, place, definition, gold }, reply, observations, trust }) => ({
    project: project.name,
    conversation: place,
    definition: definition.key,
    type: gold.type,
    ...reply,
    observations: [...observations, ...trust],
  }));
  return JSON.stringify({ measures: Object.fromEntries(measures), types, missed, problems, answers }, null, 2);
}
