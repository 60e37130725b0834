import { HarmonyError } from '@harmony/contracts';
import type { RunningProcess } from '@harmony/runtime';
import { writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { createWorkspaceWithKey } from '../create-workspace.js';
import { demoAccount } from './account.js';
import { DemoClient, type ConversationView } from './client.js';
import type { DemoReport } from './report.js';
import { ensureProject, type SampleChange, type SampleProject } from './project.js';
import { reviseProject } from './revision.js';
import type { Sample, SampleTeam } from './samples.js';

/** What the demo shows. */
export interface DemoSample {
  readonly samples: readonly Sample[];
  readonly project: SampleProject;
  readonly change: SampleChange;
}

/**
 * Makes the sample project in a running Harmony, submits the samples and follows each to its answers; then changes a
 * definition, and runs the past again.
 * @returns what became of them, in the order of the samples.
 */
export async function runDemo(
  running: RunningProcess,
  { samples, project, change }: DemoSample,
  report: DemoReport,
): Promise<readonly ConversationView[]> {
  const { backends, configuration } = running;
  const account = await demoAccount(configuration.process.dataDirectory, (wish) =>
    createWorkspaceWithKey(backends, { name: 'Demo', ...wish }),
  );
  report.ready(running.url, account);
  const client = new DemoClient(running.url, account.apiKey);
  try {
    const team = await ensureProject(client, project);
    const conversations = await Promise.all(samples.map((sample) => followToItsEnd(client, sample, team, report)));
    await showReport(client, project.name, configuration.process.dataDirectory, report);
    const revision = await reviseProject(client, project.name, change);
    if (revision) report.revised(revision);
    return conversations;
  } finally {
    await client.close();
  }
}

async function followToItsEnd(
  client: DemoClient,
  sample: Sample,
  team: SampleTeam,
  report: DemoReport,
): Promise<ConversationView> {
  const id = await client.submit(sample, team);
  let last: ConversationView | undefined;
  for await (const state of client.follow(id)) {
    if (last && last.status !== state.status) report.moved(last);
    last = state;
  }
  if (!last) throw new HarmonyError('INTERNAL', { detail: `Nothing was heard of "${sample.title}".` });
  report.ended(last, last.failure ? [] : await client.insightsOf(id));
  return last;
}

async function showReport(client: DemoClient, name: string, dataDirectory: string, report: DemoReport): Promise<void> {
  const { projectId, ...figures } = await client.reportOf(name);
  const file = resolve(dataDirectory, 'demo-report.csv');
  await writeFile(file, await client.csvOf(projectId));
  report.summed(figures, file);
}
