import type { Principal } from '@harmony/access';
import { streams, type HarmonyEvent } from '@harmony/contracts';
import { eventsFrom, fact, newId, type Cause, type Fact } from '@harmony/kernel';
import { eventually } from '@harmony/testing';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { ChangeController } from '../api/change.controller.js';
import { ChangeResolver } from '../api/change.resolver.js';
import { ConversationController } from '../api/conversation.controller.js';
import { ConversationFeed } from '../live-feed/conversation-feed.js';
import { ConversationQueries } from '../read-model/conversation-queries.js';
import type { ConversationView } from '../read-model/conversation-row.js';
import { TranscriptQueries } from '../read-model/transcript-queries.js';
import { WholeTranscripts } from '../read-model/whole-transcripts.js';
import {
  requestBy,
  startIngestion,
  type RunningIngestion,
  type SampleWorkspace,
} from '../testing/running-ingestion.js';

jest.setTimeout(60_000);

const timeLimit = 120_000;
let system: RunningIngestion;
let workspace: SampleWorkspace;
let rest: ConversationController;
let changes: ChangeController;
let graph: ChangeResolver;

const get = <Provider>(type: new (...parts: never[]) => Provider): Provider => system.api.get(type, { strict: false });

const number = fact('CustomFieldDefined', {
  ...{ customFieldId: newId(), target: 'CONVERSATION', key: 'seats', label: 'Seats' },
  ...{ type: 'NUMBER', options: [], required: false },
});
const select = fact('CustomFieldDefined', {
  ...{ customFieldId: newId(), target: 'CONVERSATION', key: 'plan', label: 'Plan' },
  ...{ type: 'SELECT', options: ['free', 'paid'], required: false },
});

beforeAll(async () => {
  system = await startIngestion();
  workspace = await system.newWorkspace([number, select]);
  rest = get(ConversationController);
  changes = get(ChangeController);
  graph = get(ChangeResolver);
}, timeLimit);
afterAll(() => system?.close(), timeLimit);

const eventsOf = async (conversationId: string): Promise<HarmonyEvent[]> => {
  const events: unknown[] = [];
  for await (const event of system.backends.eventStore.readStream(streams.conversation(conversationId)))
    events.push(event);
  return events as HarmonyEvent[];
};

const ended = (id: string, principal = workspace.member): Promise<ConversationView> =>
  eventually(
    async () => {
      const conversation = await rest.get(principal, id);
      expect(['COMPLETED', 'FAILED']).toContain(conversation.status);
      return conversation;
    },
    { withinMs: 60_000 },
  );

const completed = async (body: object = {}, principal: Principal = workspace.member): Promise<string> => {
  const { id } = await rest.submit({ text: 'Ann: Hello Bob.\nBob: Hi.\nAnn: Bye.', ...body }, requestBy(principal));
  await ended(id, principal);
  return id;
};

const update = (id: string, body: unknown, principal = workspace.member, ifMatch?: string) =>
  changes.update(id, body, ifMatch, requestBy(principal));

/** Something of the directory happens, and every reader knows. */
const happens = async (stream: string, happening: Fact): Promise<void> => {
  const { eventStore, progress } = system.backends;
  const cause: Cause = {
    ...{ workspaceId: workspace.id, causationId: newId(), correlationId: 'test' },
    ...{ actor: { kind: 'SYSTEM', id: 'test' }, occurredAt: new Date().toISOString() },
  };
  const { position } = await eventStore.append(stream, eventsFrom(cause, stream, [happening]), 'any');
  await progress.waitFor('access.directory', position, 20_000);
};

describe('properties', () => {
  it('change by what is named, once, and are read at once', async () => {
    const id = await completed({ tags: ['demo'], customFields: { seats: 3, plan: 'free' } });
    const patch = {
      title: ' A new title ',
      medium: 'CALL',
      tags: [' Onboarding', 'onboarding', 'Big  deal'],
      contactId: workspace.contactId,
      customFields: { plan: null, seats: 5 },
      startedAt: '2026-01-05T10:00:00+02:00',
    };
    const { revision } = await update(id, patch);
    expect(await rest.get(workspace.member, id)).toMatchObject({
      title: 'A new title',
      medium: 'CALL',
      tags: ['Onboarding', 'Big deal'],
      contactId: workspace.contactId,
      teamId: null,
      customFields: { seats: 5 },
      startedAt: new Date('2026-01-05T08:00:00Z'),
      status: 'COMPLETED',
      revision,
    });
    expect(await update(id, patch)).toMatchObject({ revision });
    expect((await eventsOf(id)).at(-1)).toMatchObject({
      type: 'ConversationChanged',
      actor: { kind: 'USER', id: workspace.member.id },
    });
    await update(id, { tags: null, contactId: null, customFields: null, startedAt: null });
    expect(await rest.get(workspace.member, id)).toMatchObject({
      title: 'A new title',
      ...{ tags: [], contactId: null, customFields: {}, startedAt: null },
    });
  });

  it.each([
    [{ title: null }, 'INVALID_INPUT'],
    [{ title: '  ' }, 'INVALID_INPUT'],
    [{ status: 'COMPLETED' }, 'INVALID_INPUT'],
    [[], 'INVALID_INPUT'],
    [{ teamId: newId() }, 'UNKNOWN_TEAM'],
    [{ teamId: '' }, 'UNKNOWN_TEAM'],
    [{ contactId: newId() }, 'UNKNOWN_CONTACT'],
    [{ ownerId: newId() }, 'UNKNOWN_OWNER'],
    [{ customFields: { seats: 'many' } }, 'INVALID_CUSTOM_FIELD_VALUE'],
    [{ customFields: { nothing: 1 } }, 'UNKNOWN_CUSTOM_FIELD'],
  ])('refuse %j with %s and change nothing', async (body, code) => {
    const id = await completed({ customFields: { seats: 1 } });
    const before = await eventsOf(id);
    await expect(update(id, body)).rejects.toMatchObject({ code });
    expect(await eventsOf(id)).toEqual(before);
  });

  it('are not overwritten by somebody who did not see the last change', async () => {
    const id = await completed();
    const { revision } = await rest.get(workspace.member, id);
    await update(id, { title: 'First' }, workspace.member, `"${revision}"`);
    const late = update(id, { title: 'Second' }, workspace.member, `"${revision}"`);
    await expect(late).rejects.toMatchObject({ code: 'WRONG_EXPECTED_REVISION' });
    const graphLate = graph.updateConversation(requestBy(workspace.member), id, {
      title: 'Third',
      expectedRevision: revision,
    });
    await expect(graphLate).rejects.toMatchObject({ code: 'WRONG_EXPECTED_REVISION' });
    await expect(update(id, {}, workspace.member, 'W/"x"')).rejects.toMatchObject({ code: 'INVALID_INPUT' });
    expect((await rest.get(workspace.member, id)).title).toBe('First');
    expect(await update(id, { title: 'First' }, workspace.member, `"${revision}"`)).toMatchObject({ id });
  });

  it('move who sees a conversation with its team and owner, in lists and in the live feed', async () => {
    const id = await completed({}, workspace.admin);
    const feed = get(ConversationFeed);
    await expect(rest.get(workspace.manager, id)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    const all = await feed.listen(workspace.manager);

    await update(id, { teamId: workspace.teamId }, workspace.admin);
    expect(await rest.get(workspace.manager, id)).toMatchObject({ teamId: workspace.teamId });
    expect((await all.next()).value).toMatchObject({ id });
    const one = await feed.listen(workspace.manager, id);
    expect((await one.next()).value).toMatchObject({ id });

    await update(id, { teamId: null }, workspace.admin);
    await expect(rest.get(workspace.manager, id)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    expect(await one.next()).toEqual({ done: true, value: undefined });
    await expect(update(id, { title: 'Mine' }, workspace.manager)).rejects.toMatchObject({ code: 'NOT_FOUND' });

    await update(id, { ownerId: workspace.manager.userId }, workspace.admin);
    expect(await rest.get(workspace.manager, id)).toMatchObject({ ownerId: workspace.manager.userId });
    expect((await all.next()).value).toMatchObject({ id });
    expect(
      await graph.updateConversation(requestBy(workspace.manager), id, { ownerId: workspace.member.userId }),
    ).toBeNull();
    await all.return?.();
  });

  it('cannot be given away by somebody who may change only their own, nor changed by somebody who may only read', async () => {
    const id = await completed();
    await expect(update(id, { ownerId: workspace.admin.userId })).rejects.toMatchObject({ code: 'FORBIDDEN' });
    const permissions = new Set(['conversations:read:all', 'conversations:update:own'] as const);
    const reader: Principal = { ...workspace.member, id: newId(), userId: newId(), permissions };
    await expect(update(id, { title: 'Mine' }, reader)).rejects.toMatchObject({ code: 'FORBIDDEN' });
    const other = await system.newWorkspace();
    await expect(update(id, { title: 'Mine' }, other.admin)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(update('no id', { title: 'Mine' })).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });
});

describe('speakers', () => {
  const shown = async (id: string) => {
    const principal = workspace.member;
    const lines: string[] = [];
    const turns = await get(WholeTranscripts).turns(principal, id, { needsTimes: false });
    for await (const { speakerName } of turns) lines.push(speakerName);
    const page = await get(TranscriptQueries).page(principal, id, { first: 10 });
    const pageAhead = await get(TranscriptQueries).withConversation(principal, id, { first: 10 });
    const { speakers } = await get(ConversationQueries).byId(principal, id);
    const feed = await get(ConversationFeed).listen(principal, id);
    const told = (await feed.next()).value as ConversationView;
    await feed.return?.();
    const byCode = new Map(speakers.map(({ code, name }) => [code, name]));
    const turnNames = page.edges.map(({ node }) => node.speakerName);
    expect(lines).toEqual(turnNames);
    expect(pageAhead.readAhead.page.edges.map(({ node }) => node.speakerName)).toEqual(turnNames);
    expect(page.edges.map(({ node }) => byCode.get(node.speakerCode))).toEqual(turnNames);
    expect(told.speakers).toEqual(speakers);
    return turnNames;
  };
  const match = (id: string, code: string, body: unknown) => changes.match(id, code, body, requestBy(workspace.member));

  it('are called as whom they are matched to is called now, in every reading, and as before once that one is gone', async () => {
    const id = await completed();
    const contactId = newId();
    const contact = { contactId, email: null, company: null, customFields: {} };
    const stream = streams.contact(contactId);
    await happens(stream, fact('ContactAdded', { ...contact, name: 'Ann Lee' }));
    expect(await shown(id)).toEqual(['Ann', 'Bob', 'Ann']);

    const { revision } = await match(id, 'A', { contactId });
    expect(await match(id, 'A', { contactId })).toMatchObject({ revision });
    await match(id, 'B', { name: 'Robert' });
    expect(await shown(id)).toEqual(['Ann Lee', 'Robert', 'Ann Lee']);
    await happens(stream, fact('ContactChanged', { ...contact, name: 'Ann Smith' }));
    expect(await shown(id)).toEqual(['Ann Smith', 'Robert', 'Ann Smith']);
    await happens(stream, fact('ContactRemoved', { contactId }));
    expect(await shown(id)).toEqual(['Ann', 'Robert', 'Ann']);

    await match(id, 'B', { userId: workspace.manager.userId });
    expect(await shown(id)).toEqual(['Ann', 'Somebody', 'Ann']);
    await happens(streams.workspace(workspace.id), fact('UserRemoved', { userId: workspace.manager.userId }));
    expect(await shown(id)).toEqual(['Ann', 'Somebody', 'Ann']);
    expect((await rest.get(workspace.member, id)).speakers).toMatchObject([
      { match: { kind: 'CONTACT', id: contactId } },
      { match: { kind: 'USER', id: workspace.manager.userId } },
    ]);
    await match(id, 'B', {});
    expect(await shown(id)).toEqual(['Ann', 'Bob', 'Ann']);
  });

  it.each([
    ['A', { contactId: newId() }, 'UNKNOWN_CONTACT'],
    ['A', { userId: newId() }, 'UNKNOWN_USER'],
    ['Z', { name: 'Zoe' }, 'UNKNOWN_SPEAKER'],
    ['a', { name: 'Zoe' }, 'UNKNOWN_SPEAKER'],
    ['A', { name: 'Zoe', contactId: newId() }, 'INVALID_INPUT'],
    ['A', { name: 'Zo\u0000e' }, 'INVALID_INPUT'],
  ])('are not matched: %s to %j is refused with %s', async (code, body, error) => {
    const id = await completed();
    await expect(match(id, code, body)).rejects.toMatchObject({ code: error });
  });
});

describe('a retry', () => {
  const retry = (id: string, body: unknown = {}, principal = workspace.member) =>
    changes.retry(id, body, requestBy(principal));

  it('makes the transcript anew, and the old one is read until the new one is whole', async () => {
    const id = await completed();
    expect(await retry(id)).toMatchObject({ id, status: 'QUEUED' });
    const seen = await get(TranscriptQueries).page(workspace.member, id, { first: 10 });
    expect(seen.edges).toHaveLength(3);
    await ended(id);
    const recorded = (await eventsOf(id)).filter(({ type }) => type === 'TranscriptRecorded');
    expect(recorded.map(({ data }) => data)).toMatchObject([{ transcriptVersion: 1 }, { transcriptVersion: 2 }]);
    await retry(id, { fromStage: 'TRANSCRIPTION' });
    await ended(id);
    const again = await get(TranscriptQueries).page(workspace.member, id, { first: 10 });
    expect(again.edges.map(({ node }) => node)).toEqual(seen.edges.map(({ node }) => node));
  });

  it('goes on from what failed, once that is mended, and the failure is gone', async () => {
    const { objectStore } = system.backends;
    const body = 'Ann: Lost and found.';
    const { id } = await rest.submit({ text: `${body}${' Found.'.repeat(50_000)}` }, requestBy(workspace.member));
    const key = `${workspace.id}/conversations/${id}/transcript.txt`;
    await ended(id);
    await objectStore.delete(key);
    await retry(id);
    const failed = await ended(id);
    expect(failed).toMatchObject({ status: 'FAILED', failure: { stage: 'TRANSCRIPTION', code: 'OBJECT_NOT_FOUND' } });
    expect(failed.turnCount).toBeGreaterThan(0);
    const narrowed = { first: 5, failureCode: 'OBJECT_NOT_FOUND', failureStage: 'TRANSCRIPTION', source: 'TEXT' };
    expect((await rest.list(workspace.member, narrowed)).edges.map(({ node }) => node.id)).toEqual([id]);

    await objectStore.put(key, Buffer.from(`${body}${' Found.'.repeat(50_000)}`), { contentType: 'text/plain' });
    await retry(id);
    expect(await ended(id)).toMatchObject({ status: 'COMPLETED', failure: null });
  });

  it('is refused while the conversation is worked on, from stages that have nothing to start from, and to strangers', async () => {
    const id = await completed();
    for (const fromStage of ['INTAKE', 'GOALS', 'SCORING'])
      await expect(retry(id, { fromStage })).rejects.toMatchObject({ code: 'NOTHING_TO_RETRY' });
    await expect(retry(id, { fromStage: 'NONE' })).rejects.toMatchObject({ code: 'INVALID_INPUT' });
    const permissions = new Set(['conversations:read:own', 'conversations:update:own'] as const);
    await expect(retry(id, {}, { ...workspace.member, permissions })).rejects.toMatchObject({ code: 'FORBIDDEN' });
    await expect(retry(id, {}, workspace.manager)).rejects.toMatchObject({ code: 'NOT_FOUND' });

    const waiting = newId();
    const { edges } = await rest.list(workspace.member, { first: 1 });
    const like = (await eventsOf(edges[0]?.node.id ?? ''))[0];
    const submitted = fact('ConversationSubmitted', {
      ...(like?.data as Extract<Fact, { type: 'ConversationSubmitted' }>['data']),
      ...{ conversationId: waiting, source: 'RECORDING', content: null },
    });
    await happens(streams.conversation(waiting), submitted);
    await expect(retry(waiting)).rejects.toMatchObject({ code: 'NOT_RETRIABLE_NOW' });
  });

  it('of a conversation that never had anything is refused, and lists show it beside the others', async () => {
    const id = newId();
    const [submitted] = await eventsOf(await completed());
    const data = submitted?.data as Extract<Fact, { type: 'ConversationSubmitted' }>['data'];
    const stream = streams.conversation(id);
    const upload = {
      ...{ conversationId: id, fileName: 'call.mp3', bytes: 10, declaredType: null, key: 'a/b', storeUploadId: 'u' },
      ...{ partBytes: 10, partCount: 1, sha256: null, expiresAt: '2026-01-01T00:00:00.000Z' },
    };
    const emptyHanded = { ...data, conversationId: id, source: 'RECORDING', content: null } as const;
    await happens(stream, fact('ConversationSubmitted', emptyHanded));
    await happens(stream, fact('UploadStarted', upload));
    await eventually(async () =>
      expect(await rest.get(workspace.member, id)).toMatchObject({ status: 'UPLOADING', stages: [], speakers: [] }),
    );
    const { edges } = await rest.list(workspace.member, { first: 1, status: 'UPLOADING' });
    expect(edges.map(({ node }) => node.id)).toEqual([id]);
    expect((await get(TranscriptQueries).page(workspace.member, id, { first: 1 })).edges).toEqual([]);
    await expect(retry(id)).rejects.toMatchObject({ code: 'NOT_RETRIABLE_NOW' });
    await happens(stream, fact('ConversationFailed', { conversationId: id, stage: 'INTAKE', code: 'UPLOAD_EXPIRED' }));
    await expect(retry(id)).rejects.toMatchObject({ code: 'NOTHING_TO_RETRY' });
  });

  it('is listed try by try, with durations and codes', async () => {
    const id = newId();
    const [submitted] = await eventsOf(await completed());
    const data = submitted?.data as Extract<Fact, { type: 'ConversationSubmitted' }>['data'];
    const stage = { conversationId: id, stage: 'TRANSCRIPTION' } as const;
    for (const happening of [
      fact('ConversationSubmitted', { ...data, conversationId: id, source: 'RECORDING', content: null }),
      fact('StageStarted', { ...stage, attempt: 1 }),
      fact('StageAttemptFailed', { ...stage, attempt: 1, code: 'SPEECH_UNAVAILABLE', durationMs: 5, willRetry: true }),
      fact('StageStarted', { ...stage, attempt: 2 }),
    ])
      await happens(streams.conversation(id), happening);
    await eventually(async () =>
      expect(await rest.get(workspace.member, id)).toMatchObject({
        status: 'TRANSCRIBING',
        stuck: false,
        stages: [
          { stage: 'TRANSCRIPTION', attempt: 1, durationMs: 5, code: 'SPEECH_UNAVAILABLE' },
          { stage: 'TRANSCRIPTION', attempt: 2, durationMs: null, code: null },
        ],
      }),
    );
    expect((await rest.list(workspace.member, { first: 1, stuck: 'true' })).edges).toEqual([]);
    await system.backends.database.worker.query(
      `update ingestion.conversations set progressed_at = now() - interval '31 minutes' where id = $1`,
      [id],
    );
    expect((await rest.get(workspace.member, id)).stuck).toBe(true);
    expect((await rest.list(workspace.member, { stuck: 'true' })).edges.map(({ node }) => node.id)).toEqual([id]);
    const others = await rest.list(workspace.member, { stuck: 'false', status: 'TRANSCRIBING' });
    expect(others.edges.map(({ node }) => node.id)).not.toContain(id);
  });
});
