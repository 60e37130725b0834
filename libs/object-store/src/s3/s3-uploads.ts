import { HarmonyError } from '@harmony/contracts';
import { CopyDestinationOptions, CopySourceOptions } from 'minio';
import { randomUUID } from 'node:crypto';
import type { Readable } from 'node:stream';
import { MeasuredBody } from '../measured-body.js';
import { checkParts, checkPlan, partOf, placeOfPart } from '../multipart/plan.js';
import type { ExpectedDigests, MultipartUploads, Upload, UploadedPart, UploadPlan } from '../multipart/port.js';
import { measureWhole } from '../multipart/whole-object.js';
import type { ObjectInfo } from '../port.js';
import { putToUrl } from './put-to-url.js';
import { createS3Client, type S3Client, type S3Options, type S3Part } from './s3-client.js';
import { onS3, s3Error } from './s3-errors.js';

/** No key starts with a dot, so a draft is never in the way of an object. */
export const incoming = '.incoming/';

/**
 * Uploads in parts as S3 has them, each to a draft: S3 has no digest of the whole, so the draft is read here once, and
 * copied by S3 under the object's key when it is right. An id is the draft's name and S3's own id.
 */
export class S3Uploads implements Omit<MultipartUploads, 'completeUpload'> {
  private readonly bucket: string;
  private readonly publicClient: S3Client;

  constructor(
    private readonly client: S3Client,
    private readonly options: S3Options,
  ) {
    this.bucket = options.bucket;
    const { publicEndpoint } = options;
    this.publicClient = publicEndpoint ? createS3Client({ ...options, endpoint: publicEndpoint }) : client;
  }

  async startUpload(plan: UploadPlan): Promise<Upload> {
    checkPlan(plan);
    const name = randomUUID();
    const headers = { 'content-type': plan.contentType };
    const start = (): Promise<string> => this.client.initiateNewMultipartUpload(this.bucket, incoming + name, headers);
    return { ...plan, id: `${name}.${await onS3(start)}` };
  }

  partUrl(upload: Upload, number: number, expiresInSeconds: number): Promise<string> {
    return this.signedUrl(this.publicClient, upload, number, expiresInSeconds);
  }

  async putPart(
    upload: Upload,
    number: number,
    body: AsyncIterable<Uint8Array> | Uint8Array,
    options: { readonly expectedSha256?: string } = {},
  ): Promise<UploadedPart> {
    const { bytes } = placeOfPart(upload, number);
    const withoutDigest = options.expectedSha256 === undefined;
    const measured = new MeasuredBody(body, { ...options, exactBytes: bytes, withoutDigest });
    const url = await this.signedUrl(this.client, upload, number, 3600);
    try {
      await putToUrl(url, measured, bytes, this.options.idleTimeoutMs);
    } catch (error) {
      throw (measured.failure as Error | undefined) ?? s3Error(error);
    }
    return partOf(number, measured);
  }

  async listParts(upload: Upload): Promise<UploadedPart[]> {
    const parts = await this.parts(upload);
    return parts.map(({ part, size }) => ({ number: part, bytes: size })).sort((a, b) => a.number - b.number);
  }

  /** Makes the draft out of the parts, unless an earlier try did, and the object out of the draft. */
  async complete(upload: Upload, expected: ExpectedDigests): Promise<ObjectInfo> {
    const { draft, id } = this.draftOf(upload);
    if (!(await this.isThere(draft))) {
      const parts = await this.parts(upload);
      const stored = parts.map(({ part, size }) => ({ number: part, bytes: size }));
      checkParts(upload, stored, expected);
      await onS3(() => this.client.completeMultipartUpload(this.bucket, draft, id, parts));
    }
    const info = await this.measure(upload, draft, expected);
    await this.copy(draft, info);
    await this.remove(draft);
    return info;
  }

  async abortUpload(upload: Upload): Promise<void> {
    const { draft, id } = this.draftOf(upload);
    try {
      await onS3(() => this.client.abortMultipartUpload(this.bucket, draft, id));
    } catch (error) {
      if (!(error instanceof HarmonyError) || error.code !== 'UPLOAD_NOT_FOUND') throw error;
    }
    await this.remove(draft);
  }

  async sweepUploads(startedBefore: Date): Promise<number> {
    let swept = 0;
    const unfinished = this.client.listIncompleteUploads(this.bucket, incoming, true) as Readable;
    try {
      for await (const item of unfinished as AsyncIterable<{ key: string; uploadId: string; initiated: Date }>) {
        if (new Date(item.initiated) >= startedBefore) continue;
        await this.client.abortMultipartUpload(this.bucket, item.key, item.uploadId);
        swept += 1;
      }
    } catch (error) {
      throw s3Error(error);
    }
    return swept;
  }

  /** Copies inside S3, which is all or nothing, and gives the object its digest. */
  async copy(draft: string, info: ObjectInfo): Promise<void> {
    const source = new CopySourceOptions({ Bucket: this.bucket, Object: draft });
    const target = new CopyDestinationOptions({
      Bucket: this.bucket,
      Object: info.key,
      UserMetadata: { sha256: info.sha256 },
      MetadataDirective: 'REPLACE',
      Headers: { 'content-type': info.contentType },
    });
    await onS3(() => this.client.copyObject(source, target));
  }

  private async measure(upload: Upload, draft: string, expected: ExpectedDigests): Promise<ObjectInfo> {
    const body = await onS3(() => this.client.getObject(this.bucket, draft));
    try {
      return await measureWhole(upload, body as AsyncIterable<Buffer>, expected);
    } catch (error) {
      if (!(error instanceof HarmonyError)) throw s3Error(error);
      if (error.code === 'CHECKSUM_MISMATCH') await this.remove(draft);
      throw error;
    }
  }

  private parts(upload: Upload): Promise<S3Part[]> {
    const { draft, id } = this.draftOf(upload);
    return onS3(() => this.client.partsOf(this.bucket, draft, id));
  }

  private async signedUrl(client: S3Client, upload: Upload, number: number, seconds: number): Promise<string> {
    placeOfPart(upload, number);
    const { draft, id } = this.draftOf(upload);
    const query = { partNumber: `${number}`, uploadId: id };
    return onS3(() => client.presignedUrl('PUT', this.bucket, draft, seconds, query));
  }

  private async isThere(draft: string): Promise<boolean> {
    try {
      await onS3(() => this.client.statObject(this.bucket, draft));
      return true;
    } catch (error) {
      if (error instanceof HarmonyError && error.code === 'OBJECT_NOT_FOUND') return false;
      throw error;
    }
  }

  private async remove(draft: string): Promise<void> {
    await onS3(() => this.client.removeObject(this.bucket, draft));
  }

  private draftOf({ id }: Upload): { readonly draft: string; readonly id: string } {
    const [, name, s3Id] = /^([0-9a-f-]{36})\.(.+)$/.exec(id) ?? [];
    if (!name || !s3Id) throw new HarmonyError('UPLOAD_NOT_FOUND');
    return { draft: incoming + name, id: s3Id };
  }
}
