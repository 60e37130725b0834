import type { Principal } from '@harmony/access';
import { streams } from '@harmony/contracts';
import { fact, newId } from '@harmony/kernel';
import { verify } from '@harmony/read-model';
import { eventually } from '@harmony/testing';
import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { request as httpRequest } from 'node:http';
import type { Client } from 'pg';
import { z } from 'zod';
import { exportsProjection } from './projections/exports.projection.js';
import { ExportStreams } from './streams/export-streams.js';
import { RunningExports, requestBy, type SampleWorkspace } from './testing/running-exports.js';
import { RemoveExportJob } from './worker/remove-export.job.js';
import { StartExport } from './start/start-export.js';

jest.setTimeout(120_000);

const exported = z.looseObject({ id: z.uuid(), status: z.string(), code: z.string().optional() });

let running: RunningExports;
let workspace: SampleWorkspace;
let admin: Principal;
let holder: Client | undefined;

beforeAll(async () => {
  running = await RunningExports.start();
  workspace = await running.newWorkspace(20);
  [admin] = workspace.people as [Principal];
  await running.asOwner(`
    create function reporting.gate() returns boolean language sql as 'select pg_advisory_lock_shared(42) is not null';
    create policy gate on reporting.cells as restrictive for select to harmony_serving using (reporting.gate())`);
});
afterEach(() => release());
afterAll(() => running.close());

/**
 * Until it is released, whoever reads results for people waits. A lock of the table would be a transaction that writes,
 * and hold up every reader of the log.
 */
async function hold(): Promise<void> {
  holder = await running.backends.database.connectOwner();
  await holder.query('select pg_advisory_lock(42)');
}

async function release(): Promise<void> {
  await holder?.end();
  holder = undefined;
}

const post = (body: object): Promise<Response> =>
  running.fetch('/v1/exports', admin, { method: 'POST', body: JSON.stringify(body) });

const codeOf = async (response: Promise<Response>): Promise<unknown> =>
  ((await (await response).json()) as { code?: string }).code;

const requestNow = (): Promise<string> =>
  running.requestAt(admin, { projectId: workspace.projectId }, new Date().toISOString());

describe('an export that nobody wants any more', () => {
  it('leaves nothing in the database when the client goes away', async () => {
    await hold();
    const headers = { 'X-Test-Actor': admin.id, 'Content-Type': 'application/json', Accept: 'text/csv' };
    const client = httpRequest(`${running.url}/v1/exports`, { method: 'POST', headers });
    client.on('error', () => undefined);
    client.end(JSON.stringify({ projectId: workspace.projectId }));
    await eventually(async () => expect(await running.queries()).toBe(1));
    client.destroy();
    await eventually(async () => expect(await running.queries()).toBe(0));
  });

  it('is stopped in the middle, and leaves no file', async () => {
    await hold();
    const id = await requestNow();
    await running.has('RUNNING', id, admin);
    const cancelled = await running.fetch(`/v1/exports/${id}`, admin, { method: 'DELETE' });
    expect(exported.parse(await cancelled.json())).toMatchObject({
      status: 'CANCELLED',
      progress: null,
      download: null,
    });
    await eventually(async () => expect(await running.queries()).toBe(0));
    await release();
    await eventually(async () => {
      const jobs = `select from graphile_worker._private_jobs where payload::text like '%' || $1 || '%'`;
      expect(await running.asOwner(jobs, [id])).toEqual([]);
    });
    expect(await running.objects(workspace.workspaceId)).not.toContainEqual(expect.stringContaining(id));
    expect(await codeOf(running.fetch(`/v1/exports/${id}/content`, admin))).toBe('EXPORT_CANCELLED');
    expect((await running.fetch(`/v1/exports/${id}`, admin, { method: 'DELETE' })).status).toBe(200);
  });

  it('cannot be cancelled once it is there, nor by somebody else', async () => {
    const { id } = exported.parse(await (await post({ projectId: workspace.projectId })).json());
    expect(await codeOf(running.fetch(`/v1/exports/${id}`, admin, { method: 'DELETE' }))).toBe('EXPORT_ENDED');
    const [, other] = workspace.people as [Principal, Principal];
    expect(await codeOf(running.fetch(`/v1/exports/${id}`, other, { method: 'DELETE' }))).toBe('UNKNOWN_EXPORT');
  });
});

describe('an export whose writer dies', () => {
  it('is written anew by the next one, once', async () => {
    await hold();
    const id = await requestNow();
    await eventually(async () => expect(await running.queries()).toBe(1));
    await running.asOwner(
      `select pg_terminate_backend(pid) from pg_stat_activity
        where datname = current_database() and query like 'copy (select%' and state = 'active'`,
    );
    await eventually(async () => expect(await running.queries()).toBe(0));
    await release();
    await eventually(async () => {
      await running.asOwner('update graphile_worker._private_jobs set run_at = now() where locked_at is null');
      const { status } = exported.parse(await (await running.fetch(`/v1/exports/${id}`, admin)).json());
      expect(status).toBe('COMPLETED');
    });
    const types = (await running.eventsOf(streams.export(id))).map(({ type }) => type);
    expect(types).toEqual(['ExportRequested', 'ExportCompleted']);
    expect((await running.fetch(`/v1/exports/${id}/content`, admin)).status).toBe(200);
  });

  it('fails, and says with what, where the rights of its requester are gone', async () => {
    const nobody = running.admit({ ...admin, id: newId(), userId: newId() });
    const id = await running.requestAt(nobody, { projectId: workspace.projectId }, new Date().toISOString());
    await running.has('FAILED', id, nobody);
    const view = await (await running.fetch(`/v1/exports/${id}`, nobody)).json();
    expect(view).toMatchObject({ failureCode: 'FORBIDDEN', download: null });
    expect(await codeOf(running.fetch(`/v1/exports/${id}/content`, nobody))).toBe('EXPORT_NOT_READY');
  });
});

describe('the time of a file', () => {
  it('is over after a day, and then nothing of it is there', async () => {
    const { id, download } = z
      .looseObject({ id: z.uuid(), download: z.object({ url: z.string() }) })
      .parse(await (await post({ projectId: workspace.projectId })).json());
    running.clock.advance(3_600_001);
    expect(await codeOf(running.fetch(download.url, undefined))).toBe('DOWNLOAD_LINK_INVALID');
    running.clock.advance(23 * 3_600_000);
    expect(await codeOf(running.fetch(`/v1/exports/${id}/content`, admin))).toBe('EXPORT_EXPIRED');
    expect(await (await running.fetch(`/v1/exports/${id}`, admin)).json()).toMatchObject({
      status: 'EXPIRED',
      download: null,
    });
    expect(await running.objects(workspace.workspaceId)).toContainEqual(expect.stringContaining(id));
    const job = new RemoveExportJob(running.get(ExportStreams), running.backends.objectStore, running.clock);
    await job.run({ endedExportId: id });
    expect(await running.objects(workspace.workspaceId)).not.toContainEqual(expect.stringContaining(id));
    const types = (await running.eventsOf(streams.export(id))).map(({ type }) => type);
    expect(types.at(-1)).toBe('ExportExpired');
    await job.run({ endedExportId: id });
  });
});

describe('what is asked for', () => {
  it('is one export however often the same command comes', async () => {
    const request = requestBy(admin);
    const start = (): Promise<string> => running.get(StartExport).execute({ projectId: workspace.projectId }, request);
    expect(await start()).toBe(await start());
  });

  it('must make sense', async () => {
    const { projectId, workspaceId } = workspace;
    const refused = (body: object): Promise<unknown> => codeOf(post({ projectId, ...body }));
    const later = new Date(Date.now() + 10 * 86_400_000).toISOString();
    expect(await refused({ asOf: later.replace(/^\d{4}/, '2099') })).toBe('INVALID_INPUT');
    expect(await refused({ filter: { from: later, to: '2020-01-01T00:00:00.000Z' } })).toBe('INVALID_INPUT');
    expect(await refused({ filter: { tags: Array.from({ length: 10_000 }, (_, index) => `t${index}`) } })).toBe(
      'INVALID_INPUT',
    );
    expect(await refused({ projectId: newId() })).toBe('UNKNOWN_PROJECT');
    expect(await refused({ kind: 'DEFINITION', definitionId: newId() })).toBe('UNKNOWN_DEFINITION');
    expect(await refused({ kind: 'DEFINITION' })).toBe('INVALID_INPUT');
    expect(await refused({ revisionId: newId() })).toBe('UNKNOWN_REVISION');
    const empty = { projectId: newId(), name: 'Empty', language: 'en', teamIds: [], knowledge: '', createdBy: newId() };
    await running.append(workspaceId, streams.project(empty.projectId), [fact('ProjectCreated', empty)]);
    const response = await post({ projectId: empty.projectId });
    expect(await response.json()).toMatchObject({
      ...{ code: 'NO_INSIGHTS_DEFINED', detail: 'No insights defined for this project.' },
    });
    expect(await codeOf(running.fetch(`/v1/exports/${newId()}`, admin))).toBe('UNKNOWN_EXPORT');
    expect(await codeOf(running.fetch('/v1/exports/nothing', admin))).toBe('UNKNOWN_EXPORT');
    expect(await codeOf(running.fetch('/v1/exports?after=W10', admin))).toBe('INVALID_INPUT');
  });
});

describe('the names in a file', () => {
  it('of a contact that was removed are nowhere any more, of its past neither', async () => {
    const { workspaceId, log } = workspace;
    const contactId = log.cast.contacts[0]?.id ?? '';
    const rows = async (): Promise<number> => {
      const sql = 'select from reporting.directory where id = $1';
      return (await running.asOwner(sql, [contactId])).length;
    };
    expect(await rows()).toBe(1);
    await running.append(workspaceId, streams.contact(contactId), [fact('ContactRemoved', { contactId })]);
    expect(await rows()).toBe(0);
  });

  it('are what the log says, also when it is read again from the beginning', async () => {
    const { eventStore: store, database } = running.backends;
    expect(await verify(exportsProjection, { store, database })).toMatchObject({ differences: 0, examples: [] });
  });
});
