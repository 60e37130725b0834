import { HarmonyError } from '@harmony/contracts';
import { randomUUID } from 'node:crypto';
import { open, readdir, readFile, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { syncFolder } from './durable-move.js';

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

/** Written beside and renamed, so that there is the old receipt or the new one. */
export async function writeReceipt(folder: string, receipt: Receipt): Promise<void> {
  const draft = join(folder, randomUUID());
  const handle = await open(draft, 'wx');
  try {
    await handle.writeFile(JSON.stringify(receipt));
    await handle.datasync();
  } finally {
    await handle.close();
  }
  await rename(draft, join(folder, receipt.number + ending));
  await syncFolder(folder);
}

/** By number. */
export async function readReceipts(folder: string): Promise<Receipt[]> {
  const names = (await readdir(folder)).filter((name) => name.endsWith(ending));
  const receipts = await Promise.all(names.map((name) => readReceipt(join(folder, name))));
  return receipts.sort((one, other) => one.number - other.number);
}

async function readReceipt(file: string): Promise<Receipt> {
  const receipt = receiptSchema.safeParse(JSON.parse(await readFile(file, 'utf8')));
  if (receipt.success) return receipt.data;
  throw new HarmonyError('CHECKSUM_MISMATCH', { detail: 'The receipt of a part is damaged.' });
}
