import { streams } from '@harmony/contracts';
import { formatPosition } from '@harmony/event-store';
import { eventsFrom, newId, type Cause, type Fact } from '@harmony/kernel';
import { startProcess } from '@harmony/runtime';
import { composition, createWorkspaceWithKey } from '@harmony/service-all-in-one';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { projectFacts, resultFacts, type BenchProject } from './live-facts.js';

/**
 * Harmony in a process of its own with some projects. Asked over its second address, it appends the results of
 * conversations at a steady rate, and answers when and where in the log each of them was.
 */
const running = await startProcess({ composition, environment: process.env, target: 'all' });
const wish = { name: 'Live', email: 'admin@live.example', password: 'live password 1' };
const { workspaceId, userId, apiKey } = await createWorkspaceWithKey(running.backends, wish);
const { eventStore } = running.backends;

const append = async (stream: string, facts: readonly Fact[]) => {
  const actor = { kind: 'USER', id: userId } as const;
  const id = newId();
  const cause: Cause = { workspaceId, actor, correlationId: id, causationId: id, occurredAt: new Date().toISOString() };
  return eventStore.append(stream, eventsFrom(cause, stream, facts), 'any');
};

const projects: BenchProject[] = [];
for (let count = Number(process.env['BENCH_PROJECTS'] ?? '1'); count > 0; count -= 1) {
  const project = { id: newId(), definitionIds: Array.from({ length: 10 }, () => newId()) };
  await append(streams.project(project.id), projectFacts(project, userId));
  projects.push(project);
}

interface Appended {
  readonly projectId: string;
  readonly position: string;
  /** Just before the append began, milliseconds since 1970. */
  readonly at: number;
}

/** So many conversations a second for so many seconds, each with the ten results of one project in one append. */
async function drive(perSecond: number, seconds: number): Promise<Appended[]> {
  const start = performance.now();
  const work: Promise<Appended>[] = [];
  for (let index = 0; index < perSecond * seconds; index += 1) {
    await pause(Math.max(0, start + (index * 1_000) / perSecond - performance.now()));
    const project = projects[(index * 37) % projects.length];
    if (project) work.push(arrive(project));
  }
  return Promise.all(work);
}

async function arrive(project: BenchProject): Promise<Appended> {
  const conversationId = newId();
  const { submitted, results } = resultFacts(conversationId, project, userId);
  await append(streams.conversation(conversationId), [submitted]);
  const at = Date.now();
  const { position } = await append(streams.insights(conversationId), results);
  return { projectId: project.id, position: formatPosition(position), at };
}

const control = createServer((request, response) => {
  const { searchParams } = new URL(request.url ?? '/', 'http://localhost');
  const answer = drive(Number(searchParams.get('perSecond')), Number(searchParams.get('seconds')));
  answer.then(
    (appended) => response.end(JSON.stringify(appended)),
    (error: unknown) => response.writeHead(500).end(String(error)),
  );
});
control.listen(0, '127.0.0.1', () => {
  const { port } = control.address() as AddressInfo;
  const ready = {
    url: running.url,
    apiKey,
    control: `http://127.0.0.1:${port}`,
    projectIds: projects.map(({ id }) => id),
  };
  process.stdout.write(`${JSON.stringify(ready)}\n`);
});
process.once('SIGTERM', () => {
  control.close();
  void running.stop().then(() => process.exit(0));
});
