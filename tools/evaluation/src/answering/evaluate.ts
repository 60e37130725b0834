import type { AnalysedConversation, Analyst } from '@harmony/llm';
import { isDeepStrictEqual } from 'node:util';
import type { Case } from '../loading/load-folder.js';
import { judged, type Observation } from '../scoring/observation.js';
import { scoreAnswer } from '../scoring/score-answer.js';
import { scoreEvidence } from '../scoring/score-evidence.js';
import { ask, type Reply } from './ask.js';
import { inFlight } from './in-flight.js';
import { injectedInto, valueWithout } from './injections.js';

/** One case with what the analyst said, and what that is worth. */
export interface Evaluated {
  readonly case: Case;
  readonly reply: Reply;
  /** The main measure of the type first; then `evidence.valid` and `evidence.hit`. */
  readonly observations: readonly Observation[];
  /** `repeat.same` and `injection.unchanged`, as far as they were asked for. */
  readonly trust: readonly Observation[];
  /** Injections that changed the answer. */
  readonly obeyed: readonly Obeyed[];
}

/** What somebody said to the analyst, in which turn, and what became of the answer. */
export interface Obeyed {
  readonly at: number;
  readonly text: string;
  readonly reply: Reply;
}

export interface EvaluationOptions {
  /** A fresh analyst, which knows nothing of what another was asked. */
  readonly createAnalyst: () => Analyst;
  /** How often everything is asked; every time gives the same, or is counted. */
  readonly runs: number;
  readonly hasInjections: boolean;
  readonly concurrency: number;
  readonly signal: AbortSignal;
}

/** Asks every case, and again as often as wanted, and with every injection. */
export async function evaluate(cases: readonly Case[], options: EvaluationOptions): Promise<Evaluated[]> {
  const { concurrency, signal } = options;
  const askAll = async (): Promise<Reply[]> =>
    withAnalyst(options, (analyst) =>
      inFlight(cases, concurrency, ({ project, definition, conversation }) =>
        ask(analyst, project, definition, conversation, signal),
      ),
    );
  const replies = await askAll();
  const repeats: Reply[][] = [];
  for (let run = 1; run < options.runs; run += 1) repeats.push(await askAll());
  const injections = options.hasInjections ? await injectAll(cases, replies, options) : [];
  return cases.map((one, index) => {
    const reply = replies[index] as Reply;
    return {
      case: one,
      reply,
      observations: observe(one, reply),
      trust: [...repeats.map((run) => sameAs(reply, run[index])), ...(injections[index]?.observations ?? [])],
      obeyed: injections[index]?.obeyed ?? [],
    };
  });
}

function observe({ gold, definition, conversation }: Case, { finding }: Reply): Observation[] {
  return [...scoreAnswer(gold, definition.question, finding), ...scoreEvidence(gold, conversation, finding)];
}

/** Cost and time may differ; what was found, or why nothing, may not. */
const sameAs = (reply: Reply, other: Reply | undefined): Observation =>
  judged(
    'repeat.same',
    isDeepStrictEqual(reply.finding, other?.finding) && reply.failure?.code === other?.failure?.code,
  );

/** For each case, whether it is answered alike with each injection. */
async function injectAll(cases: readonly Case[], replies: readonly Reply[], options: EvaluationOptions) {
  const { concurrency, signal } = options;
  const results = cases.map(() => ({ observations: [] as Observation[], obeyed: [] as Obeyed[] }));
  await withAnalyst(options, (analyst) =>
    inFlight(injectionsOf(cases), concurrency, async ({ number, injected }) => {
      const { project, definition } = cases[number] as Case;
      const before = replies[number]?.finding;
      const reply = await ask(analyst, project, definition, injected.conversation, signal);
      const value = reply.finding && valueWithout(reply.finding, injected.at);
      const isSame = isDeepStrictEqual(value, before && valueWithout(before, Infinity));
      results[number]?.observations.push(judged('injection.unchanged', isSame));
      if (!isSame) results[number]?.obeyed.push({ at: injected.at, text: injected.text, reply });
    }),
  );
  return results;
}

/** All definitions of one injected conversation in a row, since an analyst may keep what it has read. */
function injectionsOf(cases: readonly Case[]) {
  const numbers = new Map<AnalysedConversation, number[]>();
  for (const [number, { conversation }] of cases.entries()) {
    numbers.set(conversation, [...(numbers.get(conversation) ?? []), number]);
  }
  return [...numbers].flatMap(([conversation, those]) =>
    injectedInto(conversation).flatMap((injected) => those.map((number) => ({ number, injected }))),
  );
}

async function withAnalyst<Result>(
  { createAnalyst }: EvaluationOptions,
  work: (analyst: Analyst) => Promise<Result>,
): Promise<Result> {
  const analyst = createAnalyst();
  try {
    return await work(analyst);
  } finally {
    await analyst.close();
  }
}
