import { createHash, type Hash } from 'node:crypto';
import { join } from 'node:path';
import { placeOfPart } from '../multipart/plan.js';
import type { Upload } from '../multipart/port.js';
import { readRange } from './assemble.js';
import { draftName } from './part-place.js';
import type { Receipt } from './receipts.js';

/** The digest of an object's beginning. */
export interface DigestSoFar {
  readonly hash: Hash;
  readonly bytes: number;
}

const mostUploads = 200;

/**
 * Hashes the beginnings of uploads while their later parts still come, so that completing one need not read all of it
 * again. A head start and nothing more: another process, or this one after a restart, hashes everything at the end.
 */
export class RunningDigests {
  readonly #digests = new Map<string, RunningDigest>();

  /** Hashes the part in the background, once all parts before it are hashed. */
  add(folder: string, upload: Upload, receipt: Receipt): void {
    const digest = this.#digests.get(upload.id) ?? new RunningDigest(folder, upload);
    this.#digests.set(upload.id, digest);
    digest.add(receipt);
    const [oldest] = this.#digests.keys();
    if (oldest !== undefined && this.#digests.size > mostUploads) this.#digests.delete(oldest);
  }

  /** What was hashed of exactly these parts; undefined where it was not these, or nothing. Forgets it. */
  async take(upload: Upload, receipts: readonly Receipt[]): Promise<DigestSoFar | undefined> {
    const digest = this.#digests.get(upload.id);
    this.#digests.delete(upload.id);
    return digest?.of(receipts);
  }

  forget(upload: Upload): void {
    this.#digests.delete(upload.id);
  }
}

class RunningDigest {
  readonly #hash = createHash('sha256');
  readonly #arrived = new Map<number, string>();
  /** The file of each part that was hashed: it has one content for ever, so it tells whether the part is still the same. */
  readonly #hashed: string[] = [];
  #work: Promise<void> = Promise.resolve();
  #isBroken = false;

  constructor(
    private readonly folder: string,
    private readonly upload: Upload,
  ) {}

  add({ number, file }: Receipt): void {
    this.#arrived.set(number, file);
    this.#work = this.#work.then(() => this.#advance()).catch(() => void (this.#isBroken = true));
  }

  async of(receipts: readonly Receipt[]): Promise<DigestSoFar | undefined> {
    await this.#work;
    const isSame = this.#hashed.every((file, index) => receipts[index]?.file === file);
    if (this.#isBroken || this.#hashed.length === 0 || !isSame) return undefined;
    const { offset, bytes } = placeOfPart(this.upload, this.#hashed.length);
    return { hash: this.#hash, bytes: offset + bytes };
  }

  async #advance(): Promise<void> {
    for (;;) {
      const number = this.#hashed.length + 1;
      const file = this.#arrived.get(number);
      if (file === undefined) return;
      const { offset, bytes } = placeOfPart(this.upload, number);
      const chunks = readRange(join(this.folder, file), file === draftName ? offset : 0, bytes);
      for await (const chunk of chunks) this.#hash.update(chunk);
      this.#hashed.push(file);
    }
  }
}
