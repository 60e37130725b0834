import { constants, setPriority } from 'node:os';

/**
 * Lets the calling thread have what processor time the others leave: whoever waits for a page comes before an answer
 * that takes its time anyway. Only Linux takes 0 for this thread; elsewhere it is the whole process.
 */
export function giveWay(): void {
  if (process.platform !== 'linux') return;
  try {
    setPriority(0, constants.priority.PRIORITY_BELOW_NORMAL);
  } catch {
    // A sandbox may forbid it. Everything works without it too.
  }
}
