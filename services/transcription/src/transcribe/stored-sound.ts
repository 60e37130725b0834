import { HarmonyError, type StoredObject } from '@harmony/contracts';
import type { ObjectStore } from '@harmony/object-store';
import { soundOfWav, type Sound } from '@harmony/speech';
import { createHash } from 'node:crypto';
import { buffer } from 'node:stream/consumers';

/**
 * The sound of a prepared channel, read from the object store stretch by stretch.
 * @throws HarmonyError CHECKSUM_MISMATCH when it is not what was prepared, OBJECT_NOT_FOUND, OBJECT_STORE_UNAVAILABLE
 */
export async function openStoredSound(
  objects: ObjectStore,
  { key, bytes, sha256 }: StoredObject,
  signal: AbortSignal,
): Promise<Sound> {
  const hash = createHash('sha256');
  for await (const chunk of await objects.get(key)) {
    signal.throwIfAborted();
    hash.update(chunk as Buffer);
  }
  if (hash.digest('hex') !== sha256) {
    throw new HarmonyError('CHECKSUM_MISMATCH', { detail: 'The stored sound is not the one that was prepared.' });
  }
  return soundOfWav({
    bytes,
    read: async (start, count) => buffer(await objects.get(key, { start, end: start + count - 1 })),
  });
}
