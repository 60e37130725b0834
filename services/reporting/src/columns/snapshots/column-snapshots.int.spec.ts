import { everything, streams } from '@harmony/contracts';
import { fact, newId } from '@harmony/kernel';
import { replay } from '@harmony/read-model';
import { appendSteps, sampleLog } from '@harmony/sample-log';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { reportDisplay } from '../../domain/display.js';
import { reportOf, type Report } from '../../domain/report.js';
import { reportsProjection } from '../../projections/reports.projection.js';
import { RunningReporting } from '../../testing/running-reporting.js';
import { ColumnStore } from '../column-store.js';
import { Pace } from '../pace.js';
import { ColumnSnapshots, forgetSnapshots } from './column-snapshots.js';
import { decodeColumns } from './encode-columns.js';

jest.setTimeout(120_000);

/** Keeps everything at once. */
class EagerSnapshots extends ColumnSnapshots {
  override isDue = (read: number): boolean => read > 0;
}

describe('snapshots of columns', () => {
  let reporting: RunningReporting;
  let projectId: string;
  const warn = jest.fn();
  beforeAll(async () => {
    reporting = await RunningReporting.start();
    const log = sampleLog({
      ...{ seed: 9, workspaceId: reporting.workspaceId, founderId: newId(), restlessness: 0.5 },
      ...{ conversations: 40, definitions: 13, projects: 1, days: 30, until: '2024-06-01T00:00:00.000Z' },
    });
    await appendSteps(reporting.store, log.steps);
    await reporting.settled();
    projectId = log.projectIds[0] ?? '';
  });
  afterAll(async () => {
    expect(warn).not.toHaveBeenCalled();
    await reporting.close();
  });

  /** A process of its own, which ends as processes do. */
  async function inProcess<Answer>(work: (columns: ColumnStore) => Promise<Answer>): Promise<Answer> {
    const { scoped, worker } = reporting.database;
    const snapshots = new EagerSnapshots(worker, { warn });
    const answer = await work(new ColumnStore(scoped, worker, { work: { reportMemoryMegabytes: 16 } }, snapshots));
    await snapshots.onModuleDestroy();
    return answer;
  }

  async function report(columns: ColumnStore): Promise<Report> {
    const [reader, present] = [reporting.reader(), { asOf: null, revisionId: null }];
    const moment = await reporting.moments.of(reader, projectId, present);
    const project = await reporting.catalogue.of(reader, projectId, moment);
    return reportOf(await columns.of(reader, projectId, moment), project, {
      ...{ filter: everything, display: reportDisplay.parse({}), includeInactive: true },
      reader: { scope: 'all', userId: reader.userId, teamIds: [] },
    });
  }

  const fromRows = (): Promise<Report> => {
    const { scoped, worker } = reporting.database;
    return report(new ColumnStore(scoped, worker, { work: { reportMemoryMegabytes: 16 } }));
  };

  /** How often all conversations were read while the work was done. */
  async function loadsDuring(work: () => Promise<unknown>): Promise<number> {
    const query = jest.spyOn(reporting.database.scoped, 'query');
    await work();
    const loads = query.mock.calls.filter(([, sql]) => sql.includes('order by happened_at')).length;
    query.mockRestore();
    return loads;
  }

  const change = async (facts: Parameters<RunningReporting['append']>[1], stream: string): Promise<void> => {
    await reporting.append(stream, facts);
    await reporting.settled();
  };

  /** One that the project counts. */
  const someId = async (): Promise<string> => {
    const { rows } = await reporting.server.pool.query<{ id: string }>(
      `select c.conversation_id as id from reporting.conversations c
         join reporting.runs r on r.conversation_id = c.conversation_id and r.run_id = c.pipeline_run_id
        where not c.is_deleted and r.project_ids @> array[$1::uuid] order by 1 limit 1`,
      [projectId],
    );
    return rows[0]?.id ?? '';
  };

  const kept = async (): Promise<Buffer[]> => {
    const { rows } = await reporting.server.pool.query<{ content: Buffer }>(
      'select content from reporting.column_snapshots',
    );
    return rows.map(({ content }) => content);
  };

  it('give a new process what an old one had, and it reads only what changed since', async () => {
    const before = await inProcess(report);
    expect(before).toEqual(await fromRows());
    await change(
      [fact('ConversationChanged', { conversationId: await someId(), tags: ['Xylograph'] })],
      streams.conversation(await someId()),
    );
    const after = fromRows();
    expect(
      await loadsDuring(() => inProcess(async (columns) => expect(await report(columns)).toEqual(await after))),
    ).toBe(1);
    expect(await loadsDuring(() => inProcess(report))).toBe(0);
  });

  it('are of no use to other tables', async () => {
    await replay(reportsProjection, { database: reporting.database, store: reporting.store });
    expect(await loadsDuring(() => inProcess(report))).toBe(1);
    expect(await loadsDuring(() => inProcess(report))).toBe(0);
  });

  it('are taken away with a conversation, and nobody who still has it in memory keeps it again', async () => {
    const conversationId = await someId();
    await inProcess(async (columns) => {
      await report(columns);
      const secret = fact('ConversationChanged', { conversationId, tags: ['Quokka'] });
      await change([secret], streams.conversation(conversationId));
      const { scoped, worker } = reporting.database;
      const late = new EagerSnapshots(worker, { warn });
      const changesUnseen = jest.spyOn(late, 'offer');
      await report(new ColumnStore(scoped, worker, { work: { reportMemoryMegabytes: 16 } }, late));
      await late.onModuleDestroy();
      const [of, columns_] = changesUnseen.mock.calls[0] ?? [];
      if (!of || !columns_) throw new Error('They were offered.');
      expect(JSON.stringify([...columns_.columns.facts.tags.values])).toContain('Quokka');
      await change(
        [fact('ConversationErased', { conversationId, transcripts: [] })],
        streams.tombstone(conversationId),
      );
      await forgetSnapshots(worker, reporting.workspaceId);
      late.offer(of, columns_, new Pace());
      await late.onModuleDestroy();
      expect(await kept()).toEqual([]);
    });
    await inProcess(report);
    const [content] = await kept();
    if (!content) throw new Error('It is kept.');
    const { conversationIds, facts } = await decodeColumns(content);
    expect(conversationIds).not.toContain(conversationId);
    expect(JSON.stringify(facts.find(([name]) => name === 'tags')?.[1].values)).not.toContain('Quokka');
  });
});
