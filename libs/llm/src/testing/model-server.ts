import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { setTimeout as pause } from 'node:timers/promises';
import { complete } from './completion.js';
import { distorted, fail, type ModelFault } from './model-fault.js';
import { completionRequest, type ModelRequest } from './model-request.js';

/** Makes up an answer: text as it is, or what becomes JSON. */
export type Responder = (request: ModelRequest) => unknown;

export interface ModelServerOptions {
  /** What a model needs at least for an answer. */
  readonly latencyMs?: number;
}

/** As many of the last requests are kept, so that a long benchmark keeps its memory. */
const keptRequests = 100;

/** A server with the chat completions of OpenAI, for tests: answers by a function, and fails when it is told to. */
export class ModelServer {
  /** The last ones, the newest at the end. */
  readonly requests: ModelRequest[] = [];
  /** For the next requests, one each. */
  readonly faults: ModelFault[] = [];
  /** Asked where no fault is waiting; counts requests from 0. */
  faultOf: (index: number, request: ModelRequest) => ModelFault | undefined = () => undefined;
  /** Told of each request before it is answered; for stopping something in the middle. */
  onRequest: (request: ModelRequest) => void = () => undefined;
  count = 0;
  inFlight = 0;
  /** The most that were in flight at once. */
  peak = 0;

  /** Of all answers, as the server has counted them. */
  inputTokens = 0;
  outputTokens = 0;

  private constructor(
    private readonly server: Server,
    private readonly responder: Responder,
    private readonly options: ModelServerOptions,
  ) {}

  static async start(responder: Responder, options: ModelServerOptions = {}): Promise<ModelServer> {
    const server = createServer();
    const model = new ModelServer(server, responder, options);
    server.on('request', (request, response) => {
      model.#count(response);
      model.#answer(request, response).catch((error: unknown) => {
        if (!response.headersSent) response.writeHead(400).end(String(error));
        else response.destroy();
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return model;
  }

  /** Up to and with the version. */
  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/v1`;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  #count(response: ServerResponse): void {
    this.inFlight += 1;
    this.peak = Math.max(this.peak, this.inFlight);
    response.once('close', () => (this.inFlight -= 1));
  }

  async #answer(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await text(incoming);
    if (incoming.url !== '/v1/chat/completions') return void response.writeHead(404).end();
    const request = { ...completionRequest.parse(JSON.parse(body)), authorization: incoming.headers.authorization };
    this.requests.push(request);
    if (this.requests.length > keptRequests) this.requests.shift();
    const fault = this.faults.shift() ?? this.faultOf(this.count, request);
    this.count += 1;
    this.onRequest(request);
    if (fail(response, fault)) return;
    const [answer] = await Promise.all([this.responder(request), pause(this.options.latencyMs ?? 0)]);
    const content = distorted(typeof answer === 'string' ? answer : JSON.stringify(answer), fault);
    const tokens = complete(response, request, content);
    this.inputTokens += tokens.prompt_tokens;
    this.outputTokens += tokens.completion_tokens;
  }
}
