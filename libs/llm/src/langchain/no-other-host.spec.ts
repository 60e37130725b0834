import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { eventually } from '@harmony/testing';
import { awaitAllCallbacks } from '@langchain/core/callbacks/promises';
import { HumanMessage } from '@langchain/core/messages';
import { ChatOpenAICompletions } from '@langchain/openai';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { call, english } from '../contract-suite/conversations.js';
import { questions } from '../contract-suite/questions.js';
import { contractResponder, ModelServer, settingsFor } from '../testing/index.js';
import { LangChainAnalyst } from './langchain-analyst.js';
import { WatchedFetch } from './model/watched-fetch.js';

/** Stands where LangSmith, proxies and other gateways would be. */
class Trap {
  visits = 0;
  private constructor(private readonly server: Server) {}

  static async set(): Promise<Trap> {
    const server = createServer();
    const trap = new Trap(server);
    server.on('request', (request, response) => {
      trap.visits += 1;
      request.resume();
      response.writeHead(200, { 'content-type': 'application/json' }).end('{}');
    });
    server.on('connect', (_request, socket) => {
      trap.visits += 1;
      socket.destroy();
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return trap;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  async remove(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }
}

const namesOfUrls = [
  ...['LANGSMITH_ENDPOINT', 'LANGCHAIN_ENDPOINT', 'LANGSMITH_GATEWAY', 'OPENAI_BASE_URL', 'OPENAI_API_BASE'],
  ...['ANTHROPIC_BASE_URL', 'OLLAMA_BASE_URL', 'HTTP_PROXY', 'HTTPS_PROXY', 'http_proxy', 'https_proxy'],
];
const switches = ['LANGSMITH_TRACING', 'LANGSMITH_TRACING_V2', 'LANGCHAIN_TRACING_V2', 'LANGCHAIN_TRACING'];

describe('the LangChain analyst', () => {
  const before = { ...process.env };
  let trap: Trap;
  let server: ModelServer;
  beforeEach(async () => {
    trap = await Trap.set();
    server = await ModelServer.start(contractResponder);
    for (const name of namesOfUrls) process.env[name] = trap.url;
    for (const name of switches) process.env[name] = 'true';
    process.env['LANGSMITH_API_KEY'] = 'a-key';
  });
  afterEach(async () => {
    process.env = before;
    await Promise.all([trap.remove(), server.stop()]);
  });

  it('reaches the configured server and nobody else, whatever the environment says', async () => {
    const analyst = new LangChainAnalyst('openai:scripted', settingsFor(server.url));
    const request = { conversation: call, background: english, signal: new AbortController().signal };
    await analyst.answer({ ...request, question: questions.YES_NO });
    await analyst.extract(request);
    expect(server.count).toBe(2);
    // LangChain's own way of calling does send a trace; by the time that it arrives, ours would have arrived as well.
    expect(trap.visits).toBe(0);
    const traced = new ChatOpenAICompletions({
      model: 'scripted',
      apiKey: 'none',
      configuration: { baseURL: server.url },
    });
    await traced.invoke([new HumanMessage('Hello')]).catch(() => undefined);
    await awaitAllCallbacks();
    await eventually(() => expect(trap.visits).toBeGreaterThan(0));
  });

  it('lets no client call another host', async () => {
    const watched = new WatchedFetch({
      baseUrl: server.url,
      apiKey: undefined,
      silenceMs: 1_000,
      signal: new AbortController().signal,
    });
    await expect(watched.fetch(`${trap.url}/v1/chat/completions`)).rejects.toThrow();
    expect(trap.visits).toBe(0);
  });
});
