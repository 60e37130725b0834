import { HarmonyError } from '@harmony/contracts';
import { randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';
import { checkKey, checkPrefix } from '../keys.js';
import { MeasuredBody } from '../measured-body.js';
import type { ExpectedDigests, Upload, UploadPlan } from '../multipart/port.js';
import { isObjectOf } from '../multipart/whole-object.js';
import type { ByteRange, ObjectInfo, ObjectStore, PutOptions } from '../port.js';
import { withTypedErrors } from '../typed-stream.js';
import { inParts, MultipartUpload } from './multipart-upload.js';
import { createS3Client, type S3Client, type S3Options } from './s3-client.js';
import { onS3, s3Code, s3Error } from './s3-errors.js';
import { incoming, S3Uploads } from './s3-uploads.js';

const partBytes = 8 << 20;

/** Objects in one bucket of MinIO or any other S3. The SHA-256 travels in the object's own metadata. */
export class S3ObjectStore implements ObjectStore {
  private readonly client: S3Client;
  private readonly bucket: string;
  private readonly uploads: S3Uploads;
  #bucketMade: Promise<void> | undefined;

  /** Does not connect; the bucket is made with the first call that reaches the store. */
  constructor(options: S3Options) {
    this.client = createS3Client(options);
    this.bucket = options.bucket;
    this.uploads = new S3Uploads(this.client, options);
  }

  async put(key: string, body: Readable | Uint8Array, options: PutOptions): Promise<ObjectInfo> {
    checkKey(key);
    await this.bucketMade();
    const measured = new MeasuredBody(body, options);
    const { contentType } = options;
    let upload: MultipartUpload | undefined;
    let held: Buffer = Buffer.alloc(0);
    try {
      for await (const part of inParts(measured, partBytes)) {
        if (held.length > 0) {
          upload ??= await this.startParts(key, options);
          await upload.add(held);
        }
        held = part;
      }
      const info = { key, ...measured.measure, contentType };
      if (upload) await this.finishUpload(upload, held, info);
      else await this.putWhole(held, info);
      return info;
    } catch (error) {
      await upload?.abort();
      throw error;
    }
  }

  /** The digest must be given first. Where it is known only at the end, the parts become a draft that is copied. */
  private startParts(key: string, { contentType, expectedSha256 }: PutOptions): Promise<MultipartUpload> {
    const target = expectedSha256 ? key : incoming + randomUUID();
    const digest = expectedSha256 ? { 'x-amz-meta-sha256': expectedSha256.toLowerCase() } : undefined;
    return MultipartUpload.start(this.client, this.bucket, target, { 'content-type': contentType, ...digest });
  }

  private async finishUpload(upload: MultipartUpload, last: Buffer, info: ObjectInfo): Promise<void> {
    await upload.add(last);
    await upload.complete();
    if (upload.key === info.key) return;
    try {
      await this.uploads.copy(upload.key, info);
    } finally {
      await onS3(() => this.client.removeObject(this.bucket, upload.key));
    }
  }

  private async putWhole(bytes: Buffer, { key, sha256, contentType }: ObjectInfo): Promise<void> {
    const metadata = { 'Content-Type': contentType, sha256 };
    await onS3(() => this.client.putObject(this.bucket, key, bytes, bytes.length, metadata));
  }

  async get(key: string, range?: ByteRange): Promise<Readable> {
    checkKey(key);
    await this.bucketMade();
    if (!range) return typed(await onS3(() => this.client.getObject(this.bucket, key)));
    const length = range.end - range.start + 1;
    if (length <= 0) return this.info(key).then(nothing);
    try {
      return typed(await this.client.getPartialObject(this.bucket, key, range.start, length));
    } catch (error) {
      if (s3Code(error) === 'InvalidRange') return nothing();
      throw s3Error(error);
    }
  }

  async info(key: string): Promise<ObjectInfo> {
    checkKey(key);
    await this.bucketMade();
    const { size, metaData } = await onS3(() => this.client.statObject(this.bucket, key));
    const facts: Record<string, unknown> = metaData;
    const { sha256, 'content-type': contentType } = facts;
    if (typeof sha256 === 'string' && typeof contentType === 'string') return { key, bytes: size, sha256, contentType };
    throw new HarmonyError('CHECKSUM_MISMATCH', { detail: 'The object has no checksum: something else stored it.' });
  }

  async delete(key: string): Promise<void> {
    checkKey(key);
    await this.bucketMade();
    await onS3(() => this.client.removeObject(this.bucket, key));
  }

  async *list(prefix: string): AsyncIterable<string> {
    checkPrefix(prefix);
    await this.bucketMade();
    const items = typed(this.client.listObjectsV2(this.bucket, prefix, true), true);
    for await (const { name } of items as AsyncIterable<{ name?: string }>) {
      if (name && !name.startsWith(incoming)) yield name;
    }
  }

  async startUpload(plan: UploadPlan): Promise<Upload> {
    await this.bucketMade();
    return this.uploads.startUpload(plan);
  }

  readonly partUrl: ObjectStore['partUrl'] = (...part) => this.uploads.partUrl(...part);

  readonly putPart: ObjectStore['putPart'] = (...part) => this.uploads.putPart(...part);

  readonly listParts: ObjectStore['listParts'] = (upload) => this.uploads.listParts(upload);

  async completeUpload(upload: Upload, expected: ExpectedDigests = {}): Promise<ObjectInfo> {
    try {
      return await this.uploads.complete(upload, expected);
    } catch (error) {
      if (!(error instanceof HarmonyError) || !isOver.has(error.code)) throw error;
      const info = await this.info(upload.key).catch(() => undefined);
      if (info && isObjectOf(upload, info, expected)) return info;
      throw new HarmonyError('UPLOAD_NOT_FOUND', { cause: error });
    }
  }

  readonly abortUpload: ObjectStore['abortUpload'] = (upload) => this.uploads.abortUpload(upload);

  async sweepUploads(startedBefore: Date): Promise<number> {
    await this.bucketMade();
    return this.uploads.sweepUploads(startedBefore);
  }

  async check(): Promise<void> {
    await this.bucketMade();
    await onS3(() => this.client.bucketExists(this.bucket));
  }

  private bucketMade(): Promise<void> {
    this.#bucketMade ??= onS3(() => this.makeBucket()).catch((error: unknown) => {
      this.#bucketMade = undefined;
      throw error;
    });
    return this.#bucketMade;
  }

  private async makeBucket(): Promise<void> {
    if (await this.client.bucketExists(this.bucket)) return;
    try {
      await this.client.makeBucket(this.bucket);
    } catch (error) {
      if (s3Code(error) !== 'BucketAlreadyOwnedByYou') throw error;
    }
    const oldDrafts = { ID: 'drafts', Status: 'Enabled', Filter: { Prefix: incoming }, Expiration: { Days: 1 } };
    await this.client.setBucketLifecycle(this.bucket, { Rule: [oldDrafts] });
  }
}

/** The draft may vanish under one of two that complete an upload at once. */
const isOver: ReadonlySet<string> = new Set(['UPLOAD_NOT_FOUND', 'OBJECT_NOT_FOUND']);

const typed = (stream: Readable, objectMode = false): Readable => withTypedErrors(stream, s3Error, objectMode);

const nothing = (): Readable => Readable.from([], { objectMode: false });
