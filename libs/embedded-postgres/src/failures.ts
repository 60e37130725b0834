import { HarmonyError } from '@harmony/contracts';

/** Why a start of the server failed, as far as another try can mend it. */
export type StartFailure = 'port-taken' | 'still-releasing' | 'final';

/** PostgreSQL tells its reasons only as text; the server runs with untranslated messages. */
export function classifyOutput(output: string): StartFailure {
  if (/could not bind|could not create any TCP\/IP sockets/.test(output)) return 'port-taken';
  if (/pre-existing shared memory block|lock file "postmaster\.pid" already exists/.test(output))
    return 'still-releasing';
  return 'final';
}

/** One sentence for a person, from what initdb or the server printed last. */
export function explainOutput(step: string, folder: string, output: string): HarmonyError {
  if (/No space left on device/.test(output)) {
    return new HarmonyError('STORAGE_FULL', {
      detail: `${step}: the disk that holds ${folder} is full. Free some space and start again; no data was lost.`,
    });
  }
  const reasons = output.split('\n').filter((line) => /\b(FATAL|PANIC|error):/.test(line));
  const reason = reasons.at(-1)?.replace(/^.*?\b(FATAL|PANIC|error):\s*/, '') ?? lastLine(output);
  return new HarmonyError('DATA_DIRECTORY_BROKEN', {
    detail: `${step} in ${folder}: ${reason}. Mend that, or move the folder away to start afresh.`,
  });
}

const lastLine = (output: string): string => output.trim().split('\n').at(-1) || 'it ended without a word';

/** What went wrong with a file or folder, for a person. */
export function explainFileError(folder: string, error: unknown): HarmonyError {
  if (error instanceof HarmonyError) return error;
  const { code } = error as NodeJS.ErrnoException;
  if (code === 'ENOSPC' || code === 'EDQUOT')
    return explainOutput('Preparing the data', folder, 'No space left on device');
  const reason = error instanceof Error ? error.message : String(error);
  return new HarmonyError('DATA_DIRECTORY_BROKEN', {
    detail: `The data directory ${folder} cannot be written (${reason}). Give Harmony the right to write there, or choose another one with --data-dir.`,
    cause: error,
  });
}
