import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import { text } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import { urlToHttpOptions } from 'node:url';
import { requestWithTimeout } from './s3-client.js';

/**
 * Puts a body of known length to a signed address as it comes, without gathering it. The store is asked first whether it
 * wants the bytes. A body that breaks off, or is refused at its end, is never whole for the store.
 * @throws what S3 answers, as an error with its code
 */
export async function putToUrl(
  address: string,
  body: AsyncIterable<Buffer>,
  bytes: number,
  idleTimeoutMs?: number,
): Promise<void> {
  const url = new URL(address);
  const headers = { 'content-length': bytes, expect: '100-continue' };
  const request = requestWithTimeout(url, idleTimeoutMs)({ ...urlToHttpOptions(url), method: 'PUT', headers });
  const answered = once(request, 'response') as Promise<[IncomingMessage]>;
  const wanted = once(request, 'continue').then(() => true);
  wanted.catch(() => undefined);
  try {
    const goOn = await Promise.race([wanted, answered.then(() => false)]);
    if (goOn) await Promise.all([pipeline(lastWhenSure(body), request), answered]);
    const [response] = await answered;
    const reply = await text(response);
    if (response.statusCode !== 200) throw replyError(reply);
  } finally {
    answered.catch(() => undefined);
    request.destroy();
  }
}

/** Keeps the last piece back until the body has ended well, since only then its digest is known. */
async function* lastWhenSure(body: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let held: Buffer | undefined;
  for await (const chunk of body) {
    if (held) yield held;
    held = chunk;
  }
  if (held) yield held;
}

function replyError(reply: string): Error {
  const code = /<Code>([^<]+)<\/Code>/.exec(reply)?.[1];
  return Object.assign(new Error('The object store refused a part.'), code && { code });
}
