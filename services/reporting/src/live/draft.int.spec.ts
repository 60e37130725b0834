import { streams } from '@harmony/contracts';
import { fact, newId, type Fact } from '@harmony/kernel';
import { eventually } from '@harmony/testing';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { RunningReporting } from '../testing/running-reporting.js';
import { readings, TwoRevisions } from '../testing/two-revisions.js';
import { ChangeQueries } from './change-queries.js';
import type { ReportChange } from './report-change.js';
import { ReportFeed } from './report-feed.js';

jest.setTimeout(120_000);

const usage = { calls: 0, inputTokens: 0, outputTokens: 0, costMicros: 0 };
const result = {
  durationMs: 1,
  usage,
  origin: { engine: 'local', model: 'rules', parameters: {}, templateVersion: '1' },
};
const answered = { outcome: 'ANSWERED', answer: { type: 'YES_NO', answer: 'YES' }, rationale: 'Said so.' } as const;
const finding = { ...answered, confidence: 1, evidence: [], searched: [] };
const counts = { answered: 1, notDiscussed: 0, failed: 0, carriedOver: 0, dropped: 0 };

describe('while a revision runs as a draft', () => {
  let running: RunningReporting;
  let two: TwoRevisions;
  let feed: ReportFeed;
  const heard: ReportChange[] = [];
  const revisionId = newId();
  beforeAll(async () => {
    running = await RunningReporting.start();
    two = await TwoRevisions.of(running, 40);
    feed = new ReportFeed(running.progress, new ChangeQueries(running.database.scoped), { warn: jest.fn() } as never);
    void follow();
  });
  afterAll(async () => {
    feed.onModuleDestroy();
    await running.close();
  });

  async function follow(): Promise<void> {
    for await (const change of await feed.listen(two.reader, two.projectId)) heard.push(change);
  }

  const live = (): Promise<string[]> => Promise.all(readings.map((what) => two.read(what)));
  const draft = (): Promise<string[]> =>
    Promise.all(readings.map((what) => two.read(what, { asOf: null, revisionId })));
  const version = async (): Promise<number> => {
    const moment = await running.moments.of(two.reader, two.projectId, { asOf: null, revisionId: null });
    return (await two.columns.of(two.reader, two.projectId, moment)).version;
  };

  /** A run from its start to its end, event by event. */
  function runOf(conversationId: string, failed: boolean): Fact[] {
    const { projectId, definitionId } = two;
    const about = { conversationId, runId: newId(), kind: 'REVISION', revisionId } as const;
    const cell = { projectId, definitionId, definitionVersion: 1 };
    const settled = { conversationId, runId: about.runId, ...cell, resultId: newId(), ...result };
    const eligibility = [{ projectId, eligible: true, isTeamAssigned: true, criteria: [] }];
    const scores = { conversationId, runId: about.runId, projectId, rulesRevision: 1, goals: [], scorecards: [] };
    return [
      fact('InsightsRunStarted', { ...about, transcriptVersion: 1, extractionVersion: 1, eligibility, cells: [cell] }),
      failed
        ? fact('InsightFailed', { ...settled, identity: null, code: 'ANALYST_FAILED' })
        : fact('InsightRecorded', { ...settled, identity: 'a'.repeat(64), finding }),
      fact('ScoresEvaluated', scores),
      fact('InsightsRunCompleted', { ...about, counts }),
    ];
  }

  it('live reports, rows and files do not move by a byte, and nobody is told that they had; its preview moves', async () => {
    const { projectId } = two;
    const revisions = streams.revisions(projectId);
    const ofRevision = { revisionId, projectId };
    await eventually(() => expect(heard).toHaveLength(1));
    const frozen = { projectRevision: 0, analysisRevision: null, definitions: [], previewed: null };
    await running.append(revisions, [
      fact('RevisionRequested', { ...ofRevision, number: 1, input: null, part: null, ...frozen }),
    ]);
    await running.settled();
    const [before, columns, emptyDraft] = [await live(), await version(), await draft()];
    const { rows } = await running.server.pool.query<{ id: string }>(
      'select conversation_id as id from reporting.conversations order by 1 limit 8',
    );
    const drafts = new Set<string>(emptyDraft);
    for (const [index, { id }] of rows.entries()) {
      // What failed is run a second time: the latest run of the revision is its run.
      for (const failed of index % 3 === 0 ? [true, false] : [false]) {
        for (const happened of runOf(id, failed)) {
          await running.append(streams.insights(id), [happened]);
          await running.settled();
          expect(await live()).toEqual(before);
        }
        for (const digest of await draft()) drafts.add(digest);
      }
    }
    const ended = { attempt: 1, outcome: 'COMPLETED', usage } as const;
    const all = { planned: 8, completed: 8, completedWithErrors: 0, failed: 0, skipped: 0 };
    await running.append(revisions, [fact('RevisionCompleted', { ...ofRevision, ...ended, counts: all })]);
    await running.append(revisions, [fact('RevisionPublished', ofRevision)]);
    await running.settled();
    const parked = await running.server.pool.query('select from projections.parked');
    expect(parked.rowCount).toBe(0);
    expect([await live(), await version()]).toEqual([before, columns]);
    expect(drafts.size).toBeGreaterThan(3 * 8);

    await running.append(streams.project(projectId), [fact('ProjectChanged', { projectId, name: 'The end' })]);
    await eventually(() => expect(heard).toHaveLength(2));
    expect(heard[1]).toMatchObject({ conversationCount: 0, definitionIds: [], isProjectChanged: true });
    const named = await live();
    await two.makeLive(revisionId);
    await eventually(() => expect(heard).toHaveLength(3));
    expect(await live()).not.toEqual(before);
    await two.rollBack();
    await eventually(() => expect(heard).toHaveLength(4));
    expect(heard[3]).toMatchObject({ isProjectChanged: true });
    expect(await live()).toEqual(named);
  });
});
