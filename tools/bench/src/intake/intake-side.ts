import { eventually } from '@harmony/testing';
import { FolderObjectStore } from '@harmony/object-store';
import { createHash } from 'node:crypto';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { assertSame, WrongResult } from '../harness/bench.js';
import type { RunningHarmony } from '../harness/harmony.js';
import type { Sample } from './sample.js';

const uploadSchema = z.object({
  id: z.uuid(),
  partBytes: z.int(),
  parts: z.array(z.object({ number: z.int(), bytes: z.int(), url: z.string() })),
});
type Upload = z.output<typeof uploadSchema>;

const conversationSchema = z.object({
  status: z.string(),
  failure: z.object({ code: z.string() }).nullable(),
  recording: z.object({ durationMs: z.number() }).nullable(),
});

const partsAtOnce = 2;

/** Uploads the recording in parts and waits until it can be played and transcribed. Gives the seconds and the id. */
export async function takeIn(harmony: RunningHarmony, sample: Sample): Promise<{ seconds: number; id: string }> {
  const start = performance.now();
  const upload = uploadSchema.parse(
    await call(harmony, 'POST', '/v1/uploads', { fileName: 'hour.mp3', bytes: sample.bytes }),
  );
  await sendParts(harmony, sample, upload);
  await call(harmony, 'POST', `/v1/uploads/${upload.id}/complete`, { sha256: sample.sha256 });
  await eventually(() => requirePrepared(harmony, upload.id), { withinMs: 300_000, everyMs: 20 });
  return { seconds: (performance.now() - start) / 1_000, id: upload.id };
}

async function sendParts(harmony: RunningHarmony, { path }: Sample, { parts, partBytes }: Upload): Promise<void> {
  const file = await open(path);
  const waiting = [...parts];
  const sendNext = async (): Promise<void> => {
    for (let part = waiting.shift(); part; part = waiting.shift()) {
      const bytes = Buffer.alloc(part.bytes);
      await file.read(bytes, 0, bytes.length, (part.number - 1) * partBytes);
      const url = new URL(part.url, harmony.url);
      const response = await fetch(url, { method: 'PUT', headers: { 'X-API-Key': harmony.apiKey }, body: bytes });
      if (!response.ok) throw new WrongResult(`A part was answered ${response.status}: ${await response.text()}`);
    }
  };
  try {
    await Promise.all(Array.from({ length: partsAtOnce }, sendNext));
  } finally {
    await file.close();
  }
}

async function requirePrepared(harmony: RunningHarmony, id: string): Promise<void> {
  const answer = await call(harmony, 'GET', `/v1/conversations/${id}`);
  const { recording, status, failure } = conversationSchema.parse(answer);
  if (!recording) throw new WrongResult(`The recording is not prepared: ${status} ${failure?.code ?? ''}`);
}

async function call({ url, apiKey }: RunningHarmony, method: string, path: string, body?: unknown): Promise<unknown> {
  const headers = { 'X-API-Key': apiKey, ...(body !== undefined && { 'Content-Type': 'application/json' }) };
  const response = await fetch(`${url}${path}`, {
    method,
    headers,
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  if (!response.ok) throw new WrongResult(`${path} was answered ${response.status}: ${await response.text()}`);
  return response.json();
}

const wavHeaderBytes = 44;

/** What was stored is the source, and the sound is what bare ffmpeg makes of it. @throws WrongResult */
export async function checkStored(dataDirectory: string, id: string, sample: Sample): Promise<void> {
  const objects = await FolderObjectStore.open(join(dataDirectory, 'objects'));
  for await (const key of objects.list('')) {
    if (!key.includes(id)) continue;
    if (key.endsWith('/recording'))
      assertSame('sha256 of the recording', (await objects.info(key)).sha256, sample.sha256);
    if (!key.endsWith('.wav')) continue;
    const hash = createHash('sha256');
    for await (const piece of await objects.get(key, { start: wavHeaderBytes, end: Number.MAX_SAFE_INTEGER })) {
      hash.update(piece as Buffer);
    }
    assertSame('sha256 of the sound', hash.digest('hex'), sample.pcmSha256);
  }
}
