import type { ServerResponse } from 'node:http';
import { z } from 'zod';
import { sendChunk, startStream } from './completion.js';

/** What goes wrong with one request. */
export type ModelFault =
  | { readonly kind: 'status'; readonly status: number; readonly retryAfterSeconds?: number; readonly body?: string }
  /** The connection breaks in the middle of the answer. */
  | { readonly kind: 'cut' }
  /** The answer ends in the middle as if that were all. */
  | { readonly kind: 'breaks-off' }
  /** Nothing comes, and the connection stays. */
  | { readonly kind: 'silence' }
  /** This text is the answer. */
  | { readonly kind: 'content'; readonly content: string }
  /** The answer, with words as evidence that nobody said. */
  | { readonly kind: 'invented-quote' };

/** Faults that change what is answered, and not how. */
export function distorted(content: string, fault: ModelFault | undefined): string {
  if (fault?.kind === 'content') return fault.content;
  return fault?.kind === 'invented-quote' ? withInventedQuotes(content) : content;
}

const quoted = z.looseObject({ evidence: z.array(z.looseObject({ quote: z.string() })) });

function withInventedQuotes(content: string): string {
  const reply = quoted.safeParse(JSON.parse(content));
  if (!reply.success) return content;
  const quote = 'Zanzibar fluctuates beneath our unwritten hexagons.';
  return JSON.stringify({ ...reply.data, evidence: reply.data.evidence.map((one) => ({ ...one, quote })) });
}

/** Lets a request fail; false for a fault that is no failure of the connection. */
export function fail(response: ServerResponse, fault: ModelFault | undefined): boolean {
  switch (fault?.kind) {
    case 'status': {
      const { status, retryAfterSeconds, body = '{"error":{"message":"as asked"}}' } = fault;
      const retryAfter = retryAfterSeconds === undefined ? {} : { 'retry-after': String(retryAfterSeconds) };
      response.writeHead(status, { 'content-type': 'application/json', ...retryAfter }).end(body);
      return true;
    }
    case 'cut':
      startStream(response);
      sendChunk(response, { delta: { role: 'assistant', content: '{"evid' } });
      setImmediate(() => response.destroy());
      return true;
    case 'breaks-off':
      startStream(response);
      sendChunk(response, { delta: { role: 'assistant', content: '{"evid' } });
      response.end();
      return true;
    case 'silence':
      startStream(response);
      response.flushHeaders();
      return true;
    default:
      return false;
  }
}
