import { HarmonyError } from '@harmony/contracts';
import type { AIMessageChunk, BaseMessage } from '@langchain/core/messages';
import type { ChatGenerationChunk } from '@langchain/core/outputs';
import type { Ask, ModelCall, ModelReply } from './ask.js';
import type { Connection } from './connection.js';
import type { ReplyStream } from './open-chat-model.js';
import { WatchedFetch } from './watched-fetch.js';

/** Asks the provider itself, once. */
export const chatModel =
  (connection: Connection): Ask =>
  async (call, signal) => {
    signal.throwIfAborted();
    const watched = new WatchedFetch({ ...connection, signal });
    // Only who asks a model loads the clients of all providers: a second, and fifty megabytes.
    const { openChatModel } = await import('./open-chat-model.js');
    const open = openChatModel[connection.model.provider](connection, watched.fetch);
    try {
      return replyOf(await collect(open(call, signal)), call);
    } catch (error) {
      signal.throwIfAborted();
      if (watched.failure !== undefined) throw watched.failure;
      if (error instanceof HarmonyError) throw error;
      throw new HarmonyError('ANALYST_UNAVAILABLE', { cause: error });
    }
  };

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
