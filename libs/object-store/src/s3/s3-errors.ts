import { HarmonyError } from '@harmony/contracts';

const full = new Set(['XMinioStorageFull', 'XMinioAdminBucketQuotaExceeded']);
const missing = new Set(['NoSuchKey', 'NotFound']);
/** A part was replaced while the upload was being completed. */
const partsChanged = new Set(['InvalidPart', 'InvalidPartOrder', 'EntityTooSmall']);

/** Runs one request and gives its failure a code. */
export async function onS3<Result>(request: () => Promise<Result>): Promise<Result> {
  try {
    return await request();
  } catch (error) {
    throw s3Error(error);
  }
}

/** OBJECT_NOT_FOUND, UPLOAD_NOT_FOUND, UPLOAD_INCOMPLETE, STORAGE_FULL, or OBJECT_STORE_UNAVAILABLE for everything that the client throws beside them. */
export function s3Error(error: unknown): HarmonyError {
  if (error instanceof HarmonyError) return error;
  const code = s3Code(error);
  if (code && missing.has(code)) return new HarmonyError('OBJECT_NOT_FOUND', { cause: error });
  if (code === 'NoSuchUpload') return new HarmonyError('UPLOAD_NOT_FOUND', { cause: error });
  if (code && partsChanged.has(code)) return new HarmonyError('UPLOAD_INCOMPLETE', { cause: error });
  if (code && full.has(code)) return new HarmonyError('STORAGE_FULL', { cause: error });
  return new HarmonyError('OBJECT_STORE_UNAVAILABLE', {
    ...(code && { detail: `The object store does not work: ${code}.` }),
    cause: error,
  });
}

/** The code of S3, for instance `NoSuchKey`, or of the network, for instance `ECONNREFUSED`. */
export function s3Code(error: unknown): string | undefined {
  const code: unknown = typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
  return typeof code === 'string' && code !== '' ? code : undefined;
}
