import type { Readable } from 'node:stream';

/** At most so many of the first bytes; the rest is not read, and its connection is closed. */
export async function readHead(body: Readable, maximumBytes: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of body as AsyncIterable<Buffer>) {
    chunks.push(chunk);
    bytes += chunk.length;
    if (bytes >= maximumBytes) break;
  }
  return Buffer.concat(chunks).subarray(0, maximumBytes);
}
