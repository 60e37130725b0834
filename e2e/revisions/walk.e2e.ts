import { eventually, signedClaims } from '@harmony/testing';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { createHash } from 'node:crypto';
import { z } from 'zod';
import { reportDocument } from '../reporting/documents.js';
import { graphql, send, type Access } from '../support/api.js';
import { addColleague } from '../support/colleagues.js';
import { startHarmony, succeed, type RunningHarmony, type Workspace } from '../support/running-harmony.js';
import { Round, type Scene } from './model/round.js';
import {
  attributed,
  createRevision,
  listRevisions,
  press,
  previewRevision,
  revisionOf,
  type RevisionForm,
} from './revision-api.js';
import { ModelStandIn } from './stand-in.js';

const dayMs = 24 * 60 * 60_000;

// A limit for what hangs: each walks a long way.
jest.setTimeout(240_000);

let harmony: RunningHarmony;
let home: Workspace;
let model: ModelStandIn;
let scene: Scene;
let rounds = 0;
beforeAll(async () => {
  model = await ModelStandIn.start();
  harmony = await startHarmony(model.environment);
  home = await harmony.workspace('Home');
  scene = { access: home.admin, model };
  await setFlag(true);
}, 240_000);
afterAll(async () => {
  await harmony?.stop();
  await model?.stop();
}, 60_000);

const setFlag = (enabled: boolean): Promise<unknown> =>
  succeed(
    home.admin,
    'mutation ($enabled: Boolean!) { setFeatureFlag(flag: "reports-rerun-tab", enabled: $enabled) { enabled } }',
    { enabled },
  );

/** A project with so many definitions and conversations, all answered. */
async function newRound(definitions: number, conversations: number): Promise<Round> {
  rounds += 1;
  model.failing = new Set();
  const round = await Round.start(scene, rounds, definitions);
  for (let index = 0; index < conversations; index += 1) await round.ingest();
  return round;
}

const formOf = ({ projectId }: Round): RevisionForm => ({ projectId, range: 'LAST_7_DAYS', includeCompleted: true });

/** Executes and waits. @returns how it ended. */
async function executed(round: Round, form: RevisionForm = formOf(round)): Promise<string> {
  const { id } = await createRevision(round.access, form);
  await round.processed(round.revisionIds.push(id) - 1);
  return (await revisionOf(round.access, id)).badge;
}

/** Everything that people are shown of what is in force, to the byte. */
async function shownOf({ access, projectId }: Round): Promise<string> {
  const report = await succeed(access, reportDocument, { projectId });
  const { body } = await send(access, 'POST', '/v1/exports', { projectId }, { Accept: 'text/csv' });
  return `${JSON.stringify(report)}\n${String(body)}`;
}

/** What the first definition found in the first conversation, run by run. */
async function historyOf(round: Round): Promise<unknown[]> {
  const query = `query ($conversationId: ID!, $definitionId: ID!) {
    resultHistory(conversationId: $conversationId, definitionId: $definitionId) {
      edges { node { run { revisionId } isInForce } } } }`;
  const variables = { conversationId: round.conversationIds[0], definitionId: round.definitionId(0) };
  const { edges } = z
    .object({ edges: z.array(z.object({ node: z.unknown() })) })
    .parse((await succeed(round.access, query, variables))['resultHistory']);
  return edges.map(({ node }) => node);
}

const keySet = z.object({
  keys: z.array(z.object({ kid: z.string(), kty: z.string(), crv: z.string(), x: z.string() })),
});

/** What was done to the revisions of the project, from a file whose signature somebody without credentials has checked. */
async function signedHistory({ access, projectId }: Round): Promise<string[]> {
  const keys = keySet.parse(await (await fetch(`${access.url}/v1/signing-keys`)).json()).keys;
  const mutation = `mutation ($projectId: ID!) {
    startExport(input: { projectId: $projectId, kind: REVISION_HISTORY, format: JSONL }) { signature download { url } } }`;
  return eventually(async () => {
    const { signature, download } = z
      .object({ signature: z.string(), download: z.object({ url: z.string() }) })
      .parse((await succeed(access, mutation, { projectId }))['startExport']);
    const content = Buffer.from(await (await fetch(`${access.url}${download.url}`)).arrayBuffer());
    const { claims } = signedClaims(signature, keys);
    expect(claims['sha256']).toBe(createHash('sha256').update(content).digest('hex'));
    const lines = content.toString().split('\n').slice(0, -1);
    const actions = lines.map((line) => z.object({ action: z.string() }).parse(JSON.parse(line)).action);
    // The digest of the last flip comes some seconds behind it
    expect(actions.at(-1)).toBe('DIGESTED');
    return actions;
  });
}

const codeOf = async (access: Access, query: string, variables: unknown): Promise<unknown> =>
  (await graphql(access, query, variables)).errors?.[0]?.extensions?.code;

it('goes from the form over draft and review into force, and back to the byte', async () => {
  const round = await newRound(2, 3);
  const { access, projectId } = round;
  expect(await executed(round)).toBe('DRAFT');
  const first = round.revisionIds[0] ?? '';
  expect(await press(access, 'publishRevision', first)).toBeUndefined();
  expect(await press(access, 'makeRevisionLive', first)).toBeUndefined();
  const before = await shownOf(round);

  // A definition changes: nothing moves by itself.
  await round.reword(0, 1);
  const unchanged = await shownOf(round);
  const plan = await eventually(async () => {
    const shown = await previewRevision(access, formOf(round));
    expect(shown.definitions.map(({ reused, rerun }) => ({ reused, rerun }))).toEqual([
      { reused: 0, rerun: 3 },
      { reused: 3, rerun: 0 },
    ]);
    return shown;
  });
  expect(plan.definitions[0]?.reasons).toEqual([{ reason: 'DEFINITION_CHANGED', cells: 3 }]);

  const answered = model.answered.length;
  const created = await createRevision(access, formOf(round), plan);
  expect((await listRevisions(access, projectId))[0]).toMatchObject({ id: created.id, badge: 'PROCESSING' });
  await round.processed(round.revisionIds.push(created.id) - 1);
  expect(model.answered.length - answered).toBe(3);
  expect(await revisionOf(access, created.id)).toMatchObject({ outcome: 'COMPLETED', stage: 'DRAFT', badge: 'DRAFT' });
  expect(await shownOf(round)).toBe(unchanged);
  expect((await round.report(1))[0]).toEqual({ definition: 0, asked: 3, failed: 0, yes: 1, no: 2 });

  const review = `query ($id: ID!) { reviewRevision(revisionId: $id) {
    compared changed added removed definitions { compared changed } } }`;
  expect((await succeed(access, review, { id: created.id }))['reviewRevision']).toEqual({
    ...{ compared: 6, changed: 3, added: 0, removed: 0 },
    definitions: [
      { compared: 3, changed: 3 },
      { compared: 3, changed: 0 },
    ],
  });

  expect(await attributed(access, created.id)).toEqual({
    isDrawing: false,
    ...{ drawn: 3, pending: 0, unknown: 0, attributed: 3, together: 0 },
    causes: [
      { cause: 'DEFINITION_CHANGED', tried: 3, changed: 3 },
      { cause: 'NOTHING_CHANGED', tried: 3, changed: 0 },
    ],
  });
  const { history } = z
    .object({ history: z.array(z.object({ action: z.string() })) })
    .parse(
      (await succeed(access, 'query ($id: ID!) { revision(id: $id) { history { action } } }', created))['revision'],
    );
  expect(history.map(({ action }) => action)).toEqual(['REQUESTED', 'COMPLETED', 'ATTRIBUTION_REQUESTED']);

  expect(await press(access, 'publishRevision', created.id)).toBeUndefined();
  expect(await shownOf(round)).toBe(unchanged);
  expect(await press(access, 'makeRevisionLive', created.id)).toBeUndefined();
  const after = await shownOf(round);
  expect(after).not.toBe(unchanged);
  expect((await round.report())[0]).toEqual({ definition: 0, asked: 3, failed: 0, yes: 1, no: 2 });
  const digests = 'query ($id: ID!) { revisionDigest(revisionId: $id) { published { sha256 results } isEqual } }';
  const digestOf = async (id: string) => (await succeed(access, digests, { id }))['revisionDigest'];
  const published = { published: { sha256: expect.stringMatching(/^[0-9a-f]{64}$/), results: 6 }, isEqual: true };
  await eventually(async () => expect(await digestOf(created.id)).toEqual(published));
  expect(await historyOf(round)).toEqual([
    { run: { revisionId: created.id }, isInForce: true },
    { run: { revisionId: first }, isInForce: false },
    { run: { revisionId: null }, isInForce: false },
  ]);

  expect(await press(access, 'rollBackRevision', created.id)).toBeUndefined();
  expect(await shownOf(round)).toBe(unchanged);
  expect((await revisionOf(access, first)).badge).toBe('LIVE');
  await round.reword(0, 0);
  expect(await shownOf(round)).toBe(before);
  expect(await signedHistory(round)).toEqual([
    ...['REQUESTED', 'COMPLETED', 'PUBLISHED', 'MADE_LIVE', 'DIGESTED'],
    ...[
      'REQUESTED',
      'COMPLETED',
      'ATTRIBUTION_REQUESTED',
      'PUBLISHED',
      'MADE_LIVE',
      'DIGESTED',
      'ROLLED_BACK',
      'DIGESTED',
    ],
  ]);
});

it('is taken back to the byte though it is the first one that was made live', async () => {
  const round = await newRound(1, 2);
  const { access } = round;
  await round.reword(0, 1);
  const before = await shownOf(round);
  expect(await executed(round)).toBe('DRAFT');
  const [id = ''] = round.revisionIds;
  expect((await press(access, 'rollBackRevision', id))?.code).toBe('REVISION_STATE');
  expect(await press(access, 'publishRevision', id)).toBeUndefined();
  expect(await press(access, 'makeRevisionLive', id)).toBeUndefined();
  const live = await shownOf(round);
  expect(live).not.toBe(before);
  expect(await press(access, 'rollBackRevision', id)).toBeUndefined();
  expect(await shownOf(round)).toBe(before);
  expect((await revisionOf(access, id)).badge).toBe('COMPLETED');
  expect(await press(access, 'makeRevisionLive', id)).toBeUndefined();
  expect(await shownOf(round)).toBe(live);
});

it('goes live for some definitions only, while the draft stays one', async () => {
  const round = await newRound(2, 3);
  await round.reword(0, 1);
  await round.reword(1, 1);
  expect(await executed(round)).toBe('DRAFT');
  const [draft = ''] = round.revisionIds;
  const [before, drafted] = [await round.report(), await round.report(0)];
  expect(drafted[0]).not.toEqual(before[0]);
  expect(drafted[1]).not.toEqual(before[1]);
  const mutation =
    'mutation ($id: ID!, $only: [ID!]!) { publishRevision(id: $id, definitionIds: $only) { id part { ofRevisionId } } }';
  const variables = { id: draft, only: [round.definitionId(0)] };
  const answered = model.answered.length;
  const part = z
    .object({ id: z.string(), part: z.object({ ofRevisionId: z.literal(draft) }) })
    .parse((await succeed(round.access, mutation, variables))['publishRevision']);
  await round.processed(round.revisionIds.push(part.id) - 1);
  expect(await round.report()).toEqual(before);
  expect(await press(round.access, 'makeRevisionLive', part.id)).toBeUndefined();
  expect(await round.report()).toEqual([drafted[0], before[1]]);
  expect(await round.report(0)).toEqual(drafted);
  expect((await revisionOf(round.access, draft)).badge).toBe('DRAFT');
  expect(model.answered).toHaveLength(answered);
});

describe('the form', () => {
  it('takes 90 days and refuses 91, in the preview and at execution', async () => {
    const round = await newRound(1, 1);
    const to = Date.now();
    const formOfDays = (days: number): RevisionForm => ({
      ...{ projectId: round.projectId, includeCompleted: true },
      ...{ from: new Date(to - days * dayMs).toISOString(), to: new Date(to).toISOString() },
    });
    expect((await previewRevision(round.access, formOfDays(90))).conversations).toBe(1);
    expect(await executed(round, formOfDays(90))).toBe('DRAFT');
    const input = formOfDays(91);
    const preview = 'query ($input: RevisionInput!) { revisionPreview(input: $input) { __typename } }';
    const create = 'mutation ($input: RevisionInput!) { createRevision(input: $input) { id } }';
    expect(await codeOf(round.access, preview, { input })).toBe('INVALID_INPUT');
    expect(await codeOf(round.access, create, { input })).toBe('INVALID_INPUT');
  });

  it('with nothing in its scope ends with No conversations', async () => {
    const round = await newRound(1, 1);
    const form = { projectId: round.projectId };
    expect((await previewRevision(round.access, form)).conversations).toBe(0);
    expect(await executed(round, form)).toBe('NO_CONVERSATIONS');
  });

  it('says when its scope is another one than the preview had counted', async () => {
    const round = await newRound(1, 1);
    const plan = await previewRevision(round.access, formOf(round));
    await round.ingest();
    const { id } = await createRevision(round.access, formOf(round), plan);
    await round.processed(round.revisionIds.push(id) - 1);
    const query = 'query ($id: ID!) { revision(id: $id) { plan { conversations } scopeChange { __typename } } }';
    expect((await succeed(round.access, query, { id }))['revision']).toMatchObject({
      plan: { conversations: 2 },
      scopeChange: { __typename: expect.any(String) },
    });
  });
});

describe('failures', () => {
  it('of every conversation fail the revision, which nobody can publish; tried again, it completes', async () => {
    const round = await newRound(1, 2);
    await round.reword(0, 1);
    model.failing = new Set([0]);
    expect(await executed(round)).toBe('FAILED');
    const id = round.revisionIds[0] ?? '';
    const refused = await press(round.access, 'publishRevision', id);
    expect(refused).toMatchObject({
      code: 'REVISION_STATE',
      extensions: { facts: { outcome: 'FAILED', stage: 'DRAFT' } },
    });
    model.failing = new Set();
    expect(await press(round.access, 'retryRevision', id)).toBeUndefined();
    await round.processed(0);
    expect((await revisionOf(round.access, id)).outcome).toBe('COMPLETED');
  });

  it('of one result make a revision complete with errors, and stop nothing else', async () => {
    const round = await newRound(2, 2);
    await round.reword(0, 1);
    await round.reword(1, 1);
    model.failing = new Set([1]);
    expect(await executed(round)).toBe('DRAFT');
    const id = round.revisionIds[0] ?? '';
    expect((await revisionOf(round.access, id)).outcome).toBe('COMPLETED_WITH_ERRORS');
    expect((await round.report(0)).map(({ failed }) => failed)).toEqual([0, 2]);
    expect(await press(round.access, 'publishRevision', id)).toBeUndefined();
    expect((await revisionOf(round.access, id)).badge).toBe('COMPLETED_WITH_ERRORS');
  });
});

const availability = z.object({ isEnabled: z.boolean(), disabledReason: z.string().nullable() });
const accessQuery = `query ($projectId: ID!) { revisionsAccess(projectId: $projectId) {
  tab { isEnabled disabledReason } newRevision { isEnabled disabledReason } } }`;
const accessOf = async (access: Access, projectId: string) =>
  z
    .object({ tab: availability, newRevision: availability })
    .parse((await succeed(access, accessQuery, { projectId }))['revisionsAccess']);

describe('who may do what', () => {
  const create = 'mutation ($input: RevisionInput!) { createRevision(input: $input) { id } }';

  it('without the permission revisions are read only, with the reason', async () => {
    const round = await newRound(1, 1);
    await executed(round);
    const reader = (await addColleague(home, 'Reader', ['projects:read:all', 'conversations:read:all'])).access;
    const { tab, newRevision } = await accessOf(reader, round.projectId);
    expect([tab.isEnabled, newRevision.isEnabled]).toEqual([true, false]);
    expect(newRevision.disabledReason).toContain('pipeline-rerun:execute:all');
    expect(await listRevisions(reader, round.projectId)).toHaveLength(1);
    expect(await codeOf(reader, create, { input: formOf(round) })).toBe('FORBIDDEN');
    const steps = [
      'publishRevision',
      'retryRevision',
      'cancelRevision',
      'makeRevisionLive',
      'rollBackRevision',
    ] as const;
    for (const step of steps) {
      expect((await press(reader, step, round.revisionIds[0] ?? ''))?.code).toBe('FORBIDDEN');
    }
  });

  it('without the flag the tab is hidden, with the reason', async () => {
    const round = await newRound(1, 0);
    await setFlag(false);
    try {
      const { tab, newRevision } = await accessOf(round.access, round.projectId);
      expect([tab.isEnabled, newRevision.isEnabled]).toEqual([false, false]);
      expect(tab.disabledReason).toContain('reports-rerun-tab');
      const list = 'query ($id: ID!) { revisions(projectId: $id) { edges { node { id } } } }';
      expect(await codeOf(round.access, list, { id: round.projectId })).toBe('FEATURE_DISABLED');
      expect(await codeOf(round.access, create, { input: formOf(round) })).toBe('FEATURE_DISABLED');
    } finally {
      await setFlag(true);
    }
  });

  it('of two people who make revisions live at once, one wins and the other is told', async () => {
    const round = await newRound(1, 1);
    const { access, revisionIds, projectId } = round;
    for (let revision = 0; revision < 2; revision += 1) {
      await executed(round, { ...formOf(round), force: true });
      expect(await press(access, 'publishRevision', revisionIds[revision] ?? '')).toBeUndefined();
    }
    const mutation =
      'mutation ($id: ID!, $version: Int) { makeRevisionLive(id: $id, expectedVersion: $version) { stage } }';
    const versionOf = 'query ($id: ID!) { revision(id: $id) { version } }';
    const versions = await Promise.all(
      revisionIds.map(async (id) =>
        z.object({ version: z.number() }).parse((await succeed(access, versionOf, { id }))['revision']),
      ),
    );
    const pressed = await Promise.all(
      revisionIds.map((id, index) => codeOf(access, mutation, { id, version: versions[index]?.version })),
    );
    expect(pressed.toSorted()).toEqual(['REVISION_CHANGED', undefined]);
    const stages = (await listRevisions(access, projectId)).map(({ stage }) => stage);
    expect(stages.toSorted()).toEqual(['LIVE', 'PUBLISHED']);
  });
});
