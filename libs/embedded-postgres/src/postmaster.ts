import { HarmonyError } from '@harmony/contracts';
import { spawn, type ChildProcess } from 'node:child_process';
import { open, readFile, rename, rm, stat } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';
import type { Account } from './account.js';
import type { Binaries } from './binaries.js';
import type { ClusterSettings } from './cluster.js';
import { answers } from './connection.js';
import { classifyOutput, explainOutput } from './failures.js';
import { readPostmasterFile } from './postmaster-file.js';
import { inspectProcess, isPostmasterOf } from './processes.js';
import type { ClusterPaths } from './types.js';

/** A server that accepts connections. */
export interface Postmaster {
  readonly pid: number;
  readonly port: number;
  /** Resolves when the process has ended, for whatever reason. */
  readonly exited: Promise<void>;
}

export interface Server {
  readonly paths: ClusterPaths;
  readonly binaries: Binaries;
  readonly account: Account;
}

const startLimitMs = 120_000;
const pollMs = 50;

/** Durable, on the loopback only, and silent about the values in statements. */
const settings = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  fsync: 'on',
  synchronous_commit: 'on',
  full_page_writes: 'on',
  max_connections: '200',
  shared_buffers: '128MB',
  random_page_cost: '1.1',
  timezone: 'UTC',
  log_timezone: 'UTC',
  lc_messages: 'C',
  log_error_verbosity: 'terse',
  log_min_error_statement: 'panic',
  log_checkpoints: 'off',
} as const;

const serverParameters = (cluster: string, port: number): string[] => [
  '-D',
  cluster,
  '-p',
  String(port),
  ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]),
];

export type LaunchResult =
  | { readonly postmaster: Postmaster }
  | { readonly failure: 'port-taken' | 'still-releasing'; readonly error: HarmonyError };

/** Starts the server in a process group of its own, so that Ctrl-C in a terminal reaches Harmony alone. */
export async function launch(server: Server, credentials: ClusterSettings): Promise<LaunchResult> {
  const { paths, account, binaries } = server;
  await rotate(paths.log);
  const log = await open(paths.log, 'a', 0o600);
  const startOfOutput = (await log.stat()).size;
  const { file, parameters } = account.command(binaries.postgres, serverParameters(paths.cluster, credentials.port));
  const child = spawn(file, parameters, {
    ...account.spawnOptions,
    cwd: '/',
    detached: true,
    env: { LC_ALL: 'C', PATH: '/usr/bin:/bin' },
    stdio: ['ignore', log.fd, log.fd],
  });
  const exited = new Promise<void>((resolve, reject) => {
    child.once('exit', () => resolve());
    child.once('error', reject);
  });
  child.unref();
  try {
    if (await waitUntilReady(child, exited, paths, credentials)) {
      return { postmaster: { pid: child.pid ?? 0, port: credentials.port, exited } };
    }
  } finally {
    await log.close();
  }
  const output = (await readFile(paths.log)).subarray(startOfOutput).toString();
  const failure = classifyOutput(output);
  const error = explainOutput('PostgreSQL did not start', paths.cluster, output);
  if (failure === 'final') throw error;
  return { failure, error };
}

/** @returns false when the process ended instead. */
async function waitUntilReady(
  child: ChildProcess,
  exited: Promise<void>,
  paths: ClusterPaths,
  credentials: ClusterSettings,
): Promise<boolean> {
  const deadline = performance.now() + startLimitMs;
  const ended = exited.then(() => true);
  while (performance.now() < deadline) {
    if (await Promise.race([ended, pause(pollMs, false)])) return false;
    const file = await readPostmasterFile(paths.cluster);
    if (file?.pid === child.pid && file?.ready && (await answers(credentials))) return true;
  }
  child.kill('SIGINT');
  throw new HarmonyError('TIMED_OUT', {
    detail: `PostgreSQL was still recovering ${paths.cluster} after ${startLimitMs / 1000} seconds. Look into ${paths.log}, and start again.`,
  });
}

/** A server that somebody else started; its end is noticed by asking for it. */
export function adopt(pid: number, port: number, cluster: string): Postmaster {
  const watch = async (): Promise<void> => {
    while (isPostmasterOf(cluster, await inspectProcess(pid))) await pause(pollMs * 4, undefined, { ref: false });
  };
  return { pid, port, exited: watch() };
}

/** Ends every session at once and flushes (`fast` shutdown); after the limit without the flush, which costs a recovery. */
export async function shutDown(postmaster: Postmaster, limitMs = 15_000): Promise<void> {
  for (const signal of ['SIGINT', 'SIGQUIT', 'SIGKILL'] as const) {
    sendSignal(postmaster.pid, signal);
    if (await endsWithin(postmaster, limitMs)) return;
  }
}

async function endsWithin(postmaster: Postmaster, limitMs: number): Promise<boolean> {
  // The timer is what keeps Node running meanwhile; the child process does not.
  const timer = new AbortController();
  const timedOut = pause(limitMs, false, { signal: timer.signal }).catch(() => false);
  const ended = await Promise.race([postmaster.exited.then(() => true), timedOut]);
  timer.abort();
  return ended;
}

/** A process that is gone needs no signal. */
export function sendSignal(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

async function rotate(log: string): Promise<void> {
  const size = (await stat(log).catch(() => undefined))?.size ?? 0;
  if (size < 10_000_000) return;
  await rm(`${log}.1`, { force: true });
  await rename(log, `${log}.1`);
}
