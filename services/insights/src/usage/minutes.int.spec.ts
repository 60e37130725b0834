import { noUsage, streams, type Finding } from '@harmony/contracts';
import { eventsFrom, fact, newId, type Fact } from '@harmony/kernel';
import { afterAll, beforeAll, expect, it, jest } from '@jest/globals';
import { usageProjection } from '../projections/usage.projection.js';
import { startProjects, type RunningProjects, type SampleWorkspace } from '../testing/running-projects.js';
import { UsageQueries, type UsageGroup } from './usage-queries.js';

jest.setTimeout(60_000);

let system: RunningProjects;
let workspace: SampleWorkspace;
let queries: UsageQueries;
beforeAll(async () => {
  system = await startProjects();
  queries = new UsageQueries(system.backends.database.scoped, { now: () => new Date() });
  workspace = await system.newWorkspace();
}, 120_000);
afterAll(() => system?.close(), 120_000);

const [sales, support] = [newId(), newId()].sort() as [string, string];
const [budget, mood, help] = [newId(), newId(), newId()];
const monday = new Date('2026-03-02T00:00:00Z');
const tuesday = new Date('2026-03-03T00:00:00Z');
const origin = { engine: 'local', model: 'local', parameters: {}, templateVersion: '1' };
const finding: Finding = { outcome: 'NOT_DISCUSSED', rationale: '', confidence: 1, evidence: [], searched: [] };

async function happened(occurredAt: string, stream: string, facts: readonly Fact[]): Promise<void> {
  const cause = {
    ...{ workspaceId: workspace.id, causationId: newId(), correlationId: 'test', occurredAt },
    actor: { kind: 'SYSTEM', id: 'test' } as const,
  };
  const { eventStore, progress } = system.backends;
  const { position } = await eventStore.append(stream, eventsFrom(cause, stream, facts), 'any');
  await progress.waitFor(usageProjection.name, position, 20_000);
}

const speech = { kind: 'SPEECH' as const, engine: 'e', model: 'm', parameters: {}, language: 'en' };
const transcript = { chunkCount: 0, turnCount: 0, wordCount: 0, speakers: [], origin: speech };

/** A conversation with a recording of so many minutes, transcribed on Monday morning. */
async function transcribed(minutes: number): Promise<string> {
  const conversationId = newId();
  const object = { key: 'k', bytes: 1, sha256: 'a'.repeat(64) };
  await happened('2026-03-02T08:10:00Z', streams.conversation(conversationId), [
    fact('RecordingPrepared', {
      ...{ conversationId, durationMs: minutes * 60_000, channels: 1, container: 'wav', codec: 'pcm', peaks: object },
      ...{ audio: [{ channel: 0, object }], rendition: { object, mediaType: 'audio/mp4' } },
    }),
    fact('TranscriptRecorded', { conversationId, transcriptVersion: 1, ...transcript }),
  ]);
  return conversationId;
}

/** An answer of the analyst that is built in, which costs nothing. */
const answered = (conversationId: string, projectId: string, definitionId: string): Fact =>
  fact('InsightRecorded', {
    ...{ conversationId, runId: newId(), projectId, definitionId, definitionVersion: 1, resultId: newId() },
    ...{ identity: 'a'.repeat(64), finding, origin, usage: noUsage, durationMs: 1 },
  });

const carriedOver = (conversationId: string, projectId: string, definitionId: string): Fact =>
  fact('InsightCarriedOver', {
    ...{ conversationId, runId: newId(), projectId, definitionId, definitionVersion: 1, resultId: newId() },
    ...{ identity: 'a'.repeat(64), fromRunId: newId(), finding, origin },
  });

/** What each row says, without what it was not told apart by. */
async function minutes(...groupBy: UsageGroup[]): Promise<object[]> {
  const week = { from: monday, to: new Date('2026-03-09T00:00:00Z') };
  const rows = await queries.of(workspace.admin, week, groupBy);
  return rows.map(({ day, projectId, subjectId, transcribedMinutes, answeredMinutes }) => ({
    ...(groupBy.includes('DAY') && { day }),
    ...(groupBy.includes('PROJECT') && { projectId }),
    ...(groupBy.includes('DEFINITION') && { subjectId }),
    ...{ transcribedMinutes, answeredMinutes },
  }));
}

it('minutes are transcribed once for the workspace, and answered in full for each day, project and definition', async () => {
  const [long, short] = [await transcribed(30), await transcribed(12)];
  await happened('2026-03-02T09:00:00Z', streams.insights(long), [
    ...[answered(long, sales, budget), answered(long, sales, mood), answered(long, support, help)],
  ]);
  await happened('2026-03-02T11:00:00Z', streams.insights(short), [answered(short, sales, budget)]);
  // On Tuesday one definition is answered anew, and what the others found is used again.
  await happened('2026-03-03T15:00:00Z', streams.insights(long), [
    ...[answered(long, sales, budget), answered(long, sales, budget), carriedOver(long, support, help)],
  ]);

  expect(await minutes()).toEqual([{ transcribedMinutes: 42, answeredMinutes: 42 }]);
  expect(await minutes('DAY')).toEqual([
    { day: monday, transcribedMinutes: 42, answeredMinutes: 42 },
    { day: tuesday, transcribedMinutes: 0, answeredMinutes: 30 },
  ]);
  expect(await minutes('PROJECT')).toEqual([
    { projectId: sales, transcribedMinutes: 0, answeredMinutes: 42 },
    { projectId: support, transcribedMinutes: 0, answeredMinutes: 30 },
    { projectId: null, transcribedMinutes: 42, answeredMinutes: 0 },
  ]);
  expect(await minutes('DAY', 'PROJECT')).toEqual([
    { day: monday, projectId: sales, transcribedMinutes: 0, answeredMinutes: 42 },
    { day: monday, projectId: support, transcribedMinutes: 0, answeredMinutes: 30 },
    { day: monday, projectId: null, transcribedMinutes: 42, answeredMinutes: 0 },
    { day: tuesday, projectId: sales, transcribedMinutes: 0, answeredMinutes: 30 },
  ]);
  const byDefinition = await minutes('DEFINITION');
  expect(byDefinition).toHaveLength(4);
  expect(byDefinition).toEqual(
    expect.arrayContaining([
      { subjectId: budget, transcribedMinutes: 0, answeredMinutes: 42 },
      { subjectId: mood, transcribedMinutes: 0, answeredMinutes: 30 },
      { subjectId: help, transcribedMinutes: 0, answeredMinutes: 30 },
      { subjectId: null, transcribedMinutes: 42, answeredMinutes: 0 },
    ]),
  );
});

it('what was written down by people has no minutes, however often it is answered', async () => {
  const before = await minutes();
  const typed = newId();
  await happened('2026-03-02T09:00:00Z', streams.insights(typed), [answered(typed, sales, budget)]);
  expect(await minutes()).toEqual(before);
});

it('a recording that is transcribed again counts on each day for itself', async () => {
  const again = await transcribed(5);
  const rerun = { conversationId: again, revisionId: newId(), runId: newId(), transcriptVersion: 2 };
  await happened('2026-03-03T07:00:00Z', streams.conversation(again), [
    fact('RerunTranscriptRecorded', { ...rerun, ...transcript }),
  ]);
  expect(await minutes('DAY')).toMatchObject([
    { day: monday, transcribedMinutes: 47 },
    { day: tuesday, transcribedMinutes: 5 },
  ]);
  const untilTuesday = await queries.of(workspace.admin, { from: monday, to: tuesday }, []);
  expect(untilTuesday).toMatchObject([{ transcribedMinutes: 47 }]);
  const sinceTuesday = await queries.of(workspace.admin, { from: tuesday, to: new Date('2026-03-04T00:00:00Z') }, []);
  expect(sinceTuesday).toMatchObject([{ transcribedMinutes: 5, answeredMinutes: 30 }]);
});
