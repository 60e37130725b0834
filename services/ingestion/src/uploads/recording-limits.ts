import { HarmonyError } from '@harmony/contracts';

/** Of one recording (F89). */
export const maximumRecordingBytes = 2_147_483_648;

/** Of every part of an upload but the last: a slow line loses little, and the largest file has 128 parts. */
export const partBytes = 16 * 1024 * 1024;

/** MinIO drops unfinished uploads after a day, whatever anybody says. */
export const uploadLifetimeMs = 24 * 3600 * 1000;

/** Nobody is asked to send bytes that would be refused. @throws HarmonyError FILE_TOO_LARGE, NOT_A_RECORDING */
export function checkRecordingBytes(bytes: number): void {
  if (bytes > maximumRecordingBytes) throw new HarmonyError('FILE_TOO_LARGE');
  if (bytes === 0) throw new HarmonyError('NOT_A_RECORDING');
}

/** Everything of a conversation lies below its own prefix. */
export const recordingKey = (workspaceId: string, conversationId: string): string =>
  `${workspaceId}/conversations/${conversationId}/recording`;
