import { HarmonyError } from '@harmony/contracts';
import {
  AIMessage,
  HumanMessage,
  SystemMessage,
  type AIMessageChunk,
  type BaseMessage,
} from '@langchain/core/messages';
import type { ChatGenerationChunk } from '@langchain/core/outputs';
import type { Ask, Message, ModelCall, ModelReply } from './ask.js';
import type { Connection } from './connection.js';
import { openChatModel, type ReplyStream } from './open-chat-model.js';
import { WatchedFetch } from './watched-fetch.js';

/** Asks the provider itself, once. */
export const chatModel =
  (connection: Connection): Ask =>
  async (call, signal) => {
    signal.throwIfAborted();
    const watched = new WatchedFetch({ ...connection, signal });
    const open = openChatModel[connection.model.provider](connection, watched.fetch);
    try {
      return replyOf(await collect(open(call.messages.map(toLangChain), call, signal)), call);
    } catch (error) {
      signal.throwIfAborted();
      if (watched.failure !== undefined) throw watched.failure;
      if (error instanceof HarmonyError) throw error;
      throw new HarmonyError('ANALYST_UNAVAILABLE', { cause: error });
    }
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

interface Collected {
  readonly message: AIMessageChunk | undefined;
  /** Why the model stopped, in the provider's own word; undefined where the stream ended without one. */
  readonly ending: string | undefined;
}

async function collect(stream: ReplyStream): Promise<Collected> {
  let whole: ChatGenerationChunk | undefined;
  let ending: string | undefined;
  for await (const chunk of stream) {
    whole = whole === undefined ? chunk : whole.concat(chunk);
    ending = endingOf(chunk) ?? ending;
  }
  return { message: whole?.message as AIMessageChunk | undefined, ending };
}

function endingOf({ generationInfo, message }: { generationInfo?: object; message: BaseMessage }): string | undefined {
  const said: Readonly<Record<string, unknown>> = {
    ...message.additional_kwargs,
    ...message.response_metadata,
    ...generationInfo,
  };
  const ending = said['finish_reason'] ?? said['stop_reason'] ?? said['done_reason'];
  return typeof ending === 'string' ? ending : undefined;
}

function replyOf({ message, ending }: Collected, { template }: ModelCall): ModelReply {
  if (message === undefined || ending === undefined) {
    throw new HarmonyError('ANALYST_UNAVAILABLE', {
      detail: 'The language model broke off in the middle of an answer.',
    });
  }
  if (ending === 'content_filter' || ending === 'refusal') {
    throw new HarmonyError('ANALYST_REFUSED', { detail: `The language model refuses to answer ${template}.` });
  }
  const { usage_metadata: counts, tool_call_chunks: tools = [] } = message;
  return {
    content: tools[0]?.args ?? message.text,
    calls: 1,
    inputTokens: counts?.input_tokens ?? 0,
    outputTokens: counts?.output_tokens ?? 0,
  };
}
