import { comparePositions, parsePosition, type LogPosition } from '@harmony/event-store';
import { createClient } from 'graphql-ws';
import { WebSocket } from 'ws';
import { z } from 'zod';
import { WrongResult } from '../harness/bench.js';

const changeSchema = z.object({ reportChanged: z.object({ cursor: z.string(), conversationCount: z.int() }) });

/** A message that told of conversations. */
interface Heard {
  readonly upTo: LogPosition;
  readonly at: number;
}

/** Reads the changes of one report over a connection of its own, and can be thrown out and come back. */
export class ReportReader {
  private readonly heard: Heard[] = [];
  private cursor: string | null = null;
  private client: ReturnType<typeof createClient> | undefined;
  private failure: unknown;

  constructor(
    private readonly url: string,
    private readonly apiKey: string,
    readonly projectId: string,
  ) {}

  /** Resolves when the server has said where the listening began. */
  async connect(): Promise<void> {
    const address = `${this.url.replace(/^http/, 'ws')}/graphql`;
    const connectionParams = { 'X-API-Key': this.apiKey };
    const client = createClient({ url: address, webSocketImpl: WebSocket, connectionParams, retryAttempts: 0 });
    this.client = client;
    const query = `subscription ($id: ID!, $since: String) {
      reportChanged(projectId: $id, since: $since) { cursor conversationCount } }`;
    await new Promise<void>((resolve, reject) => {
      const failed = (error: unknown): void => {
        this.failure = this.client === client ? (error ?? 'an error') : this.failure;
        reject(new WrongResult(`The subscription broke: ${JSON.stringify(error)}`));
      };
      const next = ({ data }: { data?: unknown }): void => {
        this.hear(data);
        resolve();
      };
      const variables = { id: this.projectId, since: this.cursor };
      client.subscribe({ query, variables }, { next, error: failed, complete: () => undefined });
    });
  }

  /** The connection breaks, and a new one goes on behind the last message. */
  async reconnect(): Promise<void> {
    const client = this.client;
    this.client = undefined;
    client?.terminate();
    await this.connect();
  }

  /** When a message came that includes this place of the log; undefined for none. @throws WrongResult for a broken one */
  toldAt(position: LogPosition): number | undefined {
    if (this.failure !== undefined) throw new WrongResult(`A subscription broke: ${JSON.stringify(this.failure)}`);
    return this.heard.find(({ upTo }) => comparePositions(upTo, position) >= 0)?.at;
  }

  async close(): Promise<void> {
    await this.client?.dispose();
  }

  private hear(data: unknown): void {
    const at = Date.now();
    const { cursor, conversationCount } = changeSchema.parse(data).reportChanged;
    this.cursor = cursor;
    const upTo = parsePosition(cursor);
    if (upTo && conversationCount > 0) this.heard.push({ upTo, at });
  }
}
