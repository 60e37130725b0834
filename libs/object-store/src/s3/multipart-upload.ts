import type { Client } from 'minio';
import { onS3 } from './s3-errors.js';

/** One upload in parts of at least 5 MiB but for the last. Nobody sees the object before it is completed. */
export class MultipartUpload {
  readonly #parts: { part: number; etag: string }[] = [];

  private constructor(
    private readonly client: Client,
    private readonly bucket: string,
    readonly key: string,
    private readonly id: string,
  ) {}

  static async start(
    client: Client,
    bucket: string,
    key: string,
    headers: Record<string, string>,
  ): Promise<MultipartUpload> {
    const id = await onS3(() => client.initiateNewMultipartUpload(bucket, key, headers));
    return new MultipartUpload(client, bucket, key, id);
  }

  async add(bytes: Buffer): Promise<void> {
    const part = this.#parts.length + 1;
    const place = { bucketName: this.bucket, objectName: this.key, uploadID: this.id, partNumber: part };
    const headers = { 'Content-Length': bytes.length };
    const { etag } = await onS3(() => this.client.uploadPart({ ...place, headers }, bytes));
    this.#parts.push({ part, etag });
  }

  async complete(): Promise<void> {
    await onS3(() => this.client.completeMultipartUpload(this.bucket, this.key, this.id, this.#parts));
  }

  /** The store drops forgotten uploads by itself, so a failure to abort must not hide why it was wanted. */
  async abort(): Promise<void> {
    await this.client.abortMultipartUpload(this.bucket, this.key, this.id).catch(() => undefined);
  }
}

/** Gathers a body into parts of one size; the last one is what is left. */
export async function* inParts(body: AsyncIterable<Buffer>, partBytes: number): AsyncGenerator<Buffer> {
  let pieces: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of body) {
    let rest = chunk;
    while (bytes + rest.length >= partBytes) {
      const taken = rest.subarray(0, partBytes - bytes);
      yield Buffer.concat([...pieces, taken]);
      rest = rest.subarray(taken.length);
      [pieces, bytes] = [[], 0];
    }
    if (rest.length > 0) pieces.push(rest);
    bytes += rest.length;
  }
  if (bytes > 0) yield Buffer.concat(pieces);
}
