import { HarmonyError } from '@harmony/contracts';
import type { RunningProcess } from '@harmony/runtime';
import { createWorkspaceWithKey } from '../create-workspace.js';
import { demoAccount } from './account.js';
import { DemoClient, type ConversationView } from './client.js';
import type { DemoReport } from './report.js';
import type { Sample } from './samples.js';

/**
 * Submits the samples to a running Harmony and follows each to its end.
 * @returns what became of them, in the order of the samples.
 */
export async function runDemo(
  running: RunningProcess,
  samples: readonly Sample[],
  report: DemoReport,
): Promise<readonly ConversationView[]> {
  const { backends, configuration } = running;
  const account = await demoAccount(configuration.process.dataDirectory, (wish) =>
    createWorkspaceWithKey(backends, { name: 'Demo', ...wish }),
  );
  report.ready(running.url, account);
  const client = new DemoClient(running.url, account.apiKey);
  try {
    return await Promise.all(samples.map((sample) => followToItsEnd(client, sample, report)));
  } finally {
    await client.close();
  }
}

async function followToItsEnd(client: DemoClient, sample: Sample, report: DemoReport): Promise<ConversationView> {
  const id = await client.submit(sample);
  let last: ConversationView | undefined;
  for await (const state of client.follow(id)) {
    if (last && last.status !== state.status) report.moved(last);
    last = state;
  }
  if (!last) throw new HarmonyError('INTERNAL', { detail: `Nothing was heard of "${sample.title}".` });
  report.ended(last);
  return last;
}
