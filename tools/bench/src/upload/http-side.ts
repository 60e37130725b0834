import { once } from 'node:events';
import { request, type IncomingMessage } from 'node:http';
import { text } from 'node:stream/consumers';
import { z } from 'zod';
import { assertSame } from '../harness/bench.js';
import type { RunningHarmony } from '../harness/harmony.js';
import { sourceParts } from './source-file.js';

const uploadSchema = z.object({ id: z.string(), parts: z.array(z.object({ url: z.string() })) });

/** Sends a recording in parts through the public API. */
export async function sendInParts(harmony: RunningHarmony, bytes: number, seed: number): Promise<void> {
  const file = JSON.stringify({ fileName: 'bench.mp3', bytes });
  const started = await send(harmony, 'POST', '/v1/uploads', 'application/json', [Buffer.from(file)]);
  assertSame('starting an upload', started.status, 201);
  const { id, parts } = uploadSchema.parse(JSON.parse(started.body));
  let index = 0;
  for (const part of sourceParts(bytes, seed)) {
    const { status } = await send(harmony, 'PUT', parts[index]?.url ?? '', 'application/octet-stream', [part]);
    assertSame('sending a part', status, 200);
    index += 1;
  }
  const { status } = await send(harmony, 'POST', `/v1/uploads/${id}/complete`, 'application/json', [Buffer.from('{}')]);
  assertSame('completing an upload', status, 200);
}

/** Sends a recording in one form through the public API. */
export async function sendInForm(harmony: RunningHarmony, bytes: number, seed: number): Promise<void> {
  const form = function* (): Generator<Buffer> {
    yield Buffer.from('--line\r\nContent-Disposition: form-data; name="file"; filename="bench.mp3"\r\n\r\n');
    yield* sourceParts(bytes, seed);
    yield Buffer.from('\r\n--line--\r\n');
  };
  const type = 'multipart/form-data; boundary=line';
  const { status } = await send(harmony, 'POST', '/v1/conversations/upload', type, form());
  assertSame('sending a form', status, 202);
}

async function send(
  { url, apiKey }: RunningHarmony,
  method: string,
  path: string,
  contentType: string,
  body: Iterable<Buffer>,
): Promise<{ readonly status: number | undefined; readonly body: string }> {
  const headers = { 'X-API-Key': apiKey, 'Content-Type': contentType };
  const outgoing = request(url + path, { method, headers });
  const answered = once(outgoing, 'response') as Promise<[IncomingMessage]>;
  for (const piece of body) if (!outgoing.write(piece)) await once(outgoing, 'drain');
  outgoing.end();
  const [response] = await answered;
  return { status: response.statusCode, body: await text(response) };
}
