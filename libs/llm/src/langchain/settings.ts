import type { CassetteMode } from './cassettes/cassettes.js';
import type { Limits } from './limits/limits.js';
import type { RetryOptions } from './limits/limited.js';
import type { Time } from './limits/time.js';

/** The group `llm` of the configuration. */
export interface LanguageModelSettings {
  /** `provider:name`; absent: the local analyst. */
  readonly model: string | undefined;
  /** Of the local analyst; 0 is one for each processor, at most 4. */
  readonly localThreads: number;
  readonly baseUrl: string | undefined;
  readonly apiKey: string | undefined;
  readonly openAiApiKey: string | undefined;
  readonly anthropicApiKey: string | undefined;
  readonly temperature: number;
  readonly maximumConcurrency: number;
  /** 0 is no limit. */
  readonly requestsPerMinute: number;
  /** 0 is no limit. */
  readonly tokensPerMinute: number;
  readonly contextTokens: number;
  readonly timeLimitSeconds: number;
  /** US dollars for a million tokens. */
  readonly inputPrice: number;
  readonly outputPrice: number;
  readonly cassettes: string | undefined;
  readonly cassetteMode: CassetteMode;
}

/** What tests set otherwise. */
export interface LangChainOptions {
  /** Absent: those that all analysts of this process share that use the same provider and key. */
  readonly limits?: Limits;
  readonly time?: Time;
  readonly retries?: RetryOptions;
  readonly silenceMs?: number;
}
