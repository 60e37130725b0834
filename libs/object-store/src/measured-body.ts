import { HarmonyError } from '@harmony/contracts';
import { createHash } from 'node:crypto';
import type { Readable } from 'node:stream';
import type { PutOptions } from './port.js';

/**
 * The bytes of a put on their way through: hashed, counted and held to the caller's limits.
 * Iterating throws PAYLOAD_TOO_LARGE or CHECKSUM_MISMATCH before it ends, so what was written must not be kept.
 */
export class MeasuredBody implements AsyncIterable<Buffer> {
  readonly #hash = createHash('sha256');
  #bytes = 0;
  #sha256 = '';

  constructor(
    private readonly body: Readable | Uint8Array,
    private readonly options: PutOptions,
  ) {}

  /** Final once the iteration has ended. */
  get measure(): { readonly bytes: number; readonly sha256: string } {
    return { bytes: this.#bytes, sha256: this.#sha256 };
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Buffer> {
    const { expectedSha256, maximumBytes = Infinity } = this.options;
    for await (const chunk of this.chunks()) {
      this.#bytes += chunk.length;
      if (this.#bytes > maximumBytes) {
        throw new HarmonyError('PAYLOAD_TOO_LARGE', { detail: `The limit is ${maximumBytes} bytes.` });
      }
      this.#hash.update(chunk);
      yield chunk;
    }
    this.#sha256 = this.#hash.digest('hex');
    if (expectedSha256 && expectedSha256.toLowerCase() !== this.#sha256) throw new HarmonyError('CHECKSUM_MISMATCH');
  }

  private async *chunks(): AsyncGenerator<Buffer> {
    if (this.body instanceof Uint8Array) {
      const { buffer, byteOffset, byteLength } = this.body;
      yield Buffer.from(buffer, byteOffset, byteLength);
      return;
    }
    for await (const chunk of this.body as AsyncIterable<Buffer | string>) {
      yield typeof chunk === 'string' ? Buffer.from(chunk) : chunk;
    }
  }
}
