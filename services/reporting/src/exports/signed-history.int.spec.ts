import type { Principal } from '@harmony/access';
import { streams, type EventOf, type HarmonyEvent } from '@harmony/contracts';
import { eventsFrom, fact, newId } from '@harmony/kernel';
import { parseCsv, signedClaims } from '@harmony/testing';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { createHash } from 'node:crypto';
import { z } from 'zod';
import { RunningExports, type SampleWorkspace } from './testing/running-exports.js';

jest.setTimeout(120_000);

const deed = z.object({
  ...{ eventId: z.string(), at: z.string(), action: z.string(), revisionId: z.string() },
  actor: z.object({ kind: z.string(), id: z.string(), name: z.string().nullable() }),
  ...{ replacedRevisionId: z.string().nullable(), replacedNewer: z.int().nullable() },
  facts: z.record(z.string(), z.unknown()).nullable(),
});
type Deed = z.output<typeof deed>;

let running: RunningExports;
let workspace: SampleWorkspace;
let admin: Principal;
const [first, second] = [newId(), newId()];

beforeAll(async () => {
  running = await RunningExports.start();
  workspace = await running.newWorkspace(5);
  [admin] = workspace.people as [Principal];
  await running.append(workspace.workspaceId, streams.workspace(workspace.workspaceId), [
    fact('FeatureFlagSet', { flag: 'reports-rerun-tab', enabled: true }),
  ]);
  const { projectId } = workspace;
  const requested = {
    ...{ projectId, input: null, part: null, previewed: null, projectRevision: 0, analysisRevision: null },
    definitions: [],
  };
  await running.append(workspace.workspaceId, streams.revisions(projectId), [
    fact('RevisionRequested', { ...requested, revisionId: first, number: 901 }),
    fact('RevisionRequested', { ...requested, revisionId: second, number: 902 }),
    fact('RevisionPublished', { projectId, revisionId: first }),
    fact('RevisionMadeLive', { projectId, revisionId: first, supersededRevisionId: null }),
    fact('RevisionMadeLive', { projectId, revisionId: second, supersededRevisionId: first, replacedNewer: 7 }),
  ]);
  const byAdmin = {
    ...{ workspaceId: workspace.workspaceId, causationId: newId(), correlationId: 'test' },
    ...{ actor: { kind: 'USER', id: admin.id } as const, occurredAt: new Date().toISOString() },
  };
  const stream = streams.revisions(projectId);
  const again = eventsFrom(byAdmin, stream, [
    fact('RevisionMadeLive', { projectId, revisionId: first, supersededRevisionId: second }),
    fact('RevisionRolledBack', { projectId, revisionId: first, madeLiveAt: 5, restoredRevisionId: second }),
  ]);
  await running.backends.eventStore.append(stream, again, 'any');
  await running.settled();
}, 120_000);
afterAll(() => running?.close());

const start = async (body: object, by = admin): Promise<{ status: number; answer: { id?: string; code?: string } }> => {
  const response = await running.fetch('/v1/exports', by, {
    method: 'POST',
    body: JSON.stringify({ projectId: workspace.projectId, kind: 'REVISION_HISTORY', ...body }),
  });
  const answer = z.looseObject({ id: z.string().optional(), code: z.string().optional() }).parse(await response.json());
  return { status: response.status, answer };
};

async function fileOf(body: object): Promise<{ id: string; content: Buffer }> {
  const { answer } = await start(body);
  const id = answer.id ?? '';
  const response = await running.fetch(`/v1/exports/${id}/content`, admin);
  return { id, content: Buffer.from(await response.arrayBuffer()) };
}

const deedsOf = async (body: object = {}): Promise<Deed[]> =>
  (await fileOf({ ...body, format: 'JSONL' })).content
    .toString()
    .split('\n')
    .slice(0, -1)
    .map((line) => deed.parse(JSON.parse(line)));

type Told = Extract<HarmonyEvent, { type: `Revision${string}` }>;
const told: ReadonlySet<string> = new Set([
  ...['RevisionRequested', 'RevisionCompleted', 'RevisionCancelled', 'RevisionRetried'],
  ...['RevisionAttributionRequested', 'RevisionPublished', 'RevisionMadeLive', 'RevisionRolledBack'],
]);

describe('the history of the revisions of a project', () => {
  it('has every deed of the log, as it happened', async () => {
    const events = (await running.eventsOf(streams.revisions(workspace.projectId))).filter((event): event is Told =>
      told.has(event.type),
    );
    expect(events).toHaveLength(7);
    const deeds = await deedsOf();
    expect(deeds.map(({ eventId, at, revisionId }) => [eventId, Date.parse(at), revisionId])).toEqual(
      events.map(({ id, occurredAt, data }) => [id, Date.parse(occurredAt), data.revisionId]),
    );
    const lives = events.filter((event): event is EventOf<'RevisionMadeLive'> => event.type === 'RevisionMadeLive');
    expect(
      deeds
        .filter(({ action }) => action === 'MADE_LIVE')
        .map(({ replacedRevisionId, replacedNewer }) => [replacedRevisionId, replacedNewer]),
    ).toEqual(lives.map(({ data }) => [data.supersededRevisionId, data.replacedNewer ?? null]));
    const names = new Map(workspace.log.cast.users.map(({ id, name }) => [id, name]));
    expect(deeds.map(({ actor }) => actor)).toEqual(
      events.map(({ actor: { kind, id } }) => ({ kind, id, name: names.get(id) ?? null })),
    );
    expect(deeds.at(-1)?.actor.name).toBe(names.get(admin.id));
  });

  it('is the same in CSV, is of one revision alone where one is named, and of the time that is asked for', async () => {
    const deeds = await deedsOf({ revisionId: first });
    expect(deeds.map(({ action }) => action)).toEqual([
      ...['REQUESTED', 'PUBLISHED', 'MADE_LIVE'],
      // The other one, which took its place, and again the first
      ...['MADE_LIVE', 'MADE_LIVE', 'ROLLED_BACK'],
    ]);
    expect(deeds.map(({ revisionId }) => revisionId)).toEqual([first, first, first, second, first, first]);
    const [header = [], ...rows] = parseCsv((await fileOf({ revisionId: second })).content.toString());
    const column = (name: string) => rows.map((row) => row[header.indexOf(name)]);
    expect(column('Action')).toEqual(['REQUESTED', 'MADE_LIVE', 'MADE_LIVE', 'ROLLED_BACK']);
    expect(column('Replaced revision')).toEqual([null, first, second, null]);
    expect(column('Restored revision')).toEqual([null, null, null, second]);
    expect(column('Newer results replaced')).toEqual([null, '7', null, null]);
    const before = new Date(Date.parse(deeds[0]?.at ?? '') - 1).toISOString();
    expect((await deedsOf({ asOf: before })).map(({ revisionId }) => revisionId)).not.toContain(first);
  });

  it('is the same whenever it is asked for of an earlier time, whatever people are called since', async () => {
    const asOf = new Date().toISOString();
    const before = (await fileOf({ asOf })).content;
    expect(before.toString()).toContain(workspace.log.cast.users[0]?.name);
    const renamed = { name: '=Renamed()', timezone: 'UTC', language: 'en', customFields: {} };
    await running.append(workspace.workspaceId, streams.workspace(workspace.workspaceId), [
      fact('UserProfileChanged', { userId: admin.id, ...renamed }),
    ]);
    expect((await fileOf({ asOf })).content.equals(before)).toBe(true);
    expect((await fileOf({})).content.toString()).toContain("'=Renamed()");
  });

  it('is for whoever may see revisions, and knows none of other projects', async () => {
    expect(await start({ revisionId: newId() })).toMatchObject({ answer: { code: 'UNKNOWN_REVISION' } });
    expect(await start({ projectId: newId() })).toMatchObject({ answer: { code: 'UNKNOWN_PROJECT' } });
    expect(await start({ filter: { tags: ['some'] } })).toMatchObject({ answer: { code: 'INVALID_INPUT' } });
    expect(await start({ search: 'words' })).toMatchObject({ answer: { code: 'INVALID_INPUT' } });
    const blind = running.admit({ ...admin, id: newId(), permissions: new Set(['conversations:read:all']) });
    expect(await start({}, blind)).toMatchObject({ status: 403, answer: { code: 'FORBIDDEN' } });
    const flag = (enabled: boolean) =>
      running.append(workspace.workspaceId, streams.workspace(workspace.workspaceId), [
        fact('FeatureFlagSet', { flag: 'reports-rerun-tab', enabled }),
      ]);
    await flag(false);
    expect(await start({})).toMatchObject({ answer: { code: 'FEATURE_DISABLED' } });
    await flag(true);
  });
});

describe('the signature of an export', () => {
  const signatureOf = (id: string, by = admin) => running.fetch(`/v1/exports/${id}/signature`, by);

  it('says what the file is, and anybody can check it with the published keys', async () => {
    const { id, content } = await fileOf({});
    const response = await signatureOf(id);
    expect(response.headers.get('Content-Type')).toMatch(/^application\/jose/);
    const signature = await response.text();
    const keys = await running.backends.access.signingKeys.published();
    const { header, claims } = signedClaims(signature, keys);
    expect(header).toMatchObject({ alg: 'EdDSA', typ: 'harmony-file+jwt' });
    expect(claims).toMatchObject({
      ...{ iss: 'harmony', sub: id, workspaceId: workspace.workspaceId },
      requestedBy: { kind: 'USER', id: admin.id },
      completedAt: expect.any(String),
      ...{ sha256: createHash('sha256').update(content).digest('hex'), bytes: content.length },
      request: { kind: 'REVISION_HISTORY', projectId: workspace.projectId },
    });
    // Nothing of it can be changed, and it opens no door
    const [head, , sign] = signature.split('.');
    const forged = Buffer.from(JSON.stringify({ ...claims, bytes: 1 })).toString('base64url');
    expect(() => signedClaims(`${head}.${forged}.${sign}`, keys)).toThrow('has not signed');
    const { authenticator } = running.backends.access;
    await expect(
      authenticator.authenticate({ authorizationHeader: `Bearer ${signature}`, apiKeyHeader: undefined }),
    ).rejects.toMatchObject({
      code: 'UNAUTHENTICATED',
    });
  });

  it('can still be checked after the keys were rotated', async () => {
    const { id } = await fileOf({});
    const signature = await (await signatureOf(id)).text();
    const { signingKeys } = running.backends.access;
    const kid = await signingKeys.rotate();
    const keys = await signingKeys.published();
    expect(keys[0]?.kid).toBe(kid);
    expect(JSON.stringify(keys)).not.toContain('"d"');
    expect(signedClaims(signature, keys).claims).toMatchObject({ sub: id });
    expect(signedClaims(await (await signatureOf(id)).text(), keys).header).toMatchObject({ kid });
  });

  it('is for whoever asked for the file, also after it has expired', async () => {
    const { id } = await fileOf({});
    running.clock.advance(1_000 * 3_600_000);
    expect((await running.fetch(`/v1/exports/${id}/content`, admin)).status).toBe(410);
    expect((await signatureOf(id)).status).toBe(200);
    const other = running.admit({ ...admin, id: newId() });
    expect((await signatureOf(id, other)).status).toBe(404);
    expect((await signatureOf(newId())).status).toBe(404);
  });
});
