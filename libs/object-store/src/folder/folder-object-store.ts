import { HarmonyError } from '@harmony/contracts';
import { randomUUID } from 'node:crypto';
import { access, mkdir, open, readdir, rename, rm, stat, type FileHandle } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import { checkKey, checkPrefix } from '../keys.js';
import { MeasuredBody } from '../measured-body.js';
import type { ByteRange, ObjectInfo, ObjectStore, PutOptions } from '../port.js';
import { withTypedErrors } from '../typed-stream.js';
import { fileError, onDisk, systemCode } from './file-errors.js';
import { encodeFooter, readFooter } from './file-format.js';

/** Not allowed in keys, so a file can never be in the way of a folder: `a/b` is stored beside `a/b/c`. */
const fileMark = '~';
const incoming = '.incoming';
const leftoverAgeMs = 24 * 3600 * 1000;

/**
 * Objects as files of one folder. Any number of processes may share it: a put writes a file of its own,
 * flushes it to the disk and renames it into place.
 */
export class FolderObjectStore implements ObjectStore {
  private constructor(private readonly folder: string) {}

  /** Makes the folder where it is missing, and removes what crashed puts left behind more than a day ago. */
  static async open(folder: string): Promise<FolderObjectStore> {
    await onDisk(() => mkdir(join(folder, incoming), { recursive: true }));
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

  async check(): Promise<void> {
    await onDisk(() => access(join(this.folder, incoming)));
  }

  /** `folder` is empty or ends in a slash. */
  private async *walk(folder: string): AsyncGenerator<string> {
    const read = onDisk(() => readdir(join(this.folder, folder), { withFileTypes: true }));
    for (const entry of (await read.catch(ignoreMissing)) ?? []) {
      if (entry.name === incoming) continue;
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

/** A rename is on the disk only when its folder is, and so is every folder that was made for it. */
async function moveIntoPlace(draft: string, target: string): Promise<void> {
  const firstMade = await mkdir(dirname(target), { recursive: true });
  await rename(draft, target);
  const last = firstMade ? dirname(firstMade) : dirname(target);
  for (let folder = dirname(target); folder.length >= last.length; folder = dirname(folder)) {
    const handle = await open(folder, 'r');
    await handle.sync().finally(() => handle.close());
  }
}

async function sweep(folder: string): Promise<void> {
  for (const name of await readdir(folder)) {
    const file = join(folder, name);
    const facts = await stat(file).catch(ignoreMissing);
    if (facts && Date.now() - facts.mtimeMs > leftoverAgeMs) await rm(file, { force: true });
  }
}

function ignoreMissing(error: unknown): undefined {
  const code = systemCode(error instanceof HarmonyError ? error.cause : error);
  if (code !== 'ENOENT' && code !== 'ENOTDIR') throw error;
}
