import { readFile } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';

const megabyte = 1024 * 1024;

/** MB of memory that a process holds right now. */
async function residentMegabytes(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8');
  return (Number(/^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1]) * 1024) / megabyte;
}

/** By how many MB the memory of a process grows at most while something runs. */
export async function memoryGrowth(pid: number, run: () => Promise<void>): Promise<number> {
  const before = await residentMegabytes(pid);
  let peak = before;
  let isRunning = true;
  const watch = async (): Promise<void> => {
    while (isRunning) {
      peak = Math.max(peak, await residentMegabytes(pid));
      await pause(20);
    }
  };
  const watching = watch();
  await run().finally(() => (isRunning = false));
  await watching;
  return peak - before;
}
