import { execFile } from 'node:child_process';
import { readFile, readlink } from 'node:fs/promises';
import { platform } from 'node:os';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** What the operating system knows of a process. */
export interface ProcessFacts {
  /** Ended, but not yet reaped by its parent: it does nothing any more. */
  readonly zombie: boolean;
  /** Opaque; differs between two processes that had the same id one after the other. */
  readonly startedAt: string;
  readonly command: string;
  readonly workingDirectory: string | undefined;
}

/** Undefined when no process has this id. */
export async function inspectProcess(pid: number): Promise<ProcessFacts | undefined> {
  if (!exists(pid)) return undefined;
  if (platform() === 'linux') return fromProc(pid);
  return fromPs(pid);
}

function exists(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

async function fromProc(pid: number): Promise<ProcessFacts | undefined> {
  const nothing = (): undefined => undefined;
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(nothing);
  if (stat === undefined) return undefined;
  // The name in parentheses may hold spaces; the fields behind it are numbered from 3 in proc(5).
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const command = (await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(nothing)) ?? '';
  return {
    zombie: fields[0] === 'Z' || fields[0] === 'X',
    startedAt: fields[19] ?? '',
    command: command.split('\0').join(' ').trim(),
    workingDirectory: await readlink(`/proc/${pid}/cwd`).catch(nothing),
  };
}

async function fromPs(pid: number): Promise<ProcessFacts | undefined> {
  const column = async (name: string): Promise<string> =>
    (await run('ps', ['-p', String(pid), '-o', `${name}=`], { env: { LC_ALL: 'C' } })).stdout.trim();
  try {
    const [state, startedAt, command] = await Promise.all([column('stat'), column('lstart'), column('command')]);
    return { zombie: state.startsWith('Z'), startedAt, command, workingDirectory: undefined };
  } catch {
    return exists(pid) ? { zombie: false, startedAt: '', command: '', workingDirectory: undefined } : undefined;
  }
}

/** Whether the process is a live postmaster of this very cluster, and not another program that got its id. */
export function isPostmasterOf(cluster: string, facts: ProcessFacts | undefined): boolean {
  if (!facts || facts.zombie || !/postgres/.test(facts.command)) return false;
  return facts.workingDirectory === undefined ? facts.command.includes(cluster) : facts.workingDirectory === cluster;
}
