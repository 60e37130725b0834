import { request as requestHttp, type IncomingMessage } from 'node:http';
import { request as requestHttps } from 'node:https';
import type { CheckedUrl } from '../address/address-guard.js';
import { interrupted } from './failures.js';

export interface OutboundRequest {
  readonly method?: 'GET' | 'HEAD' | 'POST';
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Uint8Array;
}

const maximumHeaderBytes = 16 * 1024;

const ownHeaders = { 'user-agent': 'Harmony', accept: '*/*', 'accept-encoding': 'identity' };

/**
 * One request over a connection of its own to a checked address, up to the end of the answer's headers. No proxy, no
 * cookies, and no connection that something else opened. An abort ends the body too.
 * @throws HarmonyError URL_UNAVAILABLE; what `signal` was aborted with
 */
export async function exchange(
  { url, lookup }: CheckedUrl,
  { method = 'GET', headers, body }: OutboundRequest,
  { headMs, signal }: { readonly headMs: number; readonly signal: AbortSignal },
): Promise<IncomingMessage> {
  signal.throwIfAborted();
  const send = url.protocol === 'https:' ? requestHttps : requestHttp;
  const length = body && { 'content-length': String(body.length) };
  const outgoing = send(url, {
    method,
    lookup,
    agent: false,
    maxHeaderSize: maximumHeaderBytes,
    headers: { ...ownHeaders, ...headers, ...length },
  });
  const stop = new Error('The time for the answer is over.');
  let message: IncomingMessage | undefined;
  const abort = (): void => void (message ?? outgoing).destroy(stop);
  const timer = setTimeout(abort, headMs);
  signal.addEventListener('abort', abort, { once: true });
  outgoing.once('close', () => signal.removeEventListener('abort', abort));
  try {
    message = await new Promise<IncomingMessage>((resolve, reject) => {
      outgoing.once('response', resolve);
      outgoing.on('error', reject);
      outgoing.once('close', () => reject(new Error('The connection was closed without an answer.')));
      outgoing.end(body);
    });
    // Seen by whoever reads the body, and by nobody else when nobody does.
    message.on('error', () => undefined);
    return message;
  } catch (error) {
    signal.throwIfAborted();
    throw interrupted('The server cannot be reached.', error);
  } finally {
    clearTimeout(timer);
  }
}
