import { readFile } from 'node:fs/promises';

const lookEveryMs = 20;

/** Resident memory of a process in MiB; undefined where there is no /proc. */
export async function residentMiB(pid: number): Promise<number | undefined> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '');
  const kibibytes = /^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1];
  return kibibytes === undefined ? undefined : Number(kibibytes) / 1024;
}

/** How far a process grows above its start, in MiB, while the work is done. */
export async function growthWhile<Result>(
  pid: number,
  work: () => Promise<Result>,
): Promise<{ readonly result: Result; readonly grewMiB: number | undefined }> {
  const before = await residentMiB(pid);
  let most = before ?? 0;
  const timer = setInterval(() => {
    void residentMiB(pid).then((now) => (most = Math.max(most, now ?? 0)));
  }, lookEveryMs);
  try {
    const result = await work();
    return { result, grewMiB: before === undefined ? undefined : most - before };
  } finally {
    clearInterval(timer);
  }
}
