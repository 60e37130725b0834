import { streams } from '@harmony/contracts';
import { eventsFrom, fact, newId } from '@harmony/kernel';
import { FolderObjectStore } from '@harmony/object-store';
import { wavOf } from '@harmony/testing';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MemoryStreams } from '@harmony/event-store/testing';
import { ExpireUploadJob } from './expire-upload.job.js';
import { recordingKey } from './recording-limits.js';
import { recordingContentType, UploadStreams } from './upload-streams.js';

let folder: string;
let objects: FolderObjectStore;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'harmony-expired-upload-'));
  objects = await FolderObjectStore.open(folder);
});
afterAll(() => rm(folder, { recursive: true }));

it('an upload that expires leaves no recording, also where the process died between the store and the log', async () => {
  const [workspaceId, conversationId, userId] = [newId(), newId(), newId()];
  const store = new MemoryStreams();
  const recording = wavOf(2_000);
  const key = recordingKey(workspaceId, conversationId);
  const sizes = { bytes: recording.length, partBytes: recording.length };
  const upload = await objects.startUpload({ key, contentType: recordingContentType, ...sizes });
  await objects.putPart(upload, 1, recording);
  await objects.completeUpload(upload);
  const actor = { kind: 'USER', id: userId } as const;
  const cause = { workspaceId, correlationId: 'c', causationId: newId(), actor, occurredAt: new Date().toISOString() };
  const people = { teamId: null, contactId: null, ownerId: userId, createdBy: userId };
  const form = { title: 'Call', medium: 'CALL', tags: [], customFields: {}, ...people } as const;
  const stream = streams.conversation(conversationId);
  const facts = [
    fact('ConversationSubmitted', { conversationId, source: 'RECORDING', content: null, ...form, tags: [] }),
    fact('UploadStarted', {
      ...{ conversationId, fileName: 'call.wav', declaredType: null, key, storeUploadId: upload.id, ...sizes },
      ...{ partCount: 1, sha256: null, expiresAt: '2026-01-02T00:00:00.000Z' },
    }),
  ];
  await store.append(stream, eventsFrom(cause, stream, facts), 'none');
  const job = new ExpireUploadJob(new UploadStreams(store), objects, { now: () => new Date('2026-01-02T00:00:01Z') });
  const signal = new AbortController().signal;
  await job.run({ conversationId }, { workspaceId, correlationId: 'c', attempt: 1, lastAttempt: false, signal });
  expect(store.recorded.map(({ type }) => type).slice(2)).toEqual(['UploadAborted', 'ConversationFailed']);
  await expect(objects.info(key)).rejects.toMatchObject({ code: 'OBJECT_NOT_FOUND' });
});
