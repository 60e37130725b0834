import { HarmonyError } from '@harmony/contracts';

/** Whether somebody took the conversation away meanwhile. */
export const isGone = (error: unknown): boolean => error instanceof HarmonyError && error.code === 'STREAM_DELETED';

/**
 * Work on a conversation that is gone is done: whoever finds that out meanwhile stops quietly, and takes away what came
 * too late to be taken away with the rest.
 */
export async function unlessDeleted(
  work: () => Promise<void>,
  clearAway: () => Promise<void> = async () => undefined,
): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (!isGone(error)) throw error;
    await clearAway();
  }
}
