import { HarmonyError } from '@harmony/contracts';
import { createHash } from 'node:crypto';

/** What must hold of a body for it to be kept. */
export interface BodyLimits {
  readonly expectedSha256?: string;
  readonly maximumBytes?: number;
  /** Of a part, whose size is known beforehand. */
  readonly exactBytes?: number;
  /** Hashing costs as much as writing; for bodies that are hashed later anyway. */
  readonly withoutDigest?: boolean;
}

/**
 * The bytes of a put on their way through: hashed, counted and held to the caller's limits. Iterating throws
 * PAYLOAD_TOO_LARGE, WRONG_PART_SIZE or CHECKSUM_MISMATCH before it ends, so what was written must not be kept.
 */
export class MeasuredBody implements AsyncIterable<Buffer> {
  readonly #hash = createHash('sha256');
  #bytes = 0;
  #sha256 = '';
  #failure: unknown;

  constructor(
    private readonly body: AsyncIterable<Uint8Array | string> | Uint8Array,
    private readonly limits: BodyLimits,
  ) {}

  /** Final once the iteration has ended; the digest is empty where none was wanted. */
  get measure(): { readonly bytes: number; readonly sha256: string } {
    return { bytes: this.#bytes, sha256: this.#sha256 };
  }

  /** Why the iteration broke off, where the body itself was the reason. */
  get failure(): unknown {
    return this.#failure;
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Buffer> {
    try {
      yield* this.measured();
    } catch (error) {
      this.#failure = error;
      throw error;
    }
  }

  private async *measured(): AsyncGenerator<Buffer> {
    for await (const chunk of this.chunks()) {
      this.#bytes += chunk.length;
      this.checkNotTooMuch();
      if (!this.limits.withoutDigest) this.#hash.update(chunk);
      yield chunk;
    }
    const { exactBytes = this.#bytes, expectedSha256 } = this.limits;
    if (this.#bytes !== exactBytes) throw wrongPartSize(exactBytes);
    if (this.limits.withoutDigest) return;
    this.#sha256 = this.#hash.digest('hex');
    if (expectedSha256 && expectedSha256.toLowerCase() !== this.#sha256) throw new HarmonyError('CHECKSUM_MISMATCH');
  }

  private checkNotTooMuch(): void {
    const { maximumBytes = Infinity, exactBytes = Infinity } = this.limits;
    if (this.#bytes > exactBytes) throw wrongPartSize(exactBytes);
    if (this.#bytes > maximumBytes) {
      throw new HarmonyError('PAYLOAD_TOO_LARGE', { detail: `The limit is ${maximumBytes} bytes.` });
    }
  }

  private async *chunks(): AsyncGenerator<Buffer> {
    if (this.body instanceof Uint8Array) yield asBuffer(this.body);
    else for await (const chunk of this.body) yield typeof chunk === 'string' ? Buffer.from(chunk) : asBuffer(chunk);
  }
}

/** The same memory, not a copy. */
const asBuffer = ({ buffer, byteOffset, byteLength }: Uint8Array): Buffer =>
  Buffer.from(buffer, byteOffset, byteLength);

const wrongPartSize = (bytes: number): HarmonyError =>
  new HarmonyError('WRONG_PART_SIZE', { detail: `This part has ${bytes} bytes.` });
