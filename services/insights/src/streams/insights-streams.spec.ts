import { decodeEvent, streams } from '@harmony/contracts';
import { MemoryStreams } from '@harmony/event-store/testing';
import { fact, newId, type Cause, type Fact } from '@harmony/kernel';
import { expect, it } from '@jest/globals';
import { CompleteRuns } from '../complete-run/complete-runs.js';
import type { Projects } from './projects.js';
import { InsightsStreams } from './insights-streams.js';

const [conversationId, runId, projectId, ...definitionIds] = Array.from({ length: 5 }, () => newId()) as [
  ...[string, string, string],
  ...string[],
];
const cells = definitionIds.map((definitionId) => ({ projectId, definitionId, definitionVersion: 1 }));
const at = (second: number): string => new Date(Date.UTC(2026, 0, 1, 9, 0, second)).toISOString();

const started = fact('InsightsRunStarted', {
  ...{ conversationId, runId, kind: 'PIPELINE', revisionId: null, transcriptVersion: 1, extractionVersion: 1 },
  ...{ cells, eligibility: [] },
});
const dropped = (index: number): Fact =>
  fact('InsightDropped', {
    ...{ conversationId, runId, projectId, definitionId: definitionIds[index] ?? '', definitionVersion: 1 },
    reason: 'DEFINITION_REMOVED',
  });

it('a run never ends before its cells, whoever began first and whatever the clock says', async () => {
  const store = new MemoryStreams();
  let now = at(0);
  const projects = { load: () => Promise.resolve({ state: undefined, revision: -1 }) } as unknown as Projects;
  const clock = { now: () => new Date(now) };
  const append = (name: string, began: string, decided: Fact): Promise<unknown> => {
    const cause: Cause = {
      ...{ causationId: newId(), correlationId: 'c', workspaceId: newId(), occurredAt: began },
      actor: { kind: 'SYSTEM', id: 'insights' },
    };
    // As another process would that has seen none of it.
    const insights = new InsightsStreams(store, new CompleteRuns(projects), clock);
    return insights.append(conversationId, { cause, name, decide: () => [decided] });
  };
  await append('started', at(0), started);
  now = at(30);
  await append('first', at(20), dropped(0));
  now = at(28);
  await append('second', at(10), dropped(1));
  const events = [];
  for await (const event of store.readStream(streams.insights(conversationId))) events.push(decodeEvent(event));
  expect(events.map(({ type, occurredAt }) => [type, occurredAt])).toEqual([
    ['InsightsRunStarted', at(0)],
    ['InsightDropped', at(30)],
    ['InsightDropped', at(30)],
    ['InsightsRunCompleted', at(30)],
  ]);
});
