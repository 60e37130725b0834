import { eventually, wavOf } from '@harmony/testing';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { send, withKey, type Access } from '../support/api.js';
import { startHarmonyProcess, type HarmonyProcess } from '../support/harmony-process.js';
import { operator } from '../support/operator.js';
import { completed, startHarmony, succeed, type RunningHarmony, type Workspace } from '../support/running-harmony.js';
import { createProject } from '../support/projects.js';
import { completeUpload, putPart, startUpload } from '../support/uploads.js';
import { placesOf } from './find-words.js';

const submittedSchema = z.object({ id: z.string() });

const submit = async (access: Access, body: object, path = ''): Promise<string> => {
  const answer = await send(access, 'POST', `/v1/conversations${path}`, body);
  expect(answer.status).toBe(202);
  return submittedSchema.parse(answer.body).id;
};

const projection = 'ingestion.conversations';
/** Those that hold what a conversation says. */
const projections = [projection, 'extraction.extractions', 'insights.results', 'reporting.reports'];

describe('a conversation that is deleted', () => {
  let harmony: RunningHarmony;
  let home: Workspace;
  beforeAll(async () => {
    harmony = await startHarmony();
    home = await harmony.workspace('Home');
    await succeed(
      home.admin,
      'mutation { defineCustomField(input: { key: "note", label: "Note", target: CONVERSATION, type: TEXT }) { id } }',
    );
  }, 120_000);
  afterAll(() => harmony.stop());

  const objects = (): string => join(harmony.dataDirectory, 'objects');
  const secrets = ['Xylograph', 'Quokka', 'Zebrafish', 'Wombat', 'Okapi', 'Numbat', 'Axolotl'];

  it('leaves no word of it in the database, the log or the files, also after replays, and its neighbour whole', async () => {
    const { teamId } = await createProject(home.admin, [
      { title: 'Summary', question: { fixed: 'SUMMARY' } },
      { title: 'Swimming', question: { openQuestion: { question: 'What swims?' } } },
    ]);
    const neighbour = await submit(home.admin, { title: 'Neighbour', text: 'Ann: I stay.' });
    const pasted = await submit(home.admin, {
      title: 'Xylograph',
      text: 'Quokka: The Zebrafish swims.\nAnn: It does.',
      teamId,
      tags: ['Wombat'],
      customFields: { note: 'Okapi' },
    });
    const participants = [{ id: 'q', name: 'Quokka', email: 'Quokka@example.com' }];
    const turns = [{ participantId: 'q', startMs: 0, endMs: 900, text: 'Zebrafish again' }];
    const structured = await submit(home.admin, { title: 'Xylograph', participants, turns }, '/transcript-upload');
    for (const id of [neighbour, pasted, structured]) await completed(home.admin, id);
    const uploading = await startUpload(home.admin, 64_000, { title: 'Xylograph', fileName: 'Quokka.wav' });
    const sound = wavOf(64_000);
    const recorded = await startUpload(home.admin, sound.length, { title: 'Xylograph', fileName: 'Quokka.wav' });
    await putPart(home.admin, recorded.parts[0]?.url ?? '', sound);
    expect((await completeUpload(home.admin, recorded.id)).status).toBe(200);
    const deleted = [pasted, structured, uploading.id, recorded.id];
    await harmony.running.backends.database.worker.query(
      `insert into messaging.dead_letters (consumer, key, message_id, origin, raw, parks, state, cause_code, cause_detail,
                                           attempts, first_failed_at, last_failed_at)
       values ('test', $1, 'message', 'log', '{"text": "Zebrafish"}', false, 'handled', 'INTERNAL', '', 1, now(), now())`,
      [`conversation-${pasted}`],
    );

    const byKey = { 'Idempotency-Key': 'renamed' };
    const renamed = await send(home.admin, 'PATCH', `/v1/conversations/${pasted}`, { title: 'Numbat' }, byKey);
    expect(renamed.status).toBe(200);
    const named = await send(home.admin, 'PUT', `/v1/conversations/${pasted}/speakers/A`, { name: 'Axolotl' });
    expect(named.status).toBe(200);
    await send(home.admin, 'POST', `/v1/conversations/${pasted}/retry`, {});
    await completed(home.admin, pasted);
    for (const one of projections)
      expect(await operator(harmony.dataDirectory, 'replay', one, '--verify')).toMatchObject({ exitCode: 0 });

    const before = await placesOf(secrets, harmony.running, objects());
    expect(before).toContain('table messaging.dead_letters');
    for (const table of ['conversations', 'transcript_chunks'])
      for (const schema of ['ingestion', 'ingestion_archive']) expect(before).toContain(`table ${schema}.${table}`);
    for (const schema of ['extraction', 'extraction_archive']) expect(before).toContain(`table ${schema}.extractions`);
    expect(before).toContain(`stream insights-${pasted}`);
    for (const id of deleted) expect(before).toContain(`stream conversation-${id}`);

    for (const id of deleted) {
      expect((await send(home.admin, 'DELETE', `/v1/conversations/${id}`)).status).toBe(204);
      for (const [method, path] of [
        ['GET', ''],
        ['GET', '/transcript'],
        ['DELETE', ''],
      ] as const)
        expect(await send(home.admin, method, `/v1/conversations/${id}${path}`)).toMatchObject({
          status: 404,
          body: { code: 'NOT_FOUND' },
        });
    }
    await eventually(async () => expect(await placesOf(secrets, harmony.running, objects())).toEqual([]), {
      withinMs: 30_000,
    });
    for (const one of projections)
      expect(await operator(harmony.dataDirectory, 'replay', one, '--verify')).toMatchObject({ exitCode: 0 });
    expect(await placesOf(secrets, harmony.running, objects())).toEqual([]);
    const { body } = await send(home.admin, 'GET', `/v1/conversations/${neighbour}/transcript`);
    expect(JSON.stringify(body)).toContain('I stay.');
  }, 240_000);
});

describe('recordings that are deleted while they are worked on', () => {
  let harmony: RunningHarmony;
  let home: Workspace;
  beforeAll(async () => {
    harmony = await startHarmony();
    home = await harmony.workspace('Home');
  }, 120_000);
  afterAll(() => harmony.stop());

  it('leave no object, no job and no failure behind, wherever the work was', async () => {
    const { objectStore, database } = harmony.running.backends;
    const sound = wavOf(2_000_000);
    const ids: string[] = [];
    for (let count = 0; count < 12; count += 1) {
      const { id, parts } = await startUpload(home.admin, sound.length, { title: `Call ${count}` });
      await putPart(home.admin, parts[0]?.url ?? '', sound);
      expect((await completeUpload(home.admin, id)).status).toBe(200);
      ids.push(id);
      // By turns at once, when its preparation has begun, and when it has ended.
      const reached = [() => true, (seen: number) => seen > 0, (_: number, status: string) => status === 'FAILED'];
      await eventually(async () => {
        const { body } = await send(home.admin, 'GET', `/v1/conversations/${id}`);
        const { stages, status } = z.object({ stages: z.array(z.unknown()), status: z.string() }).parse(body);
        expect(reached[count % reached.length]?.(stages.length, status)).toBe(true);
      });
      expect((await send(home.admin, 'DELETE', `/v1/conversations/${id}`)).status).toBe(204);
    }
    await eventually(
      async () => {
        const left: string[] = [];
        for await (const key of objectStore.list(`${home.workspaceId}/conversations/`)) left.push(key);
        const { rows } = await database.worker.query<{ key: string }>(
          'select key from graphile_worker._private_jobs where payload::text ~ $1',
          [ids.join('|')],
        );
        expect({ left, rows }).toEqual({ left: [], rows: [] });
      },
      { withinMs: 60_000 },
    );
    const { rows } = await database.worker.query(
      `select cause_code, cause_detail from messaging.failed_jobs where payload::text ~ $1 and cause_code <> 'SPEECH_NOT_CONFIGURED'
       union all select cause_code, cause_detail from messaging.dead_letters`,
      [ids.join('|')],
    );
    expect(rows).toEqual([]);
  }, 180_000);
});

describe('kill -9 of the whole process while conversations are deleted', () => {
  let dataDirectory: string;
  let victim: HarmonyProcess | undefined;
  afterAll(async () => {
    await victim?.stop();
    await rm(dataDirectory, { recursive: true, force: true });
  });

  it('brings none back and leaves nothing of them', async () => {
    dataDirectory = await mkdtemp(join(tmpdir(), 'harmony-deletion-'));
    victim = await startHarmonyProcess({ dataDirectory });
    const { port } = new URL(victim.url);
    const access = (): Access => withKey(victim?.url ?? '', victim?.apiKey ?? '');
    const ids: string[] = [];
    for (let count = 0; count < 16; count += 1) ids.push(await submit(access(), { text: `Ann: Zebrafish ${count}.` }));
    for (const id of ids) await completed(access(), id);

    const remove = (id: string): Promise<void> =>
      eventually(
        async () => {
          const { status } = await send(access(), 'DELETE', `/v1/conversations/${id}`);
          expect([204, 404]).toContain(status);
        },
        { withinMs: 120_000 },
      );
    for (let crash = 0; crash < 2; crash += 1) {
      const removing = Promise.all(ids.slice(crash * 8, crash * 8 + 8).map(remove));
      await eventually(async () =>
        expect((await send(access(), 'GET', `/v1/conversations/${ids[crash * 8]}`)).status).toBe(404),
      );
      await victim.kill9();
      victim = await startHarmonyProcess({ dataDirectory, port: Number(port) });
      await removing;
    }
    await victim.stop();
    victim = undefined;

    const harmony = await startHarmony({ HARMONY_DATA_DIR: dataDirectory });
    try {
      const words = ['Zebrafish'];
      await eventually(
        async () => expect(await placesOf(words, harmony.running, join(dataDirectory, 'objects'))).toEqual([]),
        { withinMs: 60_000 },
      );
      expect(await operator(dataDirectory, 'verify', projection)).toMatchObject({ exitCode: 0 });
    } finally {
      await harmony.stop();
    }
  }, 240_000);
});
