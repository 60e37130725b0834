import { HarmonyError } from '@harmony/contracts';
import { createHash, randomUUID } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { access, mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { MeasuredBody } from '../measured-body.js';
import { checkParts, checkPlan, partOf, placeOfPart } from '../multipart/plan.js';
import type { ExpectedDigests, MultipartUploads, Upload, UploadedPart, UploadPlan } from '../multipart/port.js';
import { measureWhole, namesParts } from '../multipart/whole-object.js';
import type { ObjectInfo } from '../port.js';
import { assembleDraft, readRange } from './assemble.js';
import { moveIntoPlace, syncFolder } from './durable-move.js';
import { fileError, ignoreMissing, onDisk, systemCode } from './file-errors.js';
import { encodeFooter } from './file-format.js';
import { draftName, takePlace, type PartPlace } from './part-place.js';
import { readReceipts, writeReceipt } from './receipts.js';
import { RunningDigests, type DigestSoFar } from './running-digests.js';

const idPattern = /^[0-9a-f-]{36}$/;
const writeBufferBytes = 1 << 20;

/**
 * Uploads in parts as folders of `.uploads`: one draft of the full length that the parts are written into, and a receipt
 * for every part that lies on the disk. Any number of processes may share them.
 */
export class FolderUploads implements Omit<MultipartUploads, 'partUrl' | 'completeUpload'> {
  private readonly digests = new RunningDigests();

  constructor(private readonly folder: string) {}

  async startUpload(plan: UploadPlan): Promise<Upload> {
    checkPlan(plan);
    encodeFooter({ bytes: plan.bytes, sha256: '0'.repeat(64), contentType: plan.contentType });
    const upload = { ...plan, id: randomUUID() };
    await onDisk(async () => {
      await mkdir(this.folderOf(upload), { recursive: true });
      const draft = await open(join(this.folderOf(upload), draftName), 'wx');
      await draft.truncate(plan.bytes).finally(() => draft.close());
      await syncFolder(this.folderOf(upload));
      await syncFolder(this.folder);
    });
    return upload;
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
    return this.writePart(upload, number, measured);
  }

  private async writePart(upload: Upload, number: number, body: MeasuredBody): Promise<UploadedPart> {
    const folder = this.folderOf(upload);
    const place = await this.inUpload(() => takePlace(folder, upload, number));
    try {
      await this.inUpload(() => writeDurably(folder, place, body));
    } catch (error) {
      await onDisk(() => place.release());
      throw body.failure ?? error;
    }
    const part = partOf(number, body);
    // From here on the place may hold the part, even where an error says otherwise, so nobody else gets it.
    const receipt = { ...part, file: place.file };
    await this.inUpload(() => writeReceipt(folder, receipt));
    this.digests.add(folder, upload, receipt);
    return part;
  }

  async listParts(upload: Upload): Promise<UploadedPart[]> {
    const folder = this.folderOf(upload);
    const receipts = await this.inUpload(() => readReceipts(folder));
    return receipts.map(({ number, bytes, sha256 }) => ({ number, bytes, sha256 }));
  }

  /** Makes the object at the target file out of the parts. */
  async complete(upload: Upload, target: string, expected: ExpectedDigests): Promise<ObjectInfo> {
    const folder = this.folderOf(upload);
    return this.inUpload(async () => {
      const receipts = await readReceipts(folder);
      checkParts(upload, receipts, expected);
      const draft = await assembleDraft(folder, receipts);
      const known = new Set(receipts.filter((receipt) => receipt.sha256).map((receipt) => receipt.number));
      const parts = (expected.parts ?? []).filter(({ number }) => !known.has(number));
      const soFar = await this.digests.take(upload, receipts);
      const start = parts.length > 0 ? undefined : soFar;
      const info = await this.measure(upload, draft, { ...expected, parts }, start);
      const { bytes, sha256, contentType } = info;
      const handle = await open(draft, 'r+');
      try {
        await handle.write(encodeFooter({ bytes, sha256, contentType }), 0, undefined, bytes);
        await handle.sync();
      } finally {
        await handle.close();
      }
      await moveIntoPlace(draft, target);
      await this.abortUpload(upload);
      return info;
    });
  }

  private async measure(
    upload: Upload,
    draft: string,
    expected: ExpectedDigests,
    soFar: DigestSoFar = { hash: createHash('sha256'), bytes: 0 },
  ): Promise<ObjectInfo> {
    try {
      // Without the footer that a crash may have left behind the bytes.
      const rest = readRange(draft, soFar.bytes, upload.bytes - soFar.bytes);
      return await measureWhole(upload, rest, expected, soFar);
    } catch (error) {
      const isHopeless = error instanceof HarmonyError && error.code === 'CHECKSUM_MISMATCH' && !namesParts(error);
      if (isHopeless) await this.abortUpload(upload);
      throw error;
    }
  }

  async abortUpload(upload: Upload): Promise<void> {
    this.digests.forget(upload);
    await onDisk(() => this.remove(this.folderOf(upload)));
  }

  async sweepUploads(startedBefore: Date): Promise<number> {
    let swept = 0;
    const names = await onDisk(() => readdir(this.folder));
    for (const name of names) {
      const folder = join(this.folder, name);
      const facts = await onDisk(() => stat(folder)).catch(ignoreMissing);
      // Grows with every part, so that an upload that somebody still sends to is left alone.
      if (!facts || facts.mtime >= startedBefore) continue;
      await onDisk(() => this.remove(folder));
      swept += 1;
    }
    return swept;
  }

  /** Renamed first, so that senders that are still at it find no upload instead of half of one. */
  private async remove(folder: string): Promise<void> {
    const gone = join(this.folder, `gone-${randomUUID()}`);
    await rename(folder, gone).catch(ignoreMissing);
    await rm(gone, { recursive: true, force: true, maxRetries: 3 });
  }

  /** A file that is missing means that the upload is over, as long as the store itself is there. */
  private async inUpload<Result>(step: () => Promise<Result>): Promise<Result> {
    try {
      return await step();
    } catch (error) {
      if (systemCode(error) !== 'ENOENT') throw fileError(error);
      await onDisk(() => access(this.folder));
      throw new HarmonyError('UPLOAD_NOT_FOUND', { cause: error });
    }
  }

  private folderOf({ id }: Upload): string {
    if (!idPattern.test(id)) throw new HarmonyError('UPLOAD_NOT_FOUND');
    return join(this.folder, id);
  }
}

/** Resolves when the bytes lie on the disk. */
async function writeDurably(folder: string, place: PartPlace, body: MeasuredBody): Promise<void> {
  const file = join(folder, place.file);
  // Open all the while, so that it hears of every failure to write; its times need not be on the disk, hence datasync.
  const handle = await open(file, place.flags);
  try {
    const options = { flags: 'r+', start: place.offset, highWaterMark: writeBufferBytes };
    await pipeline(body, createWriteStream(file, options));
    await handle.datasync();
  } finally {
    await handle.close();
  }
}
