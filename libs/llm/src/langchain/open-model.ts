import { withCassettes } from './cassettes/cassettes.js';
import { limited } from './limits/limited.js';
import { sharedLimits } from './limits/shared-limits.js';
import { realTime } from './limits/time.js';
import type { Ask, ModelCall } from './model/ask.js';
import { chatModel } from './model/chat-model.js';
import { providerUrls, takesTemperature, type Connection } from './model/connection.js';
import { parseModelId, type Provider } from './model/model-id.js';
import { requestKey } from './model/request-key.js';
import type { LangChainOptions, LanguageModelSettings } from './settings.js';

/** A model that keeps to its limits, and how its calls are named. */
export interface OpenModel {
  readonly connection: Connection;
  readonly ask: Ask;
  readonly keyOf: (call: ModelCall) => string;
}

/** @throws HarmonyError ANALYST_NOT_CONFIGURED for a model that no provider is known for */
export function openModel(model: string, settings: LanguageModelSettings, options: LangChainOptions): OpenModel {
  const connection = connectionOf(model, settings, options);
  const keyOf = (call: ModelCall): string => requestKey(connection, call);
  const limits = options.limits ?? sharedLimits(connection, settings);
  const asked = limited(chatModel(connection), limits, options.time ?? realTime, options.retries);
  const { cassettes, cassetteMode: mode } = settings;
  return {
    connection,
    keyOf,
    ask: cassettes === undefined ? asked : withCassettes(asked, { folder: cassettes, mode, keyOf }),
  };
}

function connectionOf(text: string, settings: LanguageModelSettings, { silenceMs }: LangChainOptions): Connection {
  const model = parseModelId(text);
  return {
    model,
    baseUrl: settings.baseUrl?.replace(addedPath[model.provider], '') ?? providerUrls[model.provider],
    apiKey: settings.apiKey ?? providerKey(model.provider, settings),
    temperature: takesTemperature(model) ? settings.temperature : null,
    contextTokens: settings.contextTokens,
    silenceMs: silenceMs ?? settings.timeLimitSeconds * 1_000,
  };
}

/** What the client of a provider adds by itself, and people may have written already. */
const addedPath: Readonly<Record<Provider, RegExp>> = {
  openai: /\/+$/,
  anthropic: /(\/v1)?\/*$/,
  ollama: /(\/api|\/v1)?\/*$/,
};

/** The key that was made for a provider is shown to nobody else. */
function providerKey(
  provider: Provider,
  { baseUrl, openAiApiKey, anthropicApiKey }: LanguageModelSettings,
): string | undefined {
  if (baseUrl !== undefined || provider === 'ollama') return undefined;
  return provider === 'openai' ? openAiApiKey : anthropicApiKey;
}
