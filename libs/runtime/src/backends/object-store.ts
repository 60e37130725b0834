import type { Configuration } from '@harmony/config';
import { HarmonyError } from '@harmony/contracts';
import { FolderObjectStore, type ObjectStore } from '@harmony/object-store';
import { join } from 'node:path';

/** S3 where an endpoint is configured, else a folder in the data directory. */
export async function openObjectStore({ objectStore, process }: Configuration): Promise<ObjectStore> {
  const { endpoint, publicEndpoint, bucket, region, accessKey, secretKey } = objectStore;
  if (endpoint === undefined) return FolderObjectStore.open(join(process.dataDirectory, 'objects'));
  if (accessKey === undefined || secretKey === undefined) throw new HarmonyError('INVALID_CONFIGURATION');
  const { S3ObjectStore } = await import('@harmony/object-store/s3');
  return new S3ObjectStore({ endpoint, publicEndpoint, bucket, region, accessKey, secretKey });
}
