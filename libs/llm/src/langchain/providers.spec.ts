import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { call, english } from '../contract-suite/conversations.js';
import { questions } from '../contract-suite/questions.js';
import type { QuestionRequest } from '../port.js';
import { settingsFor } from '../testing/index.js';
import { LangChainAnalyst } from './langchain-analyst.js';

interface Seen {
  readonly url: string | undefined;
  readonly headers: IncomingHttpHeaders;
  readonly body: Record<string, unknown>;
}

const request: QuestionRequest = {
  conversation: call,
  question: questions.YES_NO,
  background: english,
  signal: new AbortController().signal,
};
const reply = JSON.stringify({
  evidence: [{ turn: 12, quote: 'The budget is approved', part: null }],
  rationale: 'It is said.',
  outcome: 'ANSWERED',
  value: { answer: 'YES' },
  confidence: 0.9,
});
const answered = {
  outcome: 'ANSWERED',
  answer: { type: 'YES_NO', answer: 'YES' },
  usage: { calls: 1, inputTokens: 700, outputTokens: 40 },
};

const sse = (events: readonly { readonly type: string }[]): string =>
  events.map((event) => `event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`).join('');

/** As Anthropic streams a tool call. */
const anthropicEvents = sse([
  {
    type: 'message_start',
    ...{
      message: {
        ...{ id: 'm1', type: 'message', role: 'assistant', model: 'claude', content: [] },
        ...{ stop_reason: null, stop_sequence: null, usage: { input_tokens: 700, output_tokens: 0 } },
      },
    },
  },
  {
    type: 'content_block_start',
    ...{ index: 0, content_block: { type: 'tool_use', id: 't1', name: 'yes_no', input: {} } },
  },
  ...[reply.slice(0, 30), reply.slice(30)].map((piece) => ({
    type: 'content_block_delta',
    ...{ index: 0, delta: { type: 'input_json_delta', partial_json: piece } },
  })),
  { type: 'content_block_stop', ...{ index: 0 } },
  {
    type: 'message_delta',
    ...{ delta: { stop_reason: 'tool_use', stop_sequence: null }, usage: { output_tokens: 40 } },
  },
  { type: 'message_stop' },
]);

/** As Ollama streams an answer: a line of JSON for each piece. */
const ollamaLines = [
  ...[reply.slice(0, 30), reply.slice(30)].map((content) => ({
    ...{ model: 'llama', created_at: '2026-01-01T00:00:00Z', done: false },
    message: { role: 'assistant', content },
  })),
  {
    ...{ model: 'llama', created_at: '2026-01-01T00:00:00Z', done: true, done_reason: 'stop' },
    ...{ message: { role: 'assistant', content: '' }, prompt_eval_count: 700, eval_count: 40 },
  },
]
  .map((line) => `${JSON.stringify(line)}\n`)
  .join('');

describe('the LangChain analyst asks', () => {
  let server: Server;
  let seen: Seen[];
  let answer: { readonly type: string; readonly body: string };
  const url = (): string => `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  beforeEach(async () => {
    seen = [];
    server = createServer((incoming, response) => {
      void text(incoming).then((body) => {
        seen.push({ url: incoming.url, headers: incoming.headers, body: JSON.parse(body) });
        response.writeHead(200, { 'content-type': answer.type }).end(answer.body);
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  });
  afterEach(() => new Promise((resolve) => server.close(resolve)));

  it('Anthropic for a tool call with the schema of the reply', async () => {
    answer = { type: 'text/event-stream', body: anthropicEvents };
    const analyst = new LangChainAnalyst('anthropic:claude-haiku', settingsFor(`${url()}/v1`));
    await expect(analyst.answer(request)).resolves.toMatchObject(answered);
    expect(seen).toMatchObject([
      {
        url: '/v1/messages',
        headers: { 'x-api-key': 'test-key' },
        body: {
          ...{ model: 'claude-haiku', temperature: 0, stream: true, tool_choice: { type: 'tool', name: 'yes_no' } },
          tools: [{ name: 'yes_no', input_schema: { type: 'object', additionalProperties: false } }],
        },
      },
    ]);
  });

  it('Ollama for a reply in the format of the schema, with room for all of the question', async () => {
    answer = { type: 'application/x-ndjson', body: ollamaLines };
    const settings = settingsFor(`${url()}/`, { apiKey: undefined, contextTokens: 12_000 });
    const analyst = new LangChainAnalyst('ollama:llama3.1:8b', settings);
    await expect(analyst.answer(request)).resolves.toMatchObject(answered);
    expect(seen).toMatchObject([
      {
        url: '/api/chat',
        body: { model: 'llama3.1:8b', stream: true, format: { type: 'object' }, options: { num_ctx: 12_000 } },
      },
    ]);
  });

  it('no reasoning model of OpenAI for a temperature, which it would refuse', () => {
    const parametersOf = (model: string): unknown =>
      new LangChainAnalyst(model, settingsFor(url())).originOf('YES_NO').parameters;
    expect(parametersOf('openai:o4-mini')).toMatchObject({ temperature: null });
    expect(parametersOf('openai:gpt-5-mini')).toMatchObject({ temperature: null });
    expect(parametersOf('openai:gpt-4o-mini')).toMatchObject({ temperature: 0 });
  });

  it('nobody whom it does not know', () => {
    for (const model of ['mystery:model', 'gpt-4o-mini', 'openai:']) {
      expect(() => new LangChainAnalyst(model, settingsFor(url()))).toThrow(
        expect.objectContaining({ code: 'ANALYST_NOT_CONFIGURED' }),
      );
    }
  });
});
