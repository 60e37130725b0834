import { createClient } from 'graphql-ws';
import { WebSocket } from 'ws';
import { z } from 'zod';
import { WrongResult } from '../harness/bench.js';

const changeSchema = z.object({ conversationChanged: z.object({ id: z.string(), status: z.string() }) });
const submittedSchema = z.object({ id: z.string() });

/** When a listener first heard of a conversation, and when of its end; milliseconds of `performance.now()`. */
export interface Heard {
  readonly first: number;
  readonly completed?: number;
}

/** Listens to every conversation of the workspace, as a page with a live list does. */
export class LiveClient {
  readonly heard = new Map<string, Heard>();
  private failure: unknown;
  private readonly socket;

  constructor(
    private readonly url: string,
    private readonly apiKey: string,
  ) {
    const connectionParams = { 'X-API-Key': apiKey };
    const address = `${url.replace(/^http/, 'ws')}/graphql`;
    this.socket = createClient({ url: address, webSocketImpl: WebSocket, connectionParams, lazy: false });
  }

  /** @throws WrongResult when the subscription broke. */
  requireAlive(): void {
    if (this.failure !== undefined) throw new WrongResult(`The subscription broke: ${JSON.stringify(this.failure)}`);
  }

  listen(): void {
    this.socket.subscribe(
      { query: 'subscription { conversationChanged { id status } }' },
      {
        next: ({ data }) => this.hear(data),
        error: (error) => (this.failure = error ?? 'an error'),
        complete: () => undefined,
      },
    );
  }

  /** Submits a short conversation. @returns its id, once the answer is read. */
  async submit(number: number): Promise<string> {
    const response = await fetch(`${this.url}/v1/conversations`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', 'X-API-Key': this.apiKey },
      body: JSON.stringify({ title: `Call ${number}`, text: `Ann: This is call ${number}.\nBob: I hear you well.` }),
    });
    const body = await response.text();
    if (!response.ok) throw new WrongResult(`A submission was answered ${response.status}: ${body}`);
    return submittedSchema.parse(JSON.parse(body)).id;
  }

  async close(): Promise<void> {
    await this.socket.dispose();
  }

  private hear(data: unknown): void {
    const now = performance.now();
    const { id, status } = changeSchema.parse(data).conversationChanged;
    const first = this.heard.get(id)?.first ?? now;
    this.heard.set(id, { first, ...(status === 'COMPLETED' && { completed: now }) });
  }
}
