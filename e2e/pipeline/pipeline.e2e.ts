import { eventually, wavOf } from '@harmony/testing';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createClient } from 'graphql-ws';
import { WebSocket } from 'ws';
import { z } from 'zod';
import { graphql, send } from '../support/api.js';
import { completed, startHarmony, succeed, type RunningHarmony, type Workspace } from '../support/running-harmony.js';
import { completeUpload, partOf, putPart, startUpload } from '../support/uploads.js';

const seen = z.object({
  status: z.string(),
  stuck: z.boolean(),
  revision: z.number(),
  stages: z.array(
    z.object({
      stage: z.string(),
      attempt: z.number(),
      durationMs: z.number().nullable(),
      code: z.string().nullable(),
    }),
  ),
  failure: z.object({ stage: z.string(), code: z.string() }).nullable(),
});

let harmony: RunningHarmony;
let home: Workspace;
beforeAll(async () => {
  harmony = await startHarmony();
  home = await harmony.workspace('Home');
}, 120_000);
afterAll(() => harmony.stop());

const read = async (id: string): Promise<z.output<typeof seen>> =>
  seen.parse((await send(home.admin, 'GET', `/v1/conversations/${id}`)).body);

describe('the pipeline of a recording where no speech engine is set up', () => {
  it('ends with a code that says what to set, keeps the recording, and is tried again on demand, try by try', async () => {
    const recording = wavOf(64_000);
    const { id, ...upload } = await startUpload(home.admin, recording.length, { title: 'A call' });
    const [part] = upload.parts;
    const uploading = await graphql(
      home.admin,
      '{ conversations(first: 5) { edges { node { id status turnCount } } } }',
    );
    expect(uploading.data).toMatchObject({ conversations: { edges: [{ node: { id, status: 'UPLOADING' } }] } });
    expect(await send(home.admin, 'POST', `/v1/conversations/${id}/retry`, {})).toMatchObject({
      status: 409,
      body: { code: 'NOT_RETRIABLE_NOW' },
    });
    await putPart(home.admin, part?.url ?? '', partOf(recording, { partBytes: upload.partBytes }, 1));
    expect((await completeUpload(home.admin, id)).status).toBe(200);

    const failed = (attempts: number): Promise<void> =>
      eventually(
        async () => {
          const { status, failure, stages, stuck } = await read(id);
          expect({ status, failure, stuck }).toEqual({
            ...{ status: 'FAILED', failure: { stage: 'TRANSCRIPTION', code: 'SPEECH_NOT_CONFIGURED' }, stuck: false },
          });
          const tries = stages.filter(({ stage }) => stage === 'TRANSCRIPTION').map(({ attempt }) => attempt);
          expect(tries).toEqual(Array.from({ length: attempts }, (_, index) => index + 1));
          expect(stages.at(-1)).toMatchObject({ code: 'SPEECH_NOT_CONFIGURED' });
          expect(stages.at(-1)?.durationMs).toBeGreaterThanOrEqual(0);
        },
        { withinMs: 60_000 },
      );
    await failed(1);
    const before = (await read(id)).revision;
    const retried = await send(home.admin, 'POST', `/v1/conversations/${id}/retry`);
    expect(retried).toMatchObject({ status: 202, body: { id, status: 'QUEUED', revision: before + 1 } });
    await failed(2);
    const data = await succeed(
      home.admin,
      'mutation ($id: ID!) { retryConversation(id: $id) { stages { attempt } } }',
      {
        id,
      },
    );
    expect(data['retryConversation']).not.toBeNull();
    await failed(3);

    const byFailure = 'failureCode=SPEECH_NOT_CONFIGURED&failureStage=TRANSCRIPTION&source=RECORDING';
    const { body } = await send(home.admin, 'GET', `/v1/conversations?${byFailure}`);
    expect(body).toMatchObject({ edges: [{ node: { id } }] });
    expect((await send(home.admin, 'GET', `/v1/conversations/${id}/recording`)).status).toBe(200);

    expect((await send(home.admin, 'DELETE', `/v1/conversations/${id}`)).status).toBe(204);
    expect((await send(home.admin, 'GET', `/v1/conversations/${id}/recording`)).status).toBe(404);
    const prefix = `${home.workspaceId}/conversations/${id}/`;
    await eventually(async () => {
      const keys: string[] = [];
      for await (const key of harmony.running.backends.objectStore.list(prefix)) keys.push(key);
      expect(keys).toEqual([]);
    });
  }, 180_000);
});

describe('a change of properties by REST', () => {
  it('is a merge patch that loses to whoever changed them first', async () => {
    const { body } = await send(home.admin, 'POST', '/v1/conversations', { text: 'Ann: Hello.', tags: ['demo'] });
    const { id } = z.object({ id: z.string() }).parse(body);
    await completed(home.admin, id);
    const { revision } = await read(id);
    const patch = (change: unknown, contentType: string, more = {}) =>
      send(home.admin, 'PATCH', `/v1/conversations/${id}`, change, { 'Content-Type': contentType, ...more });
    const ifMatch = { 'If-Match': `"${revision}"` };
    const first = await patch({ title: 'First', tags: null }, 'application/merge-patch+json', ifMatch);
    expect(first).toMatchObject({ status: 200, body: { id, status: 'COMPLETED', revision: revision + 1 } });
    expect(await patch({ title: 'Second' }, 'application/json', ifMatch)).toMatchObject({
      status: 409,
      body: { code: 'WRONG_EXPECTED_REVISION' },
    });
    expect((await patch({ title: 'Third' }, 'text/plain')).status).toBe(415);
    const asMergePatch = { 'Content-Type': 'application/merge-patch+json' };
    expect((await send(home.admin, 'POST', '/v1/conversations', { text: 'Ann: Hi.' }, asMergePatch)).status).toBe(415);
    expect((await send(home.admin, 'GET', `/v1/conversations/${id}`)).body).toMatchObject({ title: 'First', tags: [] });
  });
});

describe('whoever listens to a conversation', () => {
  it('is told each change as it is read, and told that it is over when it is deleted', async () => {
    const { body } = await send(home.admin, 'POST', '/v1/conversations', { text: 'Ann: Hello.\nBob: Hi.' });
    const { id } = z.object({ id: z.string() }).parse(body);
    await completed(home.admin, id);
    const client = createClient({
      url: `${home.admin.url.replace('http', 'ws')}/graphql`,
      webSocketImpl: WebSocket,
      connectionParams: { ...home.admin.headers },
      retryAttempts: 0,
    });
    try {
      const told = client.iterate<{ conversationChanged: { title: string; speakers: { name: string }[] } }>({
        query: 'subscription ($id: ID) { conversationChanged(conversationId: $id) { title speakers { name } } }',
        variables: { id },
      });
      const next = async () => (await told.next()).value?.data?.conversationChanged;
      expect(await next()).toMatchObject({ speakers: [{ name: 'Ann' }, { name: 'Bob' }] });
      const contact = await succeed(home.admin, 'mutation { addContact(input: { name: "Ann Lee" }) { id } }');
      const match = 'matchSpeaker(conversationId: $id, speaker: "A", match: { contactId: $contact })';
      const { data } = await graphql(
        home.admin,
        `mutation ($id: ID!, $contact: ID!) { ${match} { speakers { name match { kind id } } } }`,
        { id, contact: (contact['addContact'] as { id: string }).id },
      );
      expect(data).toMatchObject({ matchSpeaker: { speakers: [{ name: 'Ann Lee', match: { kind: 'CONTACT' } }, {}] } });
      expect(await next()).toMatchObject({ speakers: [{ name: 'Ann Lee' }, { name: 'Bob' }] });

      const update = 'updateConversation(id: $id, input: { title: "Renamed", expectedRevision: 0 })';
      const stale = await graphql(home.admin, `mutation ($id: ID!) { ${update} { title } }`, { id });
      expect(stale.errors?.[0]?.extensions?.code).toBe('WRONG_EXPECTED_REVISION');
      await succeed(home.admin, `mutation ($id: ID!) { ${update.replace(', expectedRevision: 0', '')} { title } }`, {
        id,
      });
      expect(await next()).toMatchObject({ title: 'Renamed' });

      await succeed(home.admin, 'mutation ($id: ID!) { deleteConversation(id: $id) }', { id });
      expect(await told.next()).toMatchObject({ done: true });
    } finally {
      await client.dispose();
    }
  });
});
