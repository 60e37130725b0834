import { mkdir, open, rename } from 'node:fs/promises';
import { dirname } from 'node:path';

/** A rename is on the disk only when its folder is, and so is every folder that was made for it. */
export async function moveIntoPlace(draft: string, target: string): Promise<void> {
  const firstMade = await mkdir(dirname(target), { recursive: true });
  await rename(draft, target);
  const last = firstMade ? dirname(firstMade) : dirname(target);
  for (let folder = dirname(target); folder.length >= last.length; folder = dirname(folder)) await syncFolder(folder);
}

/** What was made, renamed or removed in the folder stays so over a crash of the machine. */
export async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  await handle.sync().finally(() => handle.close());
}
