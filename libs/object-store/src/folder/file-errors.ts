import { HarmonyError } from '@harmony/contracts';
import { types } from 'node:util';

/** Runs one step on the file system and gives its failure a code. */
export async function onDisk<Result>(step: () => Promise<Result>): Promise<Result> {
  try {
    return await step();
  } catch (error) {
    throw fileError(error);
  }
}

/** STORAGE_FULL, OBJECT_STORE_UNAVAILABLE, or the error as it is where it is not the file system's. Names no path. */
export function fileError(error: unknown): unknown {
  const code = systemCode(error);
  if (code === undefined) return error;
  if (code === 'ENOSPC' || code === 'EDQUOT') return new HarmonyError('STORAGE_FULL', { cause: error });
  return new HarmonyError('OBJECT_STORE_UNAVAILABLE', {
    detail: `The object folder does not work: ${code}.`,
    cause: error,
  });
}

/** The error code of the operating system, for instance `ENOENT`; undefined for any other error. */
export function systemCode(error: unknown): string | undefined {
  return types.isNativeError(error) && 'syscall' in error && 'code' in error ? String(error.code) : undefined;
}

/** For `catch`: swallows that a file is not there, and nothing else. */
export function ignoreMissing(error: unknown): undefined {
  const code = systemCode(error instanceof HarmonyError ? error.cause : error);
  if (code !== 'ENOENT' && code !== 'ENOTDIR') throw error;
}
