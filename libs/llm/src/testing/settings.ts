import type { LanguageModelSettings } from '../langchain/settings.js';

/** A model without a key on a server of one's own. */
export const settingsFor = (
  baseUrl: string | undefined,
  changes: Partial<LanguageModelSettings> = {},
): LanguageModelSettings => ({
  model: 'openai:scripted',
  localThreads: 0,
  baseUrl,
  apiKey: 'test-key',
  openAiApiKey: undefined,
  anthropicApiKey: undefined,
  temperature: 0,
  maximumConcurrency: 8,
  requestsPerMinute: 0,
  tokensPerMinute: 0,
  contextTokens: 32_000,
  timeLimitSeconds: 60,
  inputPrice: 0,
  outputPrice: 0,
  cassettes: undefined,
  cassetteMode: 'off',
  ...changes,
});
