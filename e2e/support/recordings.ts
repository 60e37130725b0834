import { Media } from '@harmony/media';
import { eventually } from '@harmony/testing';
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { graphql, type Access, type Answer } from './api.js';

/** A recording made by ffmpeg, from what `lavfi` calls a source. */
export async function recorded(name: string, source: string, ...codec: readonly string[]): Promise<Buffer> {
  const { path } = await new Media().ffmpeg();
  const folder = await mkdtemp(join(tmpdir(), 'harmony-recorded-'));
  try {
    const file = join(folder, name);
    await promisify(execFile)(path, ['-v', 'error', '-y', '-f', 'lavfi', '-i', source, ...codec, file]);
    return await readFile(file);
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** Sends a recording in one request. */
export async function upload(access: Access, fileName: string, bytes: Uint8Array<ArrayBuffer>): Promise<Answer> {
  const form = new FormData();
  form.append('file', new File([bytes], fileName, { type: 'audio/mpeg' }));
  const { url, headers } = access;
  const response = await fetch(`${url}/v1/conversations/upload`, { method: 'POST', headers, body: form });
  return { status: response.status, headers: response.headers, body: await response.json() };
}

export interface UploadedConversation {
  readonly status: string;
  readonly failure: { readonly stage: string; readonly code: string } | null;
  readonly recording: {
    readonly durationMs: number;
    readonly channels: number;
    readonly mediaType: string;
    readonly url: string;
    readonly peaksUrl: string;
  } | null;
}

const document = `query ($id: ID!) { conversation(id: $id) {
  status failure { stage code } recording { durationMs channels mediaType url peaksUrl } } }`;

export async function conversationOf(access: Access, id: string): Promise<UploadedConversation> {
  const { data, errors } = await graphql(access, document, { id });
  if (!data) throw new Error(JSON.stringify(errors));
  return data['conversation'] as UploadedConversation;
}

/** Waits until there is something to listen to, or the conversation has failed. */
export const prepared = (access: Access, id: string): Promise<UploadedConversation> =>
  eventually(
    async () => {
      const conversation = await conversationOf(access, id);
      if (!conversation.recording && conversation.status !== 'FAILED') throw new Error(`still ${conversation.status}`);
      return conversation;
    },
    { withinMs: 60_000 },
  );
