import { readFile } from 'node:fs/promises';

const ticksPerSecond = 100;

/** Seconds of processor time of this process, and of another one; where the kernel does not tell of others, NaN. */
export async function processorSeconds(pid?: number): Promise<number> {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6 + (pid === undefined ? 0 : await secondsOf(pid));
}

async function secondsOf(pid: number): Promise<number> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
  // After the name in brackets, which may hold blanks: state, and from the twelfth on the times in user and kernel mode.
  const [user, system] = stat
    .slice(stat.lastIndexOf(')') + 2)
    .split(' ')
    .slice(11, 13)
    .map(Number);
  return ((user ?? NaN) + (system ?? NaN)) / ticksPerSecond;
}
