import { eventually } from '@harmony/testing';
import { expect } from '@jest/globals';
import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { inspectProcess } from '../processes.js';

const root = fileURLToPath(new URL('../../../../', import.meta.url));

/** Compiles what a child process runs, so that it runs what is being tested. */
export async function buildHolder(): Promise<void> {
  const packages = ['contracts', 'libs/embedded-postgres'];
  await promisify(execFile)(process.execPath, ['tools/build/build.mjs', ...packages], { cwd: root });
}

export function spawnHolder(dataDirectory: string): ChildProcess {
  const script = fileURLToPath(new URL('../../dist/testing/holder.js', import.meta.url));
  return spawn(process.execPath, [script, dataDirectory], { stdio: ['ignore', 'pipe', 'inherit'] });
}

/** The postmaster that the holder reports. */
export async function readyHolder(child: ChildProcess): Promise<{ url: string; pid: number; adopted: boolean }> {
  if (!child.stdout) throw new Error('The holder has no output.');
  for await (const line of createInterface({ input: child.stdout })) {
    const fact = JSON.parse(line) as { url?: string; pid: number; adopted: boolean };
    if (fact.url !== undefined) return { ...fact, url: fact.url };
  }
  throw new Error('The holder ended before it was ready.');
}

export async function kill(child: ChildProcess): Promise<void> {
  const ended = once(child, 'exit');
  child.kill('SIGKILL');
  await ended;
}

/** A process that has ended and that its parent never reaps, for as long as the parent lives. */
export async function spawnZombie(account: {
  uid?: number;
  gid?: number;
}): Promise<{ pid: number; parent: ChildProcess }> {
  const parent = spawn('sh', ['-c', 'sleep 120 & echo $!; exec sleep 120'], {
    ...account,
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const [line] = (await once(parent.stdout, 'data')) as [Buffer];
  const pid = Number(line.toString());
  // The shell would reap what ended before it made way for a program that knows of no children.
  await eventually(async () => expect((await inspectProcess(parent.pid ?? 0))?.command).toBe('sleep 120'));
  process.kill(pid, 'SIGKILL');
  await eventually(async () => expect((await inspectProcess(pid))?.zombie).toBe(true));
  return { pid, parent };
}
