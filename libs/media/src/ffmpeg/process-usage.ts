import { readFile } from 'node:fs/promises';

export interface ProcessUsage {
  readonly cpuSeconds: number;
  readonly residentBytes: number;
}

// Linux reports both in units that are the same on every platform Node runs on.
const ticksPerSecond = 100;
const pageBytes = 4096;

/** What a process has taken so far; undefined where there is no /proc, or the process is gone. */
export async function processUsage(pid: number): Promise<ProcessUsage | undefined> {
  const stat = await readFile(`/proc/${pid}/stat`, 'latin1').catch(() => undefined);
  if (stat === undefined) return undefined;
  // The name of the program stands in parentheses and may hold spaces.
  const fields = stat
    .slice(stat.lastIndexOf(')') + 2)
    .split(' ')
    .map(Number);
  const [userTicks = 0, systemTicks = 0, residentPages = 0] = [fields[11], fields[12], fields[21]];
  return { cpuSeconds: (userTicks + systemTicks) / ticksPerSecond, residentBytes: residentPages * pageBytes };
}
