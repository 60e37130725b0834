import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { Agent, request, type IncomingMessage } from 'node:http';
import { text } from 'node:stream/consumers';
import { send, type Access, type Answer } from './api.js';

/** An upload as the public API shows it. */
export interface Upload {
  readonly id: string;
  readonly state: string;
  readonly partBytes: number;
  readonly receivedParts: number;
  readonly parts: readonly { number: number; bytes: number; received: boolean; sha256: string | null; url: string }[];
}

export const sha256Of = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
export const digestOf = (bytes: Uint8Array): string =>
  `sha-256=:${createHash('sha256').update(bytes).digest('base64')}:`;

export async function startUpload(access: Access, bytes: number, more: object = {}): Promise<Upload> {
  const { status, body } = await send(access, 'POST', '/v1/uploads', { fileName: 'call.wav', bytes, ...more });
  if (status !== 201) throw new Error(JSON.stringify(body));
  return body as Upload;
}

export const getUpload = async (access: Access, id: string): Promise<Upload> =>
  (await send(access, 'GET', `/v1/uploads/${id}`)).body as Upload;

export const completeUpload = (access: Access, id: string, body: object = {}): Promise<Answer> =>
  send(access, 'POST', `/v1/uploads/${id}/complete`, body);

export const partOf = (body: Buffer, { partBytes }: Pick<Upload, 'partBytes'>, number: number): Buffer =>
  body.subarray((number - 1) * partBytes, number * partBytes);

/** Sends a part to its address, whoever takes it there, on a line of its own. */
export async function putPart(access: Access, url: string, bytes: Buffer, digest?: string): Promise<Reply> {
  const isOurs = url.startsWith('/');
  const headers = { ...(isOurs && access.headers), ...(digest && { 'Content-Digest': digest }) };
  const options = {
    method: 'PUT',
    agent: new Agent({ keepAlive: true }),
    headers: { ...headers, 'Content-Length': bytes.length },
  };
  const outgoing = request(isOurs ? access.url + url : url, options);
  const answered = once(outgoing, 'response') as Promise<[IncomingMessage]>;
  outgoing.end(bytes);
  return replyOf(await answered);
}

export interface Reply {
  readonly status: number | undefined;
  readonly body: unknown;
}

async function replyOf([response]: [IncomingMessage]): Promise<Reply> {
  const body = await text(response);
  return { status: response.statusCode, body: body.startsWith('{') ? JSON.parse(body) : body };
}

/** Announces a part, sends so many bytes of it and cuts the line, or lets something else do so. */
export async function cutPart(
  access: Access,
  url: string,
  bytes: Buffer,
  sent: number,
  cut?: () => Promise<void>,
): Promise<void> {
  const headers = { ...access.headers, 'Content-Length': bytes.length };
  const outgoing = request(access.url + url, { method: 'PUT', headers });
  outgoing.on('error', () => undefined);
  await new Promise<void>((resolve) => outgoing.write(bytes.subarray(0, sent), () => resolve()));
  await cut?.();
  outgoing.destroy();
}

/** Sends a body as it comes, and gives back the answer. */
export async function post(
  access: Access,
  path: string,
  headers: Record<string, string>,
  body: AsyncIterable<Buffer>,
): Promise<Reply> {
  const options = { method: 'POST', agent: new Agent({ keepAlive: true }), headers: { ...access.headers, ...headers } };
  const outgoing = request(access.url + path, options);
  const answered = once(outgoing, 'response') as Promise<[IncomingMessage]>;
  for await (const chunk of body) if (!outgoing.write(chunk)) await once(outgoing, 'drain');
  outgoing.end();
  return replyOf(await answered);
}
