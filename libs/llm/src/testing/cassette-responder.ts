import { recordedReply } from '../langchain/cassettes/cassettes.js';
import type { ModelCall } from '../langchain/model/ask.js';
import { requestKey } from '../langchain/model/request-key.js';
import type { ModelRequest } from './model-request.js';
import type { Responder } from './model-server.js';

/**
 * Plays the model whose replies a folder of cassettes holds, so that it is a server that plays them, with all that can
 * go wrong on the way. What is not recorded is asked of nobody: the server refuses it, and says what it misses.
 */
export const cassetteResponder =
  (folder: string): Responder =>
  async (request) => {
    const key = requestKey(
      { model: { provider: 'openai', name: request.model }, temperature: request.temperature ?? null },
      callOf(request),
    );
    const reply = await recordedReply(folder, key);
    if (reply === undefined) throw new Error(`No reply is recorded as ${key}.`);
    return reply.content;
  };

const callOf = ({ messages, response_format: format }: ModelRequest): Omit<ModelCall, 'template'> => ({
  messages,
  schema: { name: format?.json_schema.name ?? '', body: format?.json_schema.schema ?? {} },
});
