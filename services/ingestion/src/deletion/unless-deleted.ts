import { HarmonyError } from '@harmony/contracts';

/** Work on a conversation that is gone is done: whoever finds that out meanwhile stops quietly. */
export async function unlessDeleted(work: Promise<void>): Promise<void> {
  try {
    await work;
  } catch (error) {
    if (!(error instanceof HarmonyError && error.code === 'STREAM_DELETED')) throw error;
  }
}
