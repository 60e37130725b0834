import { streams } from '@harmony/contracts';
import { newId } from '@harmony/kernel';
import type { Upload } from '@harmony/object-store';
import { eventually, wavOf } from '@harmony/testing';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createHash } from 'node:crypto';
import { buffer } from 'node:stream/consumers';
import { ConversationQueries } from '../read-model/conversation-queries.js';
import {
  requestBy,
  startIngestion,
  type RunningIngestion,
  type SampleWorkspace,
} from '../testing/running-ingestion.js';
import { conversationIdOf } from '../submit-conversation/record-submission.js';
import { AbortUpload } from './abort-upload.js';
import { CompleteUpload } from './complete-upload.js';
import { ExpireUploadJob } from './expire-upload.job.js';
import { ReceivePart } from './receive-part.js';
import { maximumRecordingBytes, partBytes, uploadLifetimeMs } from './recording-limits.js';
import { StartUpload } from './start-upload.js';
import { inStore, UploadStreams } from './upload-streams.js';
import { UploadViews, type UploadView } from './upload-view.js';

const sha256Of = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

let running: RunningIngestion;
let workspace: SampleWorkspace;
beforeAll(async () => {
  running = await startIngestion();
  workspace = await running.newWorkspace();
}, 120_000);
afterAll(() => running.close());

/** A recording of three parts. */
const recording = wavOf(2 * partBytes + 1_000);
const sliceOf = (number: number, body = recording): Buffer =>
  body.subarray((number - 1) * partBytes, number * partBytes);

const start = async (input: object = {}, request = requestBy(workspace.member)): Promise<UploadView> => {
  const body = { fileName: 'call.wav', bytes: recording.length, contentType: 'audio/wav', ...input };
  return (await running.api.get(StartUpload).execute(body, request)).upload;
};
async function* once(bytes: Buffer): AsyncGenerator<Buffer> {
  yield bytes;
}
const send = (id: string, number: number, bytes = sliceOf(number), sha256?: string) =>
  running.api.get(ReceivePart).execute(id, number, once(bytes), sha256, requestBy(workspace.member));
const sendAll = async (id: string, body = recording): Promise<void> => {
  for (const number of [3, 1, 2]) await send(id, number, sliceOf(number, body));
};
const complete = (id: string, input: object = {}, request = requestBy(workspace.member)) =>
  running.api.get(CompleteUpload).execute(id, input, request);
const abort = (id: string, principal = workspace.member) =>
  running.api.get(AbortUpload).execute(id, requestBy(principal));
const view = async (id: string, principal = workspace.member): Promise<UploadView> =>
  running.api.get(UploadViews).of(await running.api.get(UploadStreams).find(id, principal));
const conversation = (id: string) => running.api.get(ConversationQueries).byId(workspace.member, id);
const storeUpload = async (id: string): Promise<Upload> =>
  inStore(await running.api.get(UploadStreams).find(id, workspace.member));

async function eventsOf(id: string): Promise<string[]> {
  const types: string[] = [];
  for await (const { type } of running.backends.eventStore.readStream(streams.conversation(id))) types.push(type);
  return types;
}

describe('an upload in parts', () => {
  it('goes from preparing over uploading and finishing to received, and then is a queued recording', async () => {
    const upload = await start({ title: 'A call', tags: ['demo'], teamId: workspace.teamId });
    expect(upload).toMatchObject({ state: 'PREPARING', partBytes, partCount: 3, receivedParts: 0, receivedBytes: 0 });
    expect(upload.parts.map(({ number, bytes, url }) => [number, bytes, url])).toEqual([
      [1, partBytes, `/v1/uploads/${upload.id}/parts/1`],
      [2, partBytes, `/v1/uploads/${upload.id}/parts/2`],
      [3, 1_000, `/v1/uploads/${upload.id}/parts/3`],
    ]);
    await eventually(async () => expect(await conversation(upload.id)).toMatchObject({ status: 'UPLOADING' }));
    await send(upload.id, 3);
    const part = await send(upload.id, 1, sliceOf(1), sha256Of(sliceOf(1)));
    expect(part).toEqual({ number: 1, bytes: partBytes, sha256: sha256Of(sliceOf(1)) });
    expect(await view(upload.id)).toMatchObject({
      state: 'UPLOADING',
      receivedParts: 2,
      receivedBytes: partBytes + 1_000,
    });
    await send(upload.id, 2);
    expect(await view(upload.id)).toMatchObject({ state: 'FINISHING', receivedParts: 3 });

    const position = await complete(upload.id, { sha256: sha256Of(recording) });
    await running.backends.progress.waitFor('ingestion.conversations', position, 20_000);

    expect(await view(upload.id)).toMatchObject({ state: 'RECEIVED', receivedParts: 3, parts: [] });
    const seen = await conversation(upload.id);
    expect(seen).toMatchObject({ title: 'A call', tags: ['demo'], source: 'RECORDING' });
    expect(seen.status).not.toBe('UPLOADING');
    const key = `${workspace.id}/conversations/${upload.id}/recording`;
    expect(await running.backends.objectStore.info(key)).toMatchObject({ sha256: sha256Of(recording) });
    expect((await buffer(await running.backends.objectStore.get(key))).equals(recording)).toBe(true);
    const recorded: unknown[] = [];
    for await (const event of running.backends.eventStore.readStream(streams.conversation(upload.id))) {
      if (event.type === 'RecordingReceived') recorded.push(event.data);
    }
    expect(recorded).toEqual([
      {
        conversationId: upload.id,
        recording: { key, bytes: recording.length, sha256: sha256Of(recording) },
        ...{ fileName: 'call.wav', mediaType: 'audio/wav', hasVideo: false, via: 'UPLOAD' },
      },
    ]);
  });

  it('is the same one for a repeated command, and starts nothing twice', async () => {
    const request = requestBy(workspace.member);
    const first = await start({}, request);
    await send(first.id, 1);
    const again = await start({}, request);
    expect(again).toMatchObject({ id: first.id, receivedParts: 1 });
    expect(await eventsOf(first.id)).toEqual(['ConversationSubmitted', 'UploadStarted']);
    await abort(first.id);
  });

  it('takes the title from the file, and 2,147,483,648 bytes, and refuses one more before any is sent', async () => {
    const largest = await start({ bytes: maximumRecordingBytes, fileName: 'long.mp3' });
    expect(largest).toMatchObject({ bytes: 2_147_483_648, partCount: 128 });
    await eventually(async () => expect(await conversation(largest.id)).toMatchObject({ title: 'long.mp3' }));
    await expect(start({ bytes: maximumRecordingBytes + 1 })).rejects.toMatchObject({
      code: 'FILE_TOO_LARGE',
      message: 'The maximum file size is 2048 MB.',
    });
    await abort(largest.id);
  });

  it.each([
    ['an empty file', { bytes: 0 }, 'NOT_A_RECORDING'],
    ['a negative size', { bytes: -1 }, 'INVALID_INPUT'],
    ['half a byte', { bytes: 0.5 }, 'INVALID_INPUT'],
    ['no name', { fileName: undefined }, 'INVALID_INPUT'],
    ['a checksum that is none', { sha256: 'abc' }, 'INVALID_INPUT'],
    ['an unknown team', { teamId: newId() }, 'UNKNOWN_TEAM'],
    ['an unknown property', { size: 3 }, 'INVALID_INPUT'],
  ])('refuses %s, and leaves nothing', async (_, input, code) => {
    const request = requestBy(workspace.member);
    await expect(start(input, request)).rejects.toMatchObject({ code });
    const { state } = await running.api.get(UploadStreams).load(conversationIdOf(request));
    expect(state).toBeUndefined();
  });

  it('is nobody else’s: not of a colleague, not of another workspace, not of an unknown id', async () => {
    const { id } = await start();
    const other = await running.newWorkspace();
    for (const principal of [workspace.admin, other.member]) {
      await expect(view(id, principal)).rejects.toMatchObject({ code: 'NOT_FOUND' });
      await expect(abort(id, principal)).rejects.toMatchObject({ code: 'NOT_FOUND' });
      await expect(complete(id, {}, requestBy(principal))).rejects.toMatchObject({ code: 'NOT_FOUND' });
      const part = running.api.get(ReceivePart).execute(id, 1, once(sliceOf(1)), undefined, requestBy(principal));
      await expect(part).rejects.toMatchObject({ code: 'NOT_FOUND' });
    }
    for (const unknown of [newId(), 'x', '../x']) {
      await expect(view(unknown)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    }
    await abort(id);
  });

  it('names missing parts, and goes on', async () => {
    const { id } = await start();
    await send(id, 2);
    await expect(complete(id)).rejects.toMatchObject({
      code: 'UPLOAD_INCOMPLETE',
      errors: [{ pointer: '/parts/1' }, { pointer: '/parts/3' }],
    });
    await sendAll(id);
    await complete(id);
    expect(await view(id)).toMatchObject({ state: 'RECEIVED' });
  });

  it('refuses a part whose bytes are not the promised ones, and names a part that is not the one of the sender', async () => {
    const { id } = await start();
    const wrong = Buffer.alloc(partBytes, 7);
    await expect(send(id, 1, wrong, sha256Of(sliceOf(1)))).rejects.toMatchObject({ code: 'CHECKSUM_MISMATCH' });
    expect(await view(id)).toMatchObject({ state: 'PREPARING' });
    await sendAll(id);
    await send(id, 2, wrong);
    const parts = [1, 2, 3].map((number) => ({ number, sha256: sha256Of(sliceOf(number)) }));
    await expect(complete(id, { parts })).rejects.toMatchObject({
      code: 'CHECKSUM_MISMATCH',
      errors: [{ pointer: '/parts/2' }],
    });
    await send(id, 2);
    await complete(id, { parts });
    expect(await view(id)).toMatchObject({ state: 'RECEIVED' });
  });

  it.each(['at its start', 'at its end'])('fails when the whole is not what was promised %s', async (when) => {
    const sha256 = 'ab'.repeat(32);
    const { id } = await start(when === 'at its start' ? { sha256 } : {});
    await sendAll(id);
    await expect(complete(id, when === 'at its end' ? { sha256 } : {})).rejects.toMatchObject({
      code: 'CHECKSUM_MISMATCH',
    });
    expect(await eventsOf(id)).toEqual(['ConversationSubmitted', 'UploadStarted', 'ConversationFailed']);
    expect(await view(id)).toMatchObject({ state: 'REFUSED', failureCode: 'CHECKSUM_MISMATCH' });
    const key = `${workspace.id}/conversations/${id}/recording`;
    await expect(running.backends.objectStore.info(key)).rejects.toMatchObject({ code: 'OBJECT_NOT_FOUND' });
    await expect(send(id, 1)).rejects.toMatchObject({ code: 'UPLOAD_ENDED' });
  });

  it.each([
    ['a PNG', Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex')],
    ['a PDF', Buffer.from('%PDF-1.7\n')],
    ['a zip', Buffer.from('504b0304140000000800', 'hex')],
    ['a playlist', Buffer.from('ffconcat version 1.0\nfile other.wav\n')],
    ['words', Buffer.from('only words')],
  ])('refuses %s renamed .mp3 by its bytes, and keeps nothing of it', async (_, head) => {
    const body = Buffer.concat([head, Buffer.alloc(3_000)]);
    const { id } = await start({ fileName: 'call.mp3', contentType: 'audio/mpeg', bytes: body.length });
    await send(id, 1, body);
    await expect(complete(id)).rejects.toMatchObject({
      code: 'NOT_A_RECORDING',
      message: 'Please upload an audio or video file.',
    });
    expect(await view(id)).toMatchObject({ state: 'REFUSED', failureCode: 'NOT_A_RECORDING' });
    const key = `${workspace.id}/conversations/${id}/recording`;
    await expect(running.backends.objectStore.info(key)).rejects.toMatchObject({ code: 'OBJECT_NOT_FOUND' });
    await expect(complete(id)).rejects.toMatchObject({ code: 'UPLOAD_ENDED' });
  });

  it('is completed once, however often and by however many at once', async () => {
    const { id } = await start();
    await sendAll(id);
    await Promise.all([complete(id), complete(id), complete(id)]);
    await complete(id, { sha256: sha256Of(recording) });
    expect((await eventsOf(id)).filter((type) => type === 'RecordingReceived')).toHaveLength(1);
    await expect(send(id, 1)).rejects.toMatchObject({ code: 'UPLOAD_ENDED' });
    await expect(abort(id)).rejects.toMatchObject({ code: 'UPLOAD_ENDED' });
  });

  it('is completed after a crash between the store and the log', async () => {
    const { id } = await start();
    await sendAll(id);
    await running.backends.objectStore.completeUpload(await storeUpload(id));
    expect(await view(id)).toMatchObject({ state: 'FINISHING' });
    await complete(id, { sha256: sha256Of(recording) });
    expect(await view(id)).toMatchObject({ state: 'RECEIVED' });
  });

  it('is gone once it is aborted, with its conversation and its parts', async () => {
    const { id } = await start();
    await send(id, 1);
    const stored = await storeUpload(id);
    await abort(id);
    await expect(view(id)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(abort(id)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(running.backends.objectStore.listParts(stored)).rejects.toMatchObject({ code: 'UPLOAD_NOT_FOUND' });
    await eventually(() => expect(conversation(id)).rejects.toMatchObject({ code: 'NOT_FOUND' }));
  });

  it('is given up when its time is over, and not a moment before', async () => {
    const { id, expiresAt } = await start();
    await send(id, 1);
    const stored = await storeUpload(id);
    const { eventStore, objectStore } = running.backends;
    const expireAt = (now: number): Promise<void> =>
      new ExpireUploadJob(new UploadStreams(eventStore), objectStore, { now: () => new Date(now) }).run(
        { conversationId: id },
        {
          ...{ workspaceId: workspace.id, correlationId: 'c', attempt: 1, lastAttempt: false },
          signal: new AbortController().signal,
        },
      );
    await expireAt(Date.parse(expiresAt) - 1);
    expect(await view(id)).toMatchObject({ state: 'UPLOADING' });
    await expireAt(Date.parse(expiresAt));
    await expireAt(Date.parse(expiresAt) + uploadLifetimeMs);
    expect(await view(id)).toMatchObject({ state: 'EXPIRED', parts: [] });
    await expect(complete(id)).rejects.toMatchObject({ code: 'UPLOAD_EXPIRED' });
    await expect(send(id, 1)).rejects.toMatchObject({ code: 'UPLOAD_EXPIRED' });
    await expect(objectStore.listParts(stored)).rejects.toMatchObject({ code: 'UPLOAD_NOT_FOUND' });
    expect(await eventsOf(id)).toEqual([
      ...['ConversationSubmitted', 'UploadStarted', 'UploadAborted', 'ConversationFailed'],
    ]);
    await eventually(async () =>
      expect(await conversation(id)).toMatchObject({ status: 'FAILED', failure: { code: 'UPLOAD_EXPIRED' } }),
    );
  });

  it('has a job that will give it up', async () => {
    const { id, expiresAt } = await start();
    await eventually(async () => {
      const { rows } = await running.backends.database.worker.query<{ run_at: Date }>(
        `select run_at from graphile_worker._private_jobs where payload -> 'payload' ->> 'conversationId' = $1`,
        [id],
      );
      expect(rows.map(({ run_at }) => run_at.toISOString())).toEqual([expiresAt]);
    });
    await abort(id);
  });
});
