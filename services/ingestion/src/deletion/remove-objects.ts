import type { ObjectStore } from '@harmony/object-store';

/** Removes every object whose key starts with the prefix, also those that are added while it looks. */
export async function removeObjects(objects: ObjectStore, prefix: string, signal: AbortSignal): Promise<void> {
  for (let found = true; found;) {
    found = false;
    for await (const key of objects.list(prefix)) {
      signal.throwIfAborted();
      await objects.delete(key);
      found = true;
    }
  }
}
