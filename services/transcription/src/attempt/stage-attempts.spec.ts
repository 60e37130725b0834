import { HarmonyError, streams } from '@harmony/contracts';
import { eventsFrom, fact, newId, systemClock } from '@harmony/kernel';
import { FolderObjectStore } from '@harmony/object-store';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { TranscriptionStreams } from '../streams/transcription-streams.js';
import { MemoryStreams } from '@harmony/event-store/testing';
import { StageAttempts } from './stage-attempts.js';

let folder: string;
let objects: FolderObjectStore;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'harmony-attempts-'));
  objects = await FolderObjectStore.open(folder);
});
afterAll(() => rm(folder, { recursive: true }));

it('people who keep changing a conversation make its transcription try again, and never fail', async () => {
  const [workspaceId, conversationId] = [newId(), newId()];
  const store = new MemoryStreams();
  const stream = streams.conversation(conversationId);
  const actor = { kind: 'SYSTEM', id: 'test' } as const;
  const cause = { workspaceId, correlationId: 'c', causationId: newId(), actor, occurredAt: new Date().toISOString() };
  const people = { teamId: null, contactId: null, ownerId: workspaceId, createdBy: workspaceId };
  const form = { title: 'Call', medium: 'CALL', tags: [], customFields: {}, ...people } as const;
  const recording = {
    key: `${workspaceId}/conversations/${conversationId}/recording`,
    bytes: 1,
    sha256: 'a'.repeat(64),
  };
  const facts = [
    fact('ConversationSubmitted', { conversationId, source: 'RECORDING', content: null, ...form, tags: [] }),
    fact('RecordingReceived', {
      ...{ conversationId, recording, fileName: null, mediaType: 'audio/wav', hasVideo: false, via: 'UPLOAD' },
    }),
  ];
  await store.append(stream, eventsFrom(cause, stream, facts), 'none');
  const attempts = new StageAttempts(new TranscriptionStreams(store), objects, systemClock);
  const signal = new AbortController().signal;
  const context = { workspaceId, correlationId: 'c', attempt: 1, lastAttempt: false, signal };
  const work = async (): Promise<void> => {
    throw new HarmonyError('WRONG_EXPECTED_REVISION');
  };
  await expect(attempts.run(conversationId, 'PREPARE', context, work)).rejects.toMatchObject({
    code: 'WRONG_EXPECTED_REVISION',
  });
  expect(store.recorded.map(({ type }) => type).slice(2)).toEqual(['StageStarted', 'StageAttemptFailed']);
});
