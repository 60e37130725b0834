import type { ModelId, Provider } from './model-id.js';

/** Where a model is and how to ask it. */
export interface Connection {
  readonly model: ModelId;
  /** Up to and with the version; nothing else is ever called. */
  readonly baseUrl: string;
  readonly apiKey: string | undefined;
  /** Null for models that refuse one. */
  readonly temperature: number | null;
  /** Of question and answer together. */
  readonly contextTokens: number;
  /** Without a byte from the server. */
  readonly silenceMs: number;
}

/** Stated, and not left to the clients of the providers: those let variables of the environment lead elsewhere. */
export const providerUrls: Readonly<Record<Provider, string>> = {
  openai: 'https://api.openai.com/v1',
  anthropic: 'https://api.anthropic.com',
  ollama: 'http://127.0.0.1:11434',
};

/** The longest answer: every item of the longest checklist, with its reasons and quotes. */
const longestReply = 8_192;

/** Tokens that are kept free for an answer. */
export const replyRoom = (contextTokens: number): number => Math.min(longestReply, Math.floor(contextTokens / 4));

/** Reasoning models of OpenAI refuse a temperature. */
export const takesTemperature = ({ provider, name }: ModelId): boolean =>
  provider !== 'openai' || !/^(o\d|gpt-5(?!-chat))/.test(name);
