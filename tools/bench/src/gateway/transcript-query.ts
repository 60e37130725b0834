import { z } from 'zod';
import { eventually } from '@harmony/testing';
import { WrongResult } from '../harness/bench.js';

/** Turns of the conversation that is asked for; one page of it holds them all. */
export const turnsAsked = 50;

export const transcriptQuery = `query ($id: ID!) { conversation(id: $id) { transcript(first: ${turnsAsked}) {
  edges { node { index startMs endMs text speakerCode speakerName } } } } }`;

/** Where and how to ask. */
export interface Target {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
}

const conversationText = Array.from({ length: turnsAsked }, (_, turn) => {
  const clock = `[00:${String(turn).padStart(2, '0')}:05]`;
  return `${clock} ${turn % 2 ? 'Bob' : 'Ann'}: This is sentence ${turn} of a call about an order that arrived late and in two parts.`;
}).join('\n');

/** Submits the conversation and waits until its transcript is there. @returns its id. */
export async function submitConversation(url: string, apiKey: string): Promise<string> {
  const response = await fetch(`${url}/v1/conversations`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', 'X-API-Key': apiKey },
    body: JSON.stringify({ title: 'Late order', text: conversationText }),
  });
  const { id } = z.object({ id: z.string() }).parse(await response.json());
  const target = { url: `${url}/graphql`, headers: { 'X-API-Key': apiKey } };
  await eventually(
    async () => {
      const edges = edgesOf(await ask(target, id));
      if (edges.length !== turnsAsked) throw new WrongResult(`The transcript has ${edges.length} turns.`);
    },
    { withinMs: 60_000 },
  );
  return id;
}

const answerSchema = z.object({
  data: z.object({
    conversation: z.object({ transcript: z.object({ edges: z.array(z.object({ node: z.json() })) }) }),
  }),
});

/** The turns in an answer. */
export const edgesOf = (answer: string): readonly unknown[] =>
  answerSchema.parse(JSON.parse(answer)).data.conversation.transcript.edges;

export const requestBody = (id: string): string => JSON.stringify({ query: transcriptQuery, variables: { id } });

/** Asks once. @returns the body of the answer as it came. */
export async function ask({ url, headers }: Target, id: string, more: Record<string, string> = {}): Promise<string> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', ...headers, ...more },
    body: requestBody(id),
  });
  if (!response.ok) throw new WrongResult(`${url} answered ${response.status}: ${await response.text()}`);
  return response.text();
}
