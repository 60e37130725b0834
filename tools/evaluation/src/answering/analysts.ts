import { createLocalAnalyst, type Analyst } from '@harmony/llm';

/** The analysts that can be evaluated. */
export const engines = ['local', 'langchain'] as const;
export type Engine = (typeof engines)[number];

/** Creates fresh analysts of one engine. */
export function analystFactory(engine: Engine): () => Analyst {
  if (engine === 'local') return createLocalAnalyst;
  throw new Error(`The ${engine} analyst is not there yet.`);
}
