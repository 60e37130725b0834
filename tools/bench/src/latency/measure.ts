import { eventually } from '@harmony/testing';
import { setTimeout as pause } from 'node:timers/promises';
import { WrongResult } from '../harness/bench.js';
import type { RunningHarmony } from '../harness/harmony.js';
import { LiveClient } from './live-client.js';

/** Conversations a second; each is four events: submitted, one chunk, transcribed, completed. */
export const submissionsPerSecond = 50;

export interface Latencies {
  /** From the command's reply to the first message about the conversation; 0 where the message came first. */
  readonly replyToMessage: readonly number[];
  /** From the request to the message that says COMPLETED. */
  readonly requestToCompleted: readonly number[];
}

interface Submitted {
  readonly id: string;
  readonly sentAt: number;
  readonly repliedAt: number;
}

/** Submits at an even pace, whatever the answers take, while a subscription listens; every conversation must arrive. */
export async function measureLatency({ url, apiKey }: RunningHarmony, seconds: number): Promise<Latencies> {
  const client = new LiveClient(url, apiKey);
  client.listen();
  try {
    await requireListening(client);
    const submitted = await submitEvenly(client, seconds);
    await eventually(() => requireCompleted(client, submitted), { withinMs: 60_000 });
    const times = submitted.map(({ id, ...rest }) => ({ ...rest, ...client.heard.get(id) }));
    return {
      replyToMessage: times.map(({ repliedAt, first = NaN }) => Math.max(0, first - repliedAt)),
      requestToCompleted: times.map(({ sentAt, completed = NaN }) => completed - sentAt),
    };
  } finally {
    await client.close();
  }
}

/** A subscription says nothing when it begins; so conversations are submitted until one is heard of. */
async function requireListening(client: LiveClient): Promise<void> {
  await eventually(
    async () => {
      client.requireAlive();
      await client.submit(0);
      if (client.heard.size === 0) throw new WrongResult('The subscription tells of nothing.');
    },
    { withinMs: 60_000, everyMs: 200 },
  );
}

async function submitEvenly(client: LiveClient, seconds: number): Promise<Submitted[]> {
  const began = performance.now();
  const submitted: Promise<Submitted>[] = [];
  for (let number = 0; number < submissionsPerSecond * seconds; number += 1) {
    const due = began + (number * 1_000) / submissionsPerSecond;
    if (due > performance.now()) await pause(due - performance.now());
    submitted.push(submitOne(client, number));
  }
  return Promise.all(submitted);
}

async function submitOne(client: LiveClient, number: number): Promise<Submitted> {
  const sentAt = performance.now();
  const id = await client.submit(number);
  return { id, sentAt, repliedAt: performance.now() };
}

async function requireCompleted(client: LiveClient, submitted: readonly Submitted[]): Promise<void> {
  client.requireAlive();
  const missing = submitted.filter(({ id }) => client.heard.get(id)?.completed === undefined).length;
  if (missing > 0) throw new WrongResult(`${missing} of ${submitted.length} conversations were never seen COMPLETED.`);
}
