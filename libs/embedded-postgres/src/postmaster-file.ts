import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** What a postmaster writes down about itself in `postmaster.pid` (PostgreSQL source, pidfile.h). */
export interface PostmasterFile {
  readonly pid: number;
  readonly port: number;
  /** Accepts connections. */
  readonly ready: boolean;
  readonly stopping: boolean;
}

const pathIn = (cluster: string): string => join(cluster, 'postmaster.pid');

/** Undefined when there is none, or it is being written just now. */
export async function readPostmasterFile(cluster: string): Promise<PostmasterFile | undefined> {
  const text = await readFile(pathIn(cluster), 'utf8').catch(() => undefined);
  const lines = text?.split('\n') ?? [];
  const pid = Number(lines[0]);
  if (!Number.isInteger(pid) || pid <= 0) return undefined;
  const status = lines[7]?.trim();
  return { pid, port: Number(lines[3]), ready: status === 'ready', stopping: status === 'stopping' };
}

/**
 * Lets a start go past a lock file whose process id belongs to a zombie or to another program. The file is kept with an
 * id that no process can have, because its other lines let PostgreSQL see backends that are still alive.
 */
export async function disarmPostmasterFile(cluster: string): Promise<void> {
  const [, ...rest] = (await readFile(pathIn(cluster), 'utf8')).split('\n');
  await writeFile(pathIn(cluster), [String(2 ** 31 - 1), ...rest].join('\n'));
}
