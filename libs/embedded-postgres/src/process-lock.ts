import { HarmonyError } from '@harmony/contracts';
import { randomUUID } from 'node:crypto';
import { link, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { inspectProcess } from './processes.js';

const holderSchema = z.object({ pid: z.int().positive(), startedAt: z.string() });
type Holder = z.output<typeof holderSchema>;

/** A data directory that belongs to this process. */
export interface ProcessLock {
  release(): Promise<void>;
}

/**
 * Takes the lock of the folder, also from a process that is gone. Every holder writes a file with the next number, and
 * the file with the highest number is the lock; it is never removed, so two processes that find the same stale lock
 * compete for the same next number, and the file system lets one of them have it.
 * @throws HarmonyError DATA_DIRECTORY_IN_USE, naming the process that has it.
 */
export async function acquireProcessLock(folder: string): Promise<ProcessLock> {
  const own = JSON.stringify({ pid: process.pid, startedAt: (await inspectProcess(process.pid))?.startedAt ?? '' });
  for (;;) {
    const held = await numbersIn(folder);
    const latest = Math.max(0, ...held);
    await requireFree(fileOf(folder, latest));
    const next = fileOf(folder, latest + 1);
    if (!(await createWhole(next, own))) continue;
    // Others may have come and gone since the look around; then this number is not the highest.
    const overtaken = (await numbersIn(folder)).some((number) => number > latest + 1);
    const superfluous = overtaken ? [next] : held.map((number) => fileOf(folder, number));
    for (const file of superfluous) await rm(file, { force: true });
    if (!overtaken) return { release: () => replaceWhole(next, '{}') };
  }
}

const fileOf = (folder: string, number: number): string => join(folder, `harmony.lock.${number}`);

async function numbersIn(folder: string): Promise<number[]> {
  const names = await readdir(folder);
  return names.flatMap((name) => /^harmony\.lock\.(\d{1,12})$/.exec(name)?.[1] ?? []).map(Number);
}

async function requireFree(file: string): Promise<void> {
  const holder = parseHolder(await readFile(file, 'utf8').catch(() => '{}'));
  if (!holder || !(await isAlive(holder))) return;
  throw new HarmonyError('DATA_DIRECTORY_IN_USE', {
    detail: `Another Harmony process (pid ${holder.pid}) uses this data directory. Stop it first, or choose another one with --data-dir.`,
    facts: { pid: holder.pid },
  });
}

/** Undefined for a lock that was released, or damaged by a crash of the machine. */
function parseHolder(text: string): Holder | undefined {
  try {
    return holderSchema.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}

async function isAlive({ pid, startedAt }: Holder): Promise<boolean> {
  const facts = await inspectProcess(pid);
  return facts !== undefined && !facts.zombie && facts.startedAt === startedAt;
}

/** The file appears with all of its content, or not at all because it exists already. */
async function createWhole(file: string, content: string): Promise<boolean> {
  const draft = `${file}.${randomUUID()}`;
  await writeFile(draft, content, { mode: 0o600 });
  try {
    await link(draft, file);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  } finally {
    await rm(draft, { force: true });
  }
}

async function replaceWhole(file: string, content: string): Promise<void> {
  const draft = `${file}.${randomUUID()}`;
  await writeFile(draft, content, { mode: 0o600 });
  await rename(draft, file);
}
