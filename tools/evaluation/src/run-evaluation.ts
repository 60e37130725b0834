import type { Analyst } from '@harmony/llm';
import { evaluate, type Evaluated } from './answering/evaluate.js';
import { loadFolder, type Case } from './loading/load-folder.js';
import type { Problem } from './loading/problem.js';
import type { Request } from './program.js';
import { describeMisses } from './report/failures.js';
import { jsonReport } from './report/json.js';
import { summarise } from './report/summarise.js';
import { table } from './report/table.js';
import { missed, type Miss } from './report/thresholds.js';
import { aims } from './scoring/aims.js';

export interface Surroundings {
  readonly createAnalyst: () => Analyst;
  /** Takes what was asked for. */
  readonly write: (text: string) => void;
  /** Takes what is wrong. */
  readonly complain: (text: string) => void;
  readonly signal: AbortSignal;
}

/** Evaluates a folder and reports it. False when a file could not be used or a threshold was missed. */
export async function runEvaluation(request: Request, surroundings: Surroundings): Promise<boolean> {
  const { cases, problems } = await loadFolder(request.folder);
  const isLocal = request.analyst === 'local';
  const evaluated = await evaluate(cases.filter(chosenBy(request)), {
    createAnalyst: surroundings.createAnalyst,
    runs: request.repeat ?? (isLocal ? 2 : 1),
    hasInjections: request.injections ?? isLocal,
    concurrency: request.concurrency ?? (isLocal ? 1 : 16),
    signal: surroundings.signal,
  });
  const summary = summarise(evaluated);
  const misses = missed(summary.measures, minimumsOf(request, evaluated));
  if (request.json) surroundings.write(jsonReport(summary, misses, problems, evaluated));
  else {
    if (request.show === 'failures') surroundings.write(`${describeMisses(evaluated)}\n`);
    surroundings.write(table(summary));
  }
  for (const problem of problems) surroundings.complain(describeProblem(problem));
  for (const miss of misses) surroundings.complain(describeMiss(miss));
  return problems.length === 0 && misses.length === 0;
}

const chosenBy =
  ({ type, project }: Request) =>
  (one: Case): boolean =>
    (type === undefined || one.gold.type === type) && (project === undefined || one.project.name.includes(project));

/** Of the aims those of the types that are there; what is named on the command line is asked for in any case. */
function minimumsOf({ aims: hasAims, min }: Request, evaluated: readonly Evaluated[]): ReadonlyMap<string, number> {
  const there = new Set(evaluated.flatMap((one) => measuresOf(one)));
  return new Map([...(hasAims ? [...aims].filter(([measure]) => there.has(measure)) : []), ...min]);
}

const measuresOf = ({ case: { gold }, observations, trust }: Evaluated): string[] =>
  [...observations, ...trust]
    .filter(({ of }) => of > 0)
    .map(({ measure }) => (measure.includes('.') ? measure : `${gold.type}.${measure}`));

const describeProblem = ({ code, file, detail }: Problem): string => `${code} ${file}: ${detail}`;

const describeMiss = ({ measure, minimum, value }: Miss): string =>
  value === null
    ? `MISSED ${measure}: nothing was measured, at least ${minimum} is asked for`
    : `MISSED ${measure}: ${value.toFixed(3)} instead of at least ${minimum}`;
