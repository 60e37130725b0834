import type { Directory, Principal } from '@harmony/access';
import { builtInRoles, streams } from '@harmony/contracts';
import { eventsFrom, fact, newId, systemClock } from '@harmony/kernel';
import { FolderObjectStore } from '@harmony/object-store';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ConversationStreams } from '../streams/conversation-streams.js';
import { MemoryStreams } from '@harmony/event-store/testing';
import { RecordSubmission } from './record-submission.js';
import type { SubmissionForm } from './submission.js';

const [workspaceId, userId, teamId, contactId] = [newId(), newId(), newId(), newId()];
const permissions = new Set(builtInRoles.user.permissions);
const principal: Principal = {
  ...{ kind: 'USER', id: userId, userId, workspaceId, roleId: builtInRoles.user.id, permissions, teamIds: [teamId] },
};
/** As the real one: it compares ids and not their letters. */
const directory = {
  teamExists: async (_: string, id: string) => id.toLowerCase() === teamId,
  contactExists: async (_: string, id: string) => id.toLowerCase() === contactId,
  userExists: async (_: string, id: string) => id.toLowerCase() === userId,
  customFields: async () => [],
} as Partial<Directory> as Directory;

let folder: string;
let objects: FolderObjectStore;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'harmony-submission-'));
  objects = await FolderObjectStore.open(folder);
});
afterAll(() => rm(folder, { recursive: true }));

let store: MemoryStreams;
beforeEach(() => {
  store = new MemoryStreams();
});

const submit = (conversationId: string, form: SubmissionForm = {}) => {
  const content = { name: 'transcript.txt', bytes: Buffer.from('Ann: Hello'), contentType: 'text/plain' };
  const wanted = { conversationId, source: 'TEXT', form, title: 'Call', content } as const;
  const request = { principal, correlationId: 'request', commandId: newId() };
  return new RecordSubmission(new ConversationStreams(store), objects, directory, systemClock).execute(wanted, request);
};

describe('a conversation that was submitted and deleted', () => {
  it('is not acknowledged again, whether it is still being erased or gone', async () => {
    const conversationId = newId();
    const { status } = await submit(conversationId);
    expect([status, (await submit(conversationId)).status]).toEqual(['QUEUED', 'QUEUED']);
    const stream = streams.conversation(conversationId);
    const actor = { kind: 'SYSTEM', id: 'test' } as const;
    const cause = {
      workspaceId,
      correlationId: 'c',
      causationId: newId(),
      actor,
      occurredAt: new Date().toISOString(),
    };
    const deleted = fact('ConversationDeleted', { conversationId, transcripts: [] });
    await store.append(stream, eventsFrom(cause, stream, [deleted]), 0);
    await expect(submit(conversationId)).rejects.toMatchObject({ code: 'STREAM_DELETED' });
    store.deleted = true;
    await expect(submit(conversationId)).rejects.toMatchObject({ code: 'STREAM_DELETED' });
  });
});

describe('what a submission points at', () => {
  it('is recorded in one spelling, since whoever may see it is decided by equal ids', async () => {
    await submit(newId(), {
      teamId: teamId.toUpperCase(),
      contactId: contactId.toUpperCase(),
      ownerId: userId.toUpperCase(),
    });
    expect(store.recorded[0]?.data).toMatchObject({ teamId, contactId, ownerId: userId });
  });
});
