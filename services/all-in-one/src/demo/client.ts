import { HarmonyError } from '@harmony/contracts';
import { createClient, type Client } from 'graphql-ws';
import { WebSocket } from 'ws';
import { z } from 'zod';
import type { Sample } from './samples.js';

const submittedSchema = z.object({ id: z.uuid() });

const conversationSchema = z.object({
  id: z.uuid(),
  title: z.string(),
  status: z.string(),
  turnCount: z.number().nullable(),
  wordCount: z.number().nullable(),
  speakers: z.array(z.object({ name: z.string() })),
  failure: z.object({ stage: z.string(), code: z.string() }).nullable(),
});

/** A conversation as the public API shows it. */
export type ConversationView = z.output<typeof conversationSchema>;

const fields = 'id title status turnCount wordCount speakers { name } failure { stage code }';
const ended = new Set(['COMPLETED', 'COMPLETED_WITH_ERRORS', 'FAILED']);

/** Talks to Harmony the way any customer's program does: REST to submit, GraphQL to read, a subscription to follow. */
export class DemoClient {
  private readonly socket: Client;

  constructor(
    private readonly url: string,
    private readonly apiKey: string,
  ) {
    this.socket = createClient({
      url: `${url.replace(/^http/, 'ws')}/graphql`,
      webSocketImpl: WebSocket,
      connectionParams: { 'X-API-Key': apiKey },
      retryAttempts: 10,
    });
  }

  async submit(sample: Sample): Promise<string> {
    const answer = await this.post(
      '/v1/conversations',
      { title: sample.title, medium: sample.medium, text: sample.text },
      sample.name,
    );
    return submittedSchema.parse(answer).id;
  }

  /** Yields the present state of the conversation and every later one, until no stage will move it any more. */
  async *follow(conversationId: string): AsyncGenerator<ConversationView> {
    const query = `subscription ($id: ID!) { conversationChanged(conversationId: $id) { ${fields} } }`;
    for await (const { data } of this.socket.iterate({ query, variables: { id: conversationId } })) {
      const current = conversationSchema.parse(data?.['conversationChanged']);
      yield current;
      if (ended.has(current.status)) return;
    }
  }

  async close(): Promise<void> {
    await this.socket.dispose();
  }

  private async post(path: string, body: unknown, idempotencyKey?: string): Promise<unknown> {
    const response = await fetch(`${this.url}${path}`, {
      method: 'POST',
      headers: {
        'Content-Type': 'application/json',
        'X-API-Key': this.apiKey,
        ...(idempotencyKey && { 'Idempotency-Key': idempotencyKey }),
      },
      body: JSON.stringify(body),
    });
    const answer: unknown = await response.json();
    if (!response.ok)
      throw new HarmonyError('INTERNAL', { detail: `${path} answered ${response.status}: ${JSON.stringify(answer)}` });
    return answer;
  }
}
