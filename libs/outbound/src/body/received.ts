import type { IncomingMessage } from 'node:http';
import { interrupted } from '../http/failures.js';
import { RestOfFile, type Resuming } from './rest-of-file.js';

export interface Receiving {
  /** Without a single byte. */
  readonly idleMs: number;
  readonly signal: AbortSignal;
}

/**
 * The body as it comes over one connection.
 * @throws HarmonyError URL_UNAVAILABLE when it ends too early or is silent for too long
 */
export async function* received(message: IncomingMessage, { idleMs, signal }: Receiving): AsyncGenerator<Buffer> {
  message.setTimeout(idleMs, () => message.destroy(new Error(`No byte within ${idleMs} ms.`)));
  try {
    for await (const chunk of message) yield chunk as Buffer;
  } catch (error) {
    signal.throwIfAborted();
    throw interrupted('The connection broke before the end.', error);
  }
}

/** The body over as many connections as it takes. @throws HarmonyError URL_UNAVAILABLE when it cannot be had whole */
export async function* resumed(first: IncomingMessage, resuming: Receiving & Resuming): AsyncGenerator<Buffer> {
  const rest = new RestOfFile(first.headers, resuming);
  let message = first;
  let offset = 0;
  for (;;) {
    try {
      for await (const chunk of received(message, resuming)) {
        offset += chunk.length;
        yield chunk;
      }
      return;
    } catch (error) {
      message = await rest.after(error, offset);
    }
  }
}
