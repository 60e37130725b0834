import { decodeEvent, streams, type HarmonyEvent } from '@harmony/contracts';
import { fact, newId } from '@harmony/kernel';
import { forgetArchived, replay, verify } from '@harmony/read-model';
import { appendSteps, sampleLog, type SampleLog } from '@harmony/sample-log';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { inForceSql } from '../read-model/in-force.js';
import { RunningReporting } from '../testing/running-reporting.js';
import { reportsProjection } from './reports.projection.js';

jest.setTimeout(120_000);

const tables = reportsProjection.tables.map(({ name }) => name);

describe('the projection of reports over a restless workspace', () => {
  let reporting: RunningReporting;
  let log: SampleLog;
  let erased: string[];
  beforeAll(async () => {
    reporting = await RunningReporting.start();
    log = sampleLog({
      ...{ seed: 11, workspaceId: reporting.workspaceId, founderId: newId(), restlessness: 1 },
      ...{ conversations: 60, definitions: 13, projects: 2, days: 30, until: '2024-06-01T00:00:00.000Z' },
    });
    await appendSteps(reporting.store, log.steps);
    const about = { conversationId: newId(), runId: newId(), kind: 'REVISION', revisionId: newId() } as const;
    const failed = fact('InsightsRunFailed', { ...about, code: 'ANALYST_FAILED' });
    await reporting.append(streams.insights(about.conversationId), [failed]);
    await attribute(about);
    await reporting.settled();
    const events: HarmonyEvent[] = [];
    for await (const batch of reporting.store.readLog()) events.push(...batch.events.map((each) => decodeEvent(each)));
    erased = events.flatMap((event) => (event.type === 'ConversationErased' ? [event.data.conversationId] : []));
  });
  afterAll(() => reporting.close());

  /** Somebody asks what made one result change, and is told. */
  async function attribute(about: { conversationId: string; runId: string; revisionId: string }): Promise<void> {
    const { revisionId, ...place } = about;
    const [projectId, definitionId, beforeRunId] = [newId(), newId(), newId()];
    const changes = [{ ...place, beforeRunId, definitionId }];
    await reporting.append(streams.revisionPlan(revisionId), [
      fact('RevisionChangesDrawn', { revisionId, projectId, requestedBy: newId(), changes }),
    ]);
    await reporting.append(streams.insights(place.conversationId), [
      fact('ChangeAttributed', {
        ...{ ...about, projectId, definitionId, definitionVersion: 1, beforeRunId, resultId: newId() },
        effects: [{ cause: 'NOTHING_CHANGED', isChanged: true }],
        origin: { engine: 'scripted', model: 'script', parameters: {}, templateVersion: '1' },
        ...{ usage: { calls: 0, inputTokens: 0, outputTokens: 0, costMicros: 0 }, durationMs: 1 },
      }),
    ]);
  }

  const options = (): Pick<RunningReporting, 'database' | 'store'> => ({
    database: reporting.database,
    store: reporting.store,
  });

  async function selected(asOf: string | null): Promise<unknown[]> {
    const answers: unknown[] = [];
    for (const projectId of log.projectIds) {
      const moment = await reporting.moments.of(reporting.reader(), projectId, { asOf, revisionId: null });
      const { sql, parameters } = inForceSql(projectId, moment, 1);
      answers.push(
        await reporting.database.scoped.query(
          reporting.workspaceId,
          `select * from (${sql}) s order by conversation_id`,
          parameters,
        ),
      );
    }
    return answers;
  }

  it('holds every table, and gives the same rows and the same past when it is replayed', async () => {
    for (const table of tables) {
      const { rows } = await reporting.server.pool.query<{ count: number }>(
        `select count(*)::int as count from reporting.${table}`,
      );
      expect({ table, count: rows[0]?.count }).not.toEqual({ table, count: 0 });
    }
    const past = '2024-05-20T00:00:00.000Z';
    const before = [await selected(null), await selected(past)];
    expect(await verify(reportsProjection, options())).toMatchObject({ differences: 0, examples: [] });
    await replay(reportsProjection, options());
    await reporting.settled();
    expect([await selected(null), await selected(past)]).toEqual(before);
    expect(await verify(reportsProjection, options())).toMatchObject({ differences: 0, examples: [] });
  });

  it('keeps of erased conversations that they are gone, and nothing else', async () => {
    expect(erased.length).toBeGreaterThan(0);
    const { pool } = reporting.server;
    for (const table of ['runs', 'cells', 'scores', 'compared', 'repeats', 'attributions', 'failed_runs']) {
      const { rows } = await pool.query(`select from reporting.${table} where conversation_id = any($1)`, [erased]);
      expect({ table, rows }).toEqual({ table, rows: [] });
    }
    const { rows } = await pool.query<{ kept: object }>(
      `select jsonb_strip_nulls(to_jsonb(c) - 'changed_major' - 'changed_minor') as kept
         from reporting.conversations c where conversation_id = any($1)`,
      [erased],
    );
    expect(rows).toHaveLength(erased.length);
    for (const { kept } of rows) {
      expect(kept).toEqual({
        ...{ conversation_id: expect.any(String), workspace_id: reporting.workspaceId, is_deleted: true },
        ...{ tags: [], custom_fields: {}, past: [] },
      });
    }
  });

  it('shows a reader the rows of one workspace only', async () => {
    for (const table of tables) {
      const sql = `select count(*)::int as count from reporting.${table}`;
      expect(await reporting.database.scoped.query(newId(), sql)).toEqual([{ count: 0 }]);
    }
  });

  it('lets what a replay put aside be forgotten, conversation by conversation', async () => {
    const { pool } = reporting.server;
    await replay(reportsProjection, options());
    const { rows } = await pool.query<{ id: string }>(
      'select conversation_id as id from reporting_archive.cells limit 1',
    );
    const id = rows[0]?.id ?? '';
    await forgetArchived(reporting.database.worker, reportsProjection, id);
    for (const table of ['conversations', 'runs', 'cells', 'scores']) {
      const left = await pool.query(`select from reporting_archive.${table} where conversation_id = $1`, [id]);
      expect({ table, left: left.rowCount }).toEqual({ table, left: 0 });
    }
  });
});
