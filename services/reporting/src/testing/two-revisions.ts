import type { Directory, Principal } from '@harmony/access';
import { everything, exportRequest, streams } from '@harmony/contracts';
import { fact, newId, systemClock } from '@harmony/kernel';
import { createHash } from 'node:crypto';
import { buffer } from 'node:stream/consumers';
import { ColumnStore } from '../columns/column-store.js';
import { reportDisplay } from '../domain/display.js';
import { ExportSession } from '../exports/write/export-session.js';
import { ExportedFields } from '../exports/write/exported-fields.js';
import { PrepareExport } from '../exports/write/prepare-export.js';
import type { RequestedMoment } from '../read-model/moment.js';
import { ReportQueries } from '../report/report-queries.js';
import { DefinitionResults } from '../rows/definition-results.js';
import { resultFilter } from '../rows/result-filter.js';
import { ResultRows } from '../rows/result-rows.js';
import type { RunningReporting } from './running-reporting.js';

/** What can be read of a project. */
export const readings = ['report', 'rows', 'csv'] as const;
export type Reading = (typeof readings)[number];

const present: RequestedMoment = { asOf: null, revisionId: null };

/** An id that events take: of version 4. */
const idSql = (text: string): string =>
  `overlay(overlay(md5(${text}) placing '4' from 13 for 1) placing '8' from 17 for 1)::uuid`;

/** The conversations have all been run by the pipeline and by two revisions, each of which says something else of all. */
const runsSql = `
  insert into reporting.runs (conversation_id, run_id, workspace_id, kind, revision_id, project_ids, started_at, completed_at,
                              transcript_version, major, minor, changed_major, changed_minor)
  select ${idSql("'c' || n")}, ${idSql("kind || coalesce($3::text, '') || n")}, $1, kind, $3::uuid, array[$4::uuid],
         timestamptz '2026-01-01', timestamptz '2026-01-02', 1, 1, n, 1, n
    from generate_series(1, $2::int) n, (select case when $3::uuid is null then 'PIPELINE' else 'REVISION' end) k (kind)`;

const cellsSql = `
  insert into reporting.cells (conversation_id, run_id, definition_id, workspace_id, project_id, definition_version,
                               outcome, started_at, settled_at, choice, answer, rationale, confidence, evidence,
                               changed_major, changed_minor)
  select r.conversation_id, r.run_id, $2::uuid, r.workspace_id, $3::uuid, 1, 'ANSWERED', r.started_at, r.completed_at,
         $4, jsonb_build_object('type', 'YES_NO', 'answer', $4::text), 'So it is.', 1, '[]', 1, r.minor
    from reporting.runs r where r.revision_id is not distinct from $1::uuid and r.project_ids @> array[$3::uuid]`;

const conversationsSql = `
  insert into reporting.conversations (conversation_id, workspace_id, title, medium, source, owner_id, created_by, tags,
       custom_fields, status, created_at, happened_at, word_count, pipeline_run_id, is_deleted, past, changed_major,
       changed_minor)
  select ${idSql("'c' || n")}, $1, 'Call ' || n, 'CALL', 'TEXT', $3::uuid, $3::uuid, '{}', '{}', 'COMPLETED',
         timestamptz '2026-01-01', timestamptz '2026-01-01' + n * interval '1 minute', 9, ${idSql("'PIPELINE' || n")},
         false, '[]', 1, n from generate_series(1, $2::int) n`;

/** A project with two revisions over all its conversations, and everything by which people read it. */
export class TwoRevisions {
  readonly projectId = newId();
  readonly definitionId = newId();
  /** One says YES of every conversation, the other one NO. */
  readonly revisionIds: readonly [string, string] = [newId(), newId()];
  readonly reader: Principal;
  readonly columns: ColumnStore;

  private constructor(
    readonly running: RunningReporting,
    readonly conversations: number,
  ) {
    this.reader = running.reader({
      permissions: ['conversations:read:all', 'projects:read:all', 'exports:execute:all'],
    });
    this.columns = this.newColumns();
  }

  static async of(running: RunningReporting, conversations: number): Promise<TwoRevisions> {
    const two = new TwoRevisions(running, conversations);
    await two.fill();
    return two;
  }

  /** Of a process that has read nothing yet. */
  newColumns(): ColumnStore {
    const { scoped, worker } = this.running.database;
    return new ColumnStore(scoped, worker, { work: { reportMemoryMegabytes: 128 } });
  }

  /** By whoever makes it live: until readers see it. */
  async makeLive(revisionId: string): Promise<void> {
    await this.append('RevisionMadeLive', revisionId);
  }

  /** What was made live last is rolled back. */
  async rollBack(): Promise<void> {
    const { projectId } = this;
    const { rows } = await this.running.server.pool.query<{ revision_id: string; place: number }>(
      `select revision_id, place::integer from reporting.lives where project_id = $1 and rolled_back_at is null
        order by place::integer desc limit 2`,
      [projectId],
    );
    const [last, former] = rows;
    if (!last) throw new Error('Nothing is live.');
    const rolledBack = { madeLiveAt: last.place, restoredRevisionId: former?.revision_id ?? null };
    await this.running.append(streams.revisions(projectId), [
      fact('RevisionRolledBack', { revisionId: last.revision_id, projectId, ...rolledBack }),
    ]);
    await this.running.settled();
  }

  async publish(): Promise<void> {
    const frozen = { projectRevision: 0, analysisRevision: null, definitions: [], previewed: null, part: null };
    for (const [index, revisionId] of this.revisionIds.entries()) {
      const about = { revisionId, projectId: this.projectId };
      const requested = fact('RevisionRequested', { ...about, number: index + 1, input: null, ...frozen });
      await this.running.append(streams.revisions(this.projectId), [requested, fact('RevisionPublished', about)]);
    }
    await this.running.settled();
  }

  /** A digest of everything that one reading says. */
  async read(what: Reading, moment = present, columns = this.columns): Promise<string> {
    const said = {
      report: () => this.report(moment, columns),
      rows: () => this.rows(moment),
      csv: () => this.csv(moment),
    };
    return createHash('sha256')
      .update(await said[what]())
      .digest('hex');
  }

  /** How many say YES. */
  async yes(columns = this.columns): Promise<number> {
    const { cards } = await this.queries(columns).report(this.reader, this.question(present));
    return cards[0]?.value ?? Number.NaN;
  }

  private async append(type: 'RevisionMadeLive', revisionId: string): Promise<void> {
    const live = fact(type, { revisionId, projectId: this.projectId, supersededRevisionId: null });
    await this.running.append(streams.revisions(this.projectId), [live]);
    await this.running.settled();
  }

  private async report(moment: RequestedMoment, columns: ColumnStore): Promise<string> {
    return JSON.stringify(await this.queries(columns).report(this.reader, this.question(moment)));
  }

  private question(moment: RequestedMoment) {
    const display = reportDisplay.parse({ latest: 3 });
    return { projectId: this.projectId, filter: everything, display, moment, includeInactive: false };
  }

  private async rows(moment: RequestedMoment): Promise<string> {
    const { moments, catalogue, database } = this.running;
    const results = new DefinitionResults(database.scoped, moments, catalogue, this.resultRows);
    const { projectId, definitionId } = this;
    const asked = { projectId, definitionId, filter: everything, results: resultFilter.parse({}), words: [], moment };
    const page = await results.page(
      this.reader,
      { ...asked, sort: 'DATE', direction: 'DESCENDING' },
      { first: 100, after: null },
    );
    return JSON.stringify(page.edges.map(({ node }) => [node.conversationId, node.runId, node.answer]));
  }

  private async csv(moment: RequestedMoment): Promise<Buffer> {
    const { moments, catalogue, database } = this.running;
    const configuration = { http: { publicUrl: undefined } } as never;
    const fields = new ExportedFields(database.scoped);
    const prepare = new PrepareExport(
      moments,
      catalogue,
      fields,
      configuration,
      systemClock,
      undefined as never,
      undefined as never,
    );
    const request = exportRequest.parse({ projectId: this.projectId, ...moment });
    const prepared = await prepare.execute(this.reader, request, null);
    const session = await ExportSession.open(() => database.connectReader(), new AbortController().signal);
    try {
      await session.enter(prepared.workspaceId);
      return await buffer(session.copy(prepared));
    } finally {
      await session.close();
    }
  }

  private queries(columns: ColumnStore): ReportQueries {
    const { moments, catalogue } = this.running;
    return new ReportQueries(moments, catalogue, columns, this.resultRows);
  }

  private get resultRows(): ResultRows {
    const namesOf: Directory['namesOf'] = () => Promise.resolve(new Map());
    return new ResultRows(this.running.database.scoped, { namesOf } as Directory);
  }

  private async fill(): Promise<void> {
    const { running, projectId, definitionId, conversations } = this;
    const { workspaceId, server } = running;
    const about = { projectId, definitionId, definitionVersion: 1, context: '', usesKnowledge: false, isActive: true };
    const presentation = { title: 'Is it?', successAnswer: 'YES', desiredOutcome: '' } as const;
    const question = { type: 'YES_NO', question: 'Is it?' } as const;
    const project = { projectId, name: 'Both', language: 'en', teamIds: [], knowledge: '', createdBy: newId() };
    await running.append(streams.project(projectId), [
      fact('ProjectCreated', project),
      fact('DefinitionCreated', { ...about, question, presentation }),
    ]);
    await running.settled();
    await server.pool.query(conversationsSql, [workspaceId, conversations, newId()]);
    for (const [revisionId, answer] of [
      [null, 'NO'],
      [this.revisionIds[0], 'YES'],
      [this.revisionIds[1], 'NO'],
    ]) {
      await server.pool.query(runsSql, [workspaceId, conversations, revisionId, projectId]);
      await server.pool.query(cellsSql, [revisionId, definitionId, projectId, answer]);
    }
    await server.pool.query('analyze reporting.conversations, reporting.runs, reporting.cells');
  }
}
