import { conversationStatuses, HarmonyError, isTerminal } from '@harmony/contracts';
import { createClient, type Client } from 'graphql-ws';
import { setTimeout as pause } from 'node:timers/promises';
import { WebSocket } from 'ws';
import { z } from 'zod';
import { insightsQuery, insightsSchema, shownInsights, type ShownInsight } from './insights.js';
import { projectReportQuery, projectReportSchema, type ProjectReport } from './project-report.js';
import type { Sample, SampleTeam } from './samples.js';

const submittedSchema = z.object({ id: z.uuid() });

const conversationSchema = z.object({
  id: z.uuid(),
  title: z.string(),
  status: z.enum(conversationStatuses),
  turnCount: z.number().nullable(),
  wordCount: z.number().nullable(),
  speakers: z.array(z.object({ name: z.string() })),
  failure: z.object({ stage: z.string(), code: z.string() }).nullable(),
});

const projectsSchema = z.object({
  projects: z.object({ edges: z.array(z.object({ node: z.object({ id: z.string(), name: z.string() }) })) }),
});

const graphqlSchema = z.object({ data: z.unknown(), errors: z.array(z.unknown()).optional() });

/** A conversation as the public API shows it. */
export type ConversationView = z.output<typeof conversationSchema>;

/** A request that was cut off by a crash holds its key for ten seconds; so a patient client outlasts it. */
const attempts = 30;

const fields = 'id title status turnCount wordCount speakers { name } failure { stage code }';

/** Talks to Harmony the way any customer's program does: REST to submit, GraphQL to read, a subscription to follow. */
export class DemoClient {
  private readonly socket: Client;
  private readonly headers: Readonly<Record<string, string>>;

  constructor(
    private readonly url: string,
    apiKey: string,
  ) {
    this.headers = { 'Content-Type': 'application/json', 'X-API-Key': apiKey };
    this.socket = createClient({
      url: `${url.replace(/^http/, 'ws')}/graphql`,
      webSocketImpl: WebSocket,
      connectionParams: { 'X-API-Key': apiKey },
      retryAttempts: 10,
    });
  }

  /** The same conversation however often it is sent, and sent again while the server asks to wait. */
  async submit(sample: Sample, team: SampleTeam): Promise<string> {
    for (let attempt = 1; ; attempt += 1) {
      const response = await fetch(`${this.url}${sample.path}`, {
        method: 'POST',
        headers: { ...this.headers, 'Idempotency-Key': `${team.name}/${sample.name}` },
        body: sample.bodyOf(team),
      });
      const answer: unknown = await response.json();
      if (response.ok) return submittedSchema.parse(answer).id;
      const waitSeconds = Number(response.headers.get('Retry-After') ?? 0);
      if (waitSeconds === 0 || attempt === attempts) {
        throw new HarmonyError('INTERNAL', { detail: `A sample was answered with ${JSON.stringify(answer)}` });
      }
      await pause(waitSeconds * 1000);
    }
  }

  /** @throws HarmonyError INTERNAL for an answer with errors */
  async ask<Data>(data: z.ZodType<Data>, query: string, variables: Record<string, unknown> = {}): Promise<Data> {
    const body = JSON.stringify({ query, variables });
    const response = await fetch(`${this.url}/graphql`, { method: 'POST', headers: this.headers, body });
    const answer = graphqlSchema.parse(await response.json());
    if (answer.errors) throw new HarmonyError('INTERNAL', { detail: `${query}: ${JSON.stringify(answer.errors)}` });
    return data.parse(answer.data);
  }

  /** What was found in a conversation that is complete; a read model may be a moment behind. */
  async insightsOf(id: string): Promise<ShownInsight[]> {
    for (let attempt = 1; ; attempt += 1) {
      const found = await this.ask(insightsSchema, insightsQuery, { id });
      if (found.conversationInsights?.run.completedAt || attempt === attempts) return shownInsights(found);
      await pause(100);
    }
  }

  /** The figures of the project with this name. */
  async reportOf(name: string): Promise<ProjectReport & { readonly projectId: string }> {
    const { projects } = await this.ask(projectsSchema, '{ projects(first: 100) { edges { node { id name } } } }');
    const projectId = projects.edges.find(({ node }) => node.name === name)?.node.id ?? '';
    const { projectReport } = await this.ask(projectReportSchema, projectReportQuery, { id: projectId });
    return { ...projectReport, projectId };
  }

  /** The report as a file for spreadsheets. @throws HarmonyError INTERNAL for a refusal */
  async csvOf(projectId: string): Promise<Uint8Array> {
    const response = await fetch(`${this.url}/v1/exports`, {
      method: 'POST',
      headers: { ...this.headers, Accept: 'text/csv' },
      body: JSON.stringify({ projectId, byteOrderMark: true }),
    });
    if (!response.ok)
      throw new HarmonyError('INTERNAL', { detail: `The CSV was answered with ${await response.text()}` });
    return new Uint8Array(await response.arrayBuffer());
  }

  /** Yields the present state of the conversation and every later one, until no stage will move it any more. */
  async *follow(conversationId: string): AsyncGenerator<ConversationView> {
    const query = `subscription ($id: ID!) { conversationChanged(conversationId: $id) { ${fields} } }`;
    for await (const { data } of this.socket.iterate({ query, variables: { id: conversationId } })) {
      const current = conversationSchema.parse(data?.['conversationChanged']);
      yield current;
      if (isTerminal(current.status)) return;
    }
  }

  async close(): Promise<void> {
    await this.socket.dispose();
  }
}
