import { HarmonyError } from '@harmony/contracts';
import { statfs } from 'node:fs/promises';
import { resourceLimit } from './watch.js';

export interface Exit {
  readonly exitCode: number | null;
  readonly exitSignal: NodeJS.Signals | null;
  readonly errorText: string;
  readonly directory: string;
}

const cannotExecute = [126, 127];
/** How ffmpeg ends when a signal asks it to. */
const askedToStop = 255;
const hardlyAnyBytes = 1024 ** 2;

/** Says why a program did not end well. @throws HarmonyError unless it did */
export async function checkExit({ exitCode, exitSignal, errorText, directory }: Exit): Promise<void> {
  if (exitCode === 0) return;
  const cause = errorText ? new Error(errorText) : undefined;
  if (exitSignal === 'SIGXCPU') throw resourceLimit('processor time');
  if (exitSignal === 'SIGXFSZ') throw resourceLimit('file size');
  if (exitSignal || exitCode === askedToStop) throw new HarmonyError('MEDIA_TOOL_KILLED', { cause });
  if (cannotExecute.includes(exitCode ?? 0)) throw new HarmonyError('MEDIA_TOOL_MISSING', { cause });
  const { bavail, bsize } = await statfs(directory);
  throw new HarmonyError(bavail * bsize < hardlyAnyBytes ? 'STORAGE_FULL' : 'MEDIA_BROKEN', { cause });
}
