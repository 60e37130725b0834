import { LangChainAnalyst } from './langchain/langchain-analyst.js';
import type { LanguageModelSettings } from './langchain/settings.js';
import { ThreadedAnalyst } from './local/thread/threaded-analyst.js';
import type { Analyst } from './port.js';

/**
 * The analyst that the group `llm` of the configuration asks for: the local one, in threads of
 * its own, where no model is named.
 * @throws HarmonyError ANALYST_NOT_CONFIGURED for a model that no provider is known for
 */
export const createAnalyst = (settings: LanguageModelSettings): Analyst =>
  settings.model === undefined ? new ThreadedAnalyst(settings.localThreads) : new LangChainAnalyst(settings.model, settings);
