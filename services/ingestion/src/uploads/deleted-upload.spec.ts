import type { Principal } from '@harmony/access';
import { builtInRoles, streams } from '@harmony/contracts';
import { eventsFrom, fact, newId, systemClock } from '@harmony/kernel';
import { FolderObjectStore } from '@harmony/object-store';
import { wavOf } from '@harmony/testing';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MemoryStreams } from '@harmony/event-store/testing';
import { CompleteUpload } from './complete-upload.js';
import type { RecogniseRecording } from './recognise-recording.js';
import { recordingKey } from './recording-limits.js';
import { recordingContentType, UploadStreams } from './upload-streams.js';

let folder: string;
let objects: FolderObjectStore;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'harmony-deleted-upload-'));
  objects = await FolderObjectStore.open(folder);
});
afterAll(() => rm(folder, { recursive: true }));

const workspaceId = newId();
const userId = newId();
const permissions = new Set(builtInRoles.user.permissions);
const principal: Principal = {
  ...{ kind: 'USER', id: userId, userId, workspaceId, roleId: builtInRoles.user.id, permissions, teamIds: [] },
};
const recording = wavOf(2_000);

/** An upload whose parts have all arrived. */
async function arrived(store: MemoryStreams): Promise<string> {
  const conversationId = newId();
  const key = recordingKey(workspaceId, conversationId);
  const sizes = { bytes: recording.length, partBytes: recording.length };
  const upload = await objects.startUpload({ key, contentType: recordingContentType, ...sizes });
  await objects.putPart(upload, 1, recording);
  const actor = { kind: 'USER', id: userId } as const;
  const cause = { workspaceId, correlationId: 'c', causationId: newId(), actor, occurredAt: new Date().toISOString() };
  const stream = streams.conversation(conversationId);
  const people = { teamId: null, contactId: null, ownerId: userId, createdBy: userId };
  const form = { title: 'Call', medium: 'CALL', tags: [], customFields: {}, ...people } as const;
  const facts = [
    fact('ConversationSubmitted', { conversationId, source: 'RECORDING', content: null, ...form, tags: [] }),
    fact('UploadStarted', {
      ...{ conversationId, fileName: 'call.wav', declaredType: null, key, storeUploadId: upload.id, ...sizes },
      ...{ partCount: 1, sha256: null, expiresAt: new Date(Date.now() + 3_600_000).toISOString() },
    }),
  ];
  await store.append(stream, eventsFrom(cause, stream, facts), 'none');
  return conversationId;
}

it('an upload whose conversation is erased while it is completed leaves no recording, and is NOT_FOUND', async () => {
  const store = new MemoryStreams();
  const id = await arrived(store);
  const erasing: Pick<RecogniseRecording, 'inObject'> = {
    inObject: async () => {
      store.deleted = true;
      return { mediaType: 'audio/wav', hasVideo: false };
    },
  };
  const uploads = new UploadStreams(store);
  const completing = new CompleteUpload(uploads, erasing as RecogniseRecording, objects, systemClock);
  const request = { principal, correlationId: 'request', commandId: newId() };
  await expect(completing.execute(id, {}, request)).rejects.toMatchObject({ code: 'NOT_FOUND' });
  await expect(objects.info(recordingKey(workspaceId, id))).rejects.toMatchObject({ code: 'OBJECT_NOT_FOUND' });
});
