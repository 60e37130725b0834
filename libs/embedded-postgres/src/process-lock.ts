import { HarmonyError } from '@harmony/contracts';
import { randomUUID } from 'node:crypto';
import { link, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { z } from 'zod';
import { inspectProcess } from './processes.js';

const holderSchema = z.object({ pid: z.int().positive(), startedAt: z.string(), token: z.string() });

/** A data directory that belongs to this process. */
export interface ProcessLock {
  release(): Promise<void>;
}

/**
 * Takes the lock file, also from a process that is gone.
 * @throws HarmonyError DATA_DIRECTORY_IN_USE, naming the process that has it.
 */
export async function acquireProcessLock(path: string): Promise<ProcessLock> {
  const own = {
    pid: process.pid,
    startedAt: (await inspectProcess(process.pid))?.startedAt ?? '',
    token: randomUUID(),
  };
  const draft = `${path}.${own.token}`;
  await writeFile(draft, JSON.stringify(own), { mode: 0o600 });
  try {
    while (!(await claim(draft, path))) await removeStale(path);
  } finally {
    await rm(draft, { force: true });
  }
  return { release: () => releaseIfOurs(path, own.token) };
}

/** Linking fails when the file exists, and makes it appear with its content; so nobody reads half a lock. */
async function claim(draft: string, path: string): Promise<boolean> {
  try {
    await link(draft, path);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

async function removeStale(path: string): Promise<void> {
  const text = await readFile(path, 'utf8').catch(() => undefined);
  if (text === undefined) return;
  const holder = parseHolder(text);
  if (holder && (await isAlive(holder))) {
    throw new HarmonyError('DATA_DIRECTORY_IN_USE', {
      detail: `Another Harmony process (pid ${holder.pid}) uses this data directory. Stop it first, or choose another one with --data-dir.`,
      facts: { pid: holder.pid },
    });
  }
  await setAside(path, text);
}

/** Two processes may find the same stale lock: whoever moves away a fresh one by mistake puts it back. */
async function setAside(path: string, stale: string): Promise<void> {
  const aside = `${path}.${randomUUID()}`;
  const moved = await rename(path, aside).then(
    () => true,
    () => false,
  );
  if (!moved) return;
  if ((await readFile(aside, 'utf8')) !== stale) await claim(aside, path);
  await rm(aside, { force: true });
}

async function isAlive(holder: z.output<typeof holderSchema>): Promise<boolean> {
  const facts = await inspectProcess(holder.pid);
  return facts !== undefined && !facts.zombie && facts.startedAt === holder.startedAt;
}

async function releaseIfOurs(path: string, token: string): Promise<void> {
  const holder = parseHolder(await readFile(path, 'utf8').catch(() => ''));
  if (holder?.token === token) await rm(path, { force: true });
}

function parseHolder(text: string): z.output<typeof holderSchema> | undefined {
  try {
    return holderSchema.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}
