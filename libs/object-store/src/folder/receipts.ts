import { randomUUID } from 'node:crypto';
import { readdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';

const receiptSchema = z.object({
  number: z.int().positive(),
  bytes: z.int().nonnegative(),
  sha256: z.string().length(64).optional(),
  /** The file of the upload's folder that holds the part. */
  file: z.string(),
});

/** Says that a part has arrived whole and lies on the disk, and in which file. */
export type Receipt = z.output<typeof receiptSchema>;

const ending = '.receipt';

/**
 * Written beside and renamed, so that there is the old receipt or the new one. It outlives every process, and is not
 * flushed: a machine that loses its power may lose it, and then the part is missing and sent again. Since the bytes of the
 * part were flushed before, it never tells of a part that is not there.
 */
export async function writeReceipt(folder: string, receipt: Receipt): Promise<void> {
  const draft = join(folder, randomUUID());
  await writeFile(draft, JSON.stringify(receipt), { flag: 'wx' });
  await rename(draft, join(folder, receipt.number + ending));
}

/** By number. */
export async function readReceipts(folder: string): Promise<Receipt[]> {
  const names = (await readdir(folder)).filter((name) => name.endsWith(ending));
  const receipts = await Promise.all(names.map((name) => readReceipt(join(folder, name))));
  return receipts.filter((receipt) => receipt !== undefined).sort((one, other) => one.number - other.number);
}

/** Undefined for one that a power cut left unfinished. */
async function readReceipt(file: string): Promise<Receipt | undefined> {
  const text = await readFile(file, 'utf8');
  try {
    return receiptSchema.parse(JSON.parse(text));
  } catch {
    return undefined;
  }
}
