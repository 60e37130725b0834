import { randomUUID } from 'node:crypto';
import { open, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Upload } from '../multipart/index.js';
import { placeOfPart } from '../multipart/plan.js';
import { systemCode } from './file-errors.js';

/** The file that becomes the object: parts are written straight to their offsets. */
export const draftName = 'draft';

/** Where one sender writes a part, alone. */
export interface PartPlace {
  readonly file: string;
  readonly offset: number;
  /** How the file is opened. */
  readonly flags: 'r+' | 'wx';
  /** Gives the place back when the part did not arrive. */
  release(): Promise<void>;
}

/**
 * The part's own place in the draft for the first sender, so that nothing is copied later. Every further sender, as long
 * as the first one writes, has arrived or has died, gets a file of its own: bytes of two senders never mix, without locks.
 */
export async function takePlace(folder: string, upload: Upload, number: number): Promise<PartPlace> {
  const claim = join(folder, `${number}.claim`);
  if (await makeAlone(claim)) {
    return {
      file: draftName,
      offset: placeOfPart(upload, number).offset,
      flags: 'r+',
      release: () => rm(claim, { force: true }),
    };
  }
  const file = `${number}.${randomUUID()}`;
  return {
    file,
    offset: 0,
    flags: 'wx',
    release: () => rm(join(folder, file), { force: true }),
  };
}

async function makeAlone(file: string): Promise<boolean> {
  try {
    await (await open(file, 'wx')).close();
    return true;
  } catch (error) {
    if (systemCode(error) === 'EEXIST') return false;
    throw error;
  }
}
