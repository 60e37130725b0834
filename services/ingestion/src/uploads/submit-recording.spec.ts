import type { Principal } from '@harmony/access';
import { builtInRoles } from '@harmony/contracts';
import { newId } from '@harmony/kernel';
import { Media } from '@harmony/media';
import { FolderObjectStore } from '@harmony/object-store';
import { wavOf } from '@harmony/testing';
import { afterAll, beforeAll, expect, it, jest } from '@jest/globals';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, request as httpRequest } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ConversationStreams } from '../streams/conversation-streams.js';
import type { RecordSubmission } from '../submit-conversation/record-submission.js';
import { MemoryStreams } from '@harmony/event-store/testing';
import { RecogniseRecording } from './recognise-recording.js';
import { SubmitRecording } from './submit-recording.js';

jest.setTimeout(20_000);

let folder: string;
let objects: FolderObjectStore;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'harmony-form-'));
  objects = await FolderObjectStore.open(folder);
});
afterAll(() => rm(folder, { recursive: true }));

const [userId, workspaceId] = [newId(), newId()];
const permissions = new Set(builtInRoles.user.permissions);
const principal: Principal = {
  ...{ kind: 'USER', id: userId, userId, workspaceId, roleId: builtInRoles.user.id, permissions, teamIds: [] },
};

it('a form whose line is cut after its file leaves no file', async () => {
  const never = { execute: () => Promise.reject(new Error('Nothing was submitted.')) } as Partial<RecordSubmission>;
  const streams = new ConversationStreams(new MemoryStreams());
  const recognition = new RecogniseRecording(objects, new Media());
  const submission = new SubmitRecording(streams, never as RecordSubmission, recognition, objects);
  const keys = async (): Promise<string[]> => {
    const found: string[] = [];
    for await (const key of objects.list(`${workspaceId}/`)) found.push(key);
    return found;
  };
  let cut: () => void = () => undefined;
  const put = objects.put.bind(objects);
  objects.put = async (...given) => {
    const info = await put(...given);
    cut();
    return info;
  };
  const outcome = new Promise<unknown>((resolve) => {
    const server = createServer((body) => {
      server.close();
      const request = { principal, correlationId: 'request', commandId: newId() };
      submission.execute(body, request).catch(async (error: unknown) => resolve([error, await keys()]));
    });
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      const headers = { 'content-type': 'multipart/form-data; boundary=cut', 'content-length': 1_000_000 };
      const sending = httpRequest({ port, host: '127.0.0.1', method: 'POST', headers });
      sending.on('error', () => undefined);
      cut = () => void sending.destroy();
      sending.write('--cut\r\ncontent-disposition: form-data; name="file"; filename="a.wav"\r\n\r\n');
      sending.write(wavOf(2_000));
      sending.write('\r\n--cut\r\ncontent-disposition: form-data; name="title"\r\n\r\nA ti');
    });
  });
  expect(await outcome).toEqual([expect.objectContaining({ code: 'ECONNRESET' }), []]);
});
