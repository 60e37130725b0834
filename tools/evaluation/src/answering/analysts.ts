import { loadConfiguration, type Environment } from '@harmony/config';
import { HarmonyError } from '@harmony/contracts';
import { createAnalyst, createLocalAnalyst, type Analyst } from '@harmony/llm';

/** The analysts that can be evaluated. */
export const engines = ['local', 'langchain'] as const;
export type Engine = (typeof engines)[number];

/**
 * Creates fresh analysts of one engine, set up as a server is by its environment.
 * @throws HarmonyError INVALID_CONFIGURATION, or ANALYST_NOT_CONFIGURED without a model
 */
export function analystFactory(engine: Engine, environment: Environment): () => Analyst {
  if (engine === 'local') return createLocalAnalyst;
  const { llm } = loadConfiguration(environment, { target: 'all' });
  if (llm.model === undefined) {
    throw new HarmonyError('ANALYST_NOT_CONFIGURED', { detail: 'Set LLM_MODEL, for instance to openai:gpt-4o-mini.' });
  }
  return () => createAnalyst(llm);
}
