import type { ServerResponse } from 'node:http';
import type { ModelRequest } from './model-request.js';

/** As the server counts. */
export interface Tokens {
  readonly prompt_tokens: number;
  readonly completion_tokens: number;
  readonly total_tokens: number;
}

interface Choice {
  readonly delta: { readonly role?: 'assistant'; readonly content?: string };
  readonly finish_reason?: 'stop';
}

const head = { id: 'chatcmpl-1', created: 0, model: 'scripted' };
const pieceLength = 400;

export const startStream = (response: ServerResponse): void => {
  response.writeHead(200, { 'content-type': 'text/event-stream' });
};

export const sendChunk = (response: ServerResponse, choice: Choice): void =>
  send(response, { choices: [{ index: 0, finish_reason: null, ...choice }] });

function send(response: ServerResponse, body: object): void {
  response.write(`data: ${JSON.stringify({ ...head, object: 'chat.completion.chunk', ...body })}\n\n`);
}

/** Sends an answer as the request wants it: as a stream of pieces, or whole; returns what it counts for it. */
export function complete(response: ServerResponse, request: ModelRequest, content: string): Tokens {
  const usage = tokensOf(request, content);
  if (!request.stream) {
    const message = { role: 'assistant', content };
    const body = { ...head, object: 'chat.completion', choices: [{ index: 0, message, finish_reason: 'stop' }], usage };
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    return usage;
  }
  startStream(response);
  sendChunk(response, { delta: { role: 'assistant', content: '' } });
  for (let at = 0; at < content.length; at += pieceLength) {
    sendChunk(response, { delta: { content: content.slice(at, at + pieceLength) } });
  }
  sendChunk(response, { delta: {}, finish_reason: 'stop' });
  if (request.stream_options?.include_usage) send(response, { choices: [], usage });
  response.end('data: [DONE]\n\n');
  return usage;
}

/** About what a real model would count. */
function tokensOf({ messages }: ModelRequest, content: string): Tokens {
  const asked = Math.ceil(messages.reduce((sum, message) => sum + message.content.length, 0) / 4);
  const answered = Math.ceil(content.length / 4);
  return { prompt_tokens: asked, completion_tokens: answered, total_tokens: asked + answered };
}
