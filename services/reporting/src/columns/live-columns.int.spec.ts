import { everything, streams } from '@harmony/contracts';
import { fact, newId } from '@harmony/kernel';
import { replay } from '@harmony/read-model';
import { appendSteps, sampleLog, type SampleLog } from '@harmony/sample-log';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { reportDisplay } from '../domain/display.js';
import { reportOf, type Report } from '../domain/report.js';
import { reportsProjection } from '../projections/reports.projection.js';
import type { RequestedMoment } from '../read-model/moment.js';
import { RunningReporting } from '../testing/running-reporting.js';
import { ColumnStore } from './column-store.js';
import { LiveColumns } from './live-columns.js';

jest.setTimeout(120_000);

const present: RequestedMoment = { asOf: null, revisionId: null };

describe('columns of a project', () => {
  let reporting: RunningReporting;
  let log: SampleLog;
  let store: ColumnStore;
  beforeAll(async () => {
    reporting = await RunningReporting.start();
    store = columnStore();
    log = sampleLog({
      ...{ seed: 5, workspaceId: reporting.workspaceId, founderId: newId(), restlessness: 1 },
      ...{ conversations: 60, definitions: 13, projects: 2, days: 30, until: '2024-06-01T00:00:00.000Z' },
    });
  });
  afterAll(() => reporting.close());

  const columnStore = (reportMemoryMegabytes = 16): ColumnStore =>
    new ColumnStore(reporting.database.scoped, reporting.database.worker, { work: { reportMemoryMegabytes } });

  async function reportBy(columns: ColumnStore, projectId: string, requested = present): Promise<Report> {
    const reader = reporting.reader();
    const moment = await reporting.moments.of(reader, projectId, requested);
    const project = await reporting.catalogue.of(reader, projectId, moment);
    return reportOf(await columns.of(reader, projectId, moment), project, {
      ...{ filter: everything, display: reportDisplay.parse({}), includeInactive: true },
      reader: { scope: 'all', userId: reader.userId, teamIds: [] },
    });
  }

  it('follow the log: what they took in piece by piece is what a new process reads at once', async () => {
    const steps = [...log.steps];
    const third = Math.ceil(steps.length / 3);
    let answered = 0;
    for (let from = 0; from < steps.length; from += third) {
      await appendSteps(reporting.store, steps.slice(from, from + third));
      await reporting.settled();
      for (const projectId of log.projectIds) {
        const report = await reportBy(store, projectId).catch(unlessUnknown);
        if (!report) continue;
        expect(report).toEqual(await reportBy(columnStore(), projectId));
        answered += report.cards.reduce((sum, { counts }) => sum + counts.answered, 0);
      }
    }
    expect(answered).toBeGreaterThan(0);
  });

  it('keep within the memory that is set aside: whoever was asked for last stays', async () => {
    const [projectId = ''] = log.projectIds;
    const asOf = (ago: number): RequestedMoment => ({
      ...{ asOf: new Date(Date.now() - ago).toISOString(), revisionId: null },
    });
    const roomy = columnStore();
    for (const ago of [1_000, 2_000, 3_000]) await reportBy(roomy, projectId, asOf(ago));
    const { sets, bytes } = roomy.size;
    expect(sets).toBe(3);
    expect(bytes).toBeGreaterThan(1_000);
    const room = Math.floor(bytes * 0.7);
    const narrow = columnStore(room / 1024 / 1024);
    for (const ago of [1_000, 2_000, 3_000]) await reportBy(narrow, projectId, asOf(ago));
    expect(narrow.size.sets).toBe(2);
    expect(narrow.size.bytes).toBeLessThanOrEqual(room);
  });

  it('of a past are what they were when it was the present, but for what was deleted since', async () => {
    const [projectId = ''] = log.projectIds;
    const asOf = new Date().toISOString();
    const before = await reportBy(store, projectId, { asOf, revisionId: null });
    expect(before.cards).toEqual((await reportBy(store, projectId)).cards);
    const [{ conversationId } = { conversationId: '' }] = before.cards.flatMap(({ latest }) => latest);
    await reporting.append(
      streams.conversation(conversationId),
      [fact('ConversationChanged', { conversationId, tags: ['changed'], startedAt: '2030-01-01T00:00:00Z' })],
      { occurredAt: new Date(Date.parse(asOf) + 1).toISOString() },
    );
    await reporting.settled();
    expect(await reportBy(store, projectId, { asOf, revisionId: null })).toEqual(before);

    await reporting.append(streams.tombstone(conversationId), [
      fact('ConversationErased', { conversationId, transcripts: [] }),
    ]);
    await reporting.settled();
    const after = await reportBy(store, projectId, { asOf, revisionId: null });
    expect(after.conversations).toBe(before.conversations - 1);
    expect(after).toEqual(await reportBy(columnStore(), projectId, { asOf, revisionId: null }));
  });

  it('are read again after a replay has exchanged the tables', async () => {
    const [projectId = ''] = log.projectIds;
    const before = await reportBy(store, projectId);
    await replay(reportsProjection, { database: reporting.database, store: reporting.store });
    const query = jest.spyOn(reporting.database.scoped, 'query');
    expect(await reportBy(store, projectId)).toEqual(before);
    const statements = query.mock.calls.map(([, sql]) => sql);
    expect(statements.filter((sql) => sql.includes('order by happened_at'))).toHaveLength(1);
    query.mockClear();
    await reportBy(store, projectId);
    expect(query.mock.calls.filter(([, sql]) => sql.includes('order by happened_at'))).toHaveLength(0);
    query.mockRestore();
  });

  it('are read once however many ask at the same time, and each sees what was there when they asked', async () => {
    const [projectId = ''] = log.projectIds;
    const moment = await reporting.moments.of(reporting.reader(), projectId, present);
    const { scoped, worker } = reporting.database;
    const columns = new LiveColumns(scoped, worker, { workspaceId: reporting.workspaceId, projectId, moment });
    const query = jest.spyOn(scoped, 'query');
    await Promise.all(Array.from({ length: 20 }, () => columns.current()));
    const looks = query.mock.calls.filter(([, sql]) => sql.includes('union all'));
    expect(looks).toHaveLength(2);
    query.mockRestore();
  });

  it('that could not be read are read by the next who asks', async () => {
    const [projectId = ''] = log.projectIds;
    const moment = await reporting.moments.of(reporting.reader(), projectId, present);
    const { scoped, worker } = reporting.database;
    const columns = new LiveColumns(scoped, worker, { workspaceId: reporting.workspaceId, projectId, moment });
    const query = jest.spyOn(scoped, 'query').mockRejectedValueOnce(new Error('The connection broke.'));
    await expect(columns.current()).rejects.toThrow('The connection broke.');
    query.mockRestore();
    expect((await columns.current()).facts.rows).toBeGreaterThan(0);
  });
});

function unlessUnknown(error: unknown): undefined {
  if ((error as { code?: string }).code !== 'UNKNOWN_PROJECT') throw error;
}
