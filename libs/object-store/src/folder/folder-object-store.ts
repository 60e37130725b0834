import { HarmonyError } from '@harmony/contracts';
import { randomUUID } from 'node:crypto';
import { access, mkdir, open, readdir, rm, stat, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { checkKey, checkPrefix } from '../keys.js';
import { MeasuredBody } from '../measured-body.js';
import { placeOfPart } from '../multipart/plan.js';
import type { ExpectedDigests, Upload } from '../multipart/port.js';
import { isObjectOf } from '../multipart/whole-object.js';
import type { ByteRange, ObjectInfo, ObjectStore, PutOptions } from '../port.js';
import { withTypedErrors } from '../typed-stream.js';
import { moveIntoPlace } from './durable-move.js';
import { fileError, ignoreMissing, onDisk } from './file-errors.js';
import { encodeFooter, readFooter } from './file-format.js';
import { FolderUploads } from './folder-uploads.js';

/** Not allowed in keys, so a file can never be in the way of a folder: `a/b` is stored beside `a/b/c`. */
const fileMark = '~';
const incoming = '.incoming';
const uploads = '.uploads';
const leftoverAgeMs = 24 * 3600 * 1000;

/**
 * Objects as files of one folder. Any number of processes may share it: a put writes a file of its own,
 * flushes it to the disk and renames it into place.
 */
export class FolderObjectStore implements ObjectStore {
  private readonly uploads: FolderUploads;

  private constructor(private readonly folder: string) {
    this.uploads = new FolderUploads(join(folder, uploads));
  }

  /** Makes the folder where it is missing, and removes what crashed puts left behind more than a day ago. */
  static async open(folder: string): Promise<FolderObjectStore> {
    await onDisk(() => mkdir(join(folder, incoming), { recursive: true }));
    await onDisk(() => mkdir(join(folder, uploads), { recursive: true }));
    await onDisk(() => sweep(join(folder, incoming)));
    return new FolderObjectStore(folder);
  }

  async put(key: string, body: Readable | Uint8Array, options: PutOptions): Promise<ObjectInfo> {
    const target = this.fileOf(key);
    const draft = join(this.folder, incoming, randomUUID());
    try {
      const info = await writeObject(draft, body, options);
      await onDisk(() => moveIntoPlace(draft, target));
      return { key, ...info };
    } catch (error) {
      await onDisk(() => rm(draft, { force: true }));
      throw error;
    }
  }

  async get(key: string, range?: ByteRange): Promise<Readable> {
    const handle = await this.openFile(key);
    try {
      const { bytes } = await onDisk(() => readFooter(handle));
      const start = range?.start ?? 0;
      const end = Math.min(range?.end ?? bytes - 1, bytes - 1);
      if (start <= end) return withTypedErrors(handle.createReadStream({ start, end }), fileError);
    } catch (error) {
      await handle.close();
      throw error;
    }
    await handle.close();
    return Readable.from([], { objectMode: false });
  }

  async info(key: string): Promise<ObjectInfo> {
    const handle = await this.openFile(key);
    try {
      return { key, ...(await onDisk(() => readFooter(handle))) };
    } finally {
      await handle.close();
    }
  }

  async delete(key: string): Promise<void> {
    const file = this.fileOf(key);
    await onDisk(() => rm(file, { force: true })).catch(ignoreMissing);
  }

  async *list(prefix: string): AsyncIterable<string> {
    const folder = checkPrefix(prefix).slice(0, prefix.lastIndexOf('/') + 1);
    for await (const key of this.walk(folder)) if (key.startsWith(prefix)) yield key;
  }

  readonly startUpload: ObjectStore['startUpload'] = (plan) => this.uploads.startUpload(plan);

  /** The folder takes parts by putPart only. */
  async partUrl(upload: Upload, number: number): Promise<undefined> {
    placeOfPart(upload, number);
  }

  readonly putPart: ObjectStore['putPart'] = (...part) => this.uploads.putPart(...part);

  readonly listParts: ObjectStore['listParts'] = (upload) => this.uploads.listParts(upload);

  async completeUpload(upload: Upload, expected: ExpectedDigests = {}): Promise<ObjectInfo> {
    try {
      return await this.uploads.complete(upload, this.fileOf(upload.key), expected);
    } catch (error) {
      if (!(error instanceof HarmonyError) || error.code !== 'UPLOAD_NOT_FOUND') throw error;
      const info = await this.info(upload.key).catch(() => undefined);
      if (info && isObjectOf(upload, info, expected)) return info;
      throw error;
    }
  }

  readonly abortUpload: ObjectStore['abortUpload'] = (upload) => this.uploads.abortUpload(upload);

  readonly sweepUploads: ObjectStore['sweepUploads'] = (startedBefore) => this.uploads.sweepUploads(startedBefore);

  async check(): Promise<void> {
    await onDisk(() => access(join(this.folder, incoming)));
  }

  /** `folder` is empty or ends in a slash. */
  private async *walk(folder: string): AsyncGenerator<string> {
    const read = onDisk(() => readdir(join(this.folder, folder), { withFileTypes: true }));
    for (const entry of (await read.catch(ignoreMissing)) ?? []) {
      if (entry.name.startsWith('.')) continue;
      if (entry.isDirectory()) yield* this.walk(`${folder}${entry.name}/`);
      else if (entry.name.endsWith(fileMark)) yield folder + entry.name.slice(0, -fileMark.length);
    }
  }

  private fileOf(key: string): string {
    return join(this.folder, checkKey(key) + fileMark);
  }

  private async openFile(key: string): Promise<FileHandle> {
    const file = this.fileOf(key);
    const handle = await onDisk(() => open(file, 'r')).catch(ignoreMissing);
    if (!handle) throw new HarmonyError('OBJECT_NOT_FOUND');
    return handle;
  }
}

async function writeObject(
  file: string,
  body: Readable | Uint8Array,
  options: PutOptions,
): Promise<Omit<ObjectInfo, 'key'>> {
  const measured = new MeasuredBody(body, options);
  const handle = await onDisk(() => open(file, 'wx'));
  try {
    for await (const chunk of measured) await onDisk(() => handle.writeFile(chunk));
    const footer = { ...measured.measure, contentType: options.contentType };
    const line = encodeFooter(footer);
    await onDisk(() => handle.writeFile(line));
    await onDisk(() => handle.sync());
    return footer;
  } finally {
    await onDisk(() => handle.close());
  }
}

async function sweep(folder: string): Promise<void> {
  for (const name of await readdir(folder)) {
    const file = join(folder, name);
    const facts = await stat(file).catch(ignoreMissing);
    if (facts && Date.now() - facts.mtimeMs > leftoverAgeMs) await rm(file, { force: true });
  }
}
