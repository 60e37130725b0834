import { ChatAnthropic } from '@langchain/anthropic';
import { AIMessage, HumanMessage, SystemMessage, type BaseMessage } from '@langchain/core/messages';
import type { ChatGenerationChunk } from '@langchain/core/outputs';
import { ChatOllama } from '@langchain/ollama';
import { ChatOpenAICompletions } from '@langchain/openai';
import type { Message, ModelCall } from './ask.js';
import { replyRoom, type Connection } from './connection.js';

/** A reply as it comes in. */
export type ReplyStream = AsyncGenerator<ChatGenerationChunk>;

/** Asks LangChain's chat model of the provider for a reply of the given schema. */
export type OpenStream = (call: ModelCall, signal: AbortSignal) => ReplyStream;

type Fetch = typeof globalThis.fetch;

/** Retries are ours, with limits that every call of the key shares. */
const noRetries = { maxRetries: 0 };

/**
 * The chat model of a connection for one call. Its stream is taken directly, without LangChain's callbacks: those would
 * send conversations to LangSmith as soon as a variable of the environment says so.
 */
export const openChatModel: Readonly<
  Record<Connection['model']['provider'], (connection: Connection, fetch: Fetch) => OpenStream>
> = {
  openai: ({ model, baseUrl, apiKey, temperature }, fetch) => {
    const chat = new ChatOpenAICompletions({
      ...noRetries,
      model: model.name,
      // The client wants one, also for servers that want none.
      apiKey: apiKey ?? 'none',
      ...(temperature !== null && { temperature }),
      configuration: { baseURL: baseUrl, fetch, logLevel: 'off' },
    });
    return ({ messages, schema }, signal) =>
      chat._streamResponseChunks(messages.map(toLangChain), {
        signal,
        response_format: {
          type: 'json_schema',
          json_schema: { name: schema.name, schema: schema.body, strict: true },
        },
      });
  },
  anthropic: ({ model, baseUrl, apiKey, temperature, contextTokens }, fetch) => {
    const chat = new ChatAnthropic({
      ...noRetries,
      model: model.name,
      apiKey: apiKey ?? 'none',
      anthropicApiUrl: baseUrl,
      maxTokens: replyRoom(contextTokens),
      ...(temperature !== null && { temperature: Math.min(1, temperature) }),
      clientOptions: { fetch, authToken: null, logLevel: 'off' },
    });
    return ({ messages, schema }, signal) =>
      chat._streamResponseChunks(messages.map(toLangChain), {
        signal,
        tools: [{ name: schema.name, input_schema: { ...schema.body, type: 'object' } }],
        tool_choice: { type: 'tool', name: schema.name },
      });
  },
  ollama: ({ model, baseUrl, apiKey, temperature, contextTokens }, fetch) => {
    const chat = new ChatOllama({
      ...noRetries,
      model: model.name,
      baseUrl,
      fetch,
      numCtx: contextTokens,
      numPredict: replyRoom(contextTokens),
      ...(temperature !== null && { temperature }),
      ...(apiKey !== undefined && { headers: { Authorization: `Bearer ${apiKey}` } }),
    });
    return ({ messages, schema }, signal) =>
      chat._streamResponseChunks(messages.map(toLangChain), { signal, format: schema.body });
  },
};

function toLangChain({ role, content }: Message): BaseMessage {
  switch (role) {
    case 'system':
      return new SystemMessage(content);
    case 'user':
      return new HumanMessage(content);
    case 'assistant':
      return new AIMessage(content);
  }
}
