import { randomUUID } from 'node:crypto';
import { mkdir, mkdtemp, readdir, rm } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';

const prefix = 'harmony-media';
const namePattern = /^harmony-media-(\w+)-(\d+)-(\w+)-/;

/** Several machines may share the parent; each knows only of its own processes whether they live. */
const machine = hostname().replaceAll(/[^A-Za-z0-9]/g, '_');
/** Tells this process from one before it with the same number, as in a container that was started again. */
const life = randomUUID().slice(0, 8);

/**
 * Gives the work an empty directory that only this user can enter, and takes it away afterwards. Those that a killed
 * process left under the same parent are taken away first.
 */
export async function withPrivateDirectory<Result>(
  parent: string,
  work: (directory: string) => Promise<Result>,
): Promise<Result> {
  await mkdir(parent, { recursive: true });
  await removeAbandoned(parent);
  const directory = await mkdtemp(join(parent, [prefix, machine, process.pid, life, ''].join('-')));
  try {
    return await work(directory);
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

async function removeAbandoned(parent: string): Promise<void> {
  for (const name of await readdir(parent)) {
    if (isAbandoned(name)) await rm(join(parent, name), { recursive: true, force: true });
  }
}

function isAbandoned(name: string): boolean {
  const [, where, pid, ownLife] = namePattern.exec(name) ?? [];
  if (where !== machine) return false;
  return Number(pid) === process.pid ? ownLife !== life : !isAlive(Number(pid));
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    // A process of somebody else answers EPERM.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
