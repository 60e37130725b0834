import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { open, readFile } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { promisify } from 'node:util';
import { eventually } from '../eventually.js';

/** A loopback port that nobody listens on now. */
export const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });

export interface RunOptions {
  readonly environment?: Readonly<Record<string, string>>;
  readonly folder?: string;
  readonly withinMs: number;
}

/** Runs a program to its end and gives what it printed; throws with the end of its output when it fails. */
export async function run(program: string, options: readonly string[], how: RunOptions): Promise<string> {
  try {
    const { stdout, stderr } = await promisify(execFile)(program, [...options], {
      cwd: how.folder,
      env: { ...process.env, ...how.environment },
      timeout: how.withinMs,
      maxBuffer: 64 * 1024 * 1024,
    });
    return `${stdout}${stderr}`;
  } catch (error) {
    const { stdout = '', stderr = '', message } = error as Error & { stdout?: string; stderr?: string };
    const output = `${stdout}${stderr}`.trim() || message;
    throw new Error(`${program} failed: ${output.slice(-400)}`, { cause: error });
  }
}

/** Whether a program can be started at all. */
export const isInstalled = (program: string, question: string): Promise<boolean> =>
  run(program, [question], { withinMs: 30_000 }).then(
    () => true,
    () => false,
  );

export interface ServerProcess {
  kill(signal: 'SIGTERM' | 'SIGKILL'): Promise<void>;
}

export interface ServerProcessOptions {
  readonly options: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  readonly logFile: string;
  /** Throws until the server answers. */
  readonly isReady: () => Promise<void>;
}

/** Starts a server and waits until it answers; throws with the end of its log when it ends before. */
export async function startServer(program: string, how: ServerProcessOptions): Promise<ServerProcess> {
  const log = await open(how.logFile, 'a');
  const child = spawn(program, how.options, {
    stdio: ['ignore', log.fd, log.fd],
    env: { ...process.env, ...how.environment },
  });
  await log.close();
  const watcher = watch(child);
  const ended = new Promise<void>((resolve) => {
    child.once('exit', () => resolve());
    child.once('error', () => resolve());
  });
  void ended.then(() => watcher?.kill('SIGKILL'));
  const kill = async (signal: 'SIGTERM' | 'SIGKILL'): Promise<void> => {
    child.kill(signal);
    await ended;
  };
  try {
    await answers(child, ended, how.isReady);
  } catch (error) {
    await kill('SIGKILL');
    const lastLines = (await readFile(how.logFile, 'utf8')).slice(-600);
    throw new Error(`${program} did not start: ${lastLines}`, { cause: error });
  }
  return { kill };
}

/** Ends the server when this process ends in whatever way, a kill -9 included: the watcher's input ends with us. */
function watch({ pid }: ChildProcess): ChildProcess | undefined {
  if (pid === undefined) return undefined;
  const watcher = spawn('sh', ['-c', 'cat > /dev/null; kill -9 "$0"', `${pid}`], {
    stdio: ['pipe', 'ignore', 'ignore'],
    detached: true,
  });
  watcher.unref();
  return watcher;
}

async function answers(child: ChildProcess, ended: Promise<void>, isReady: () => Promise<void>): Promise<void> {
  let over = false;
  void ended.then(() => (over = true));
  await eventually(
    async () => {
      if (over) return;
      await isReady();
    },
    { withinMs: 60_000, everyMs: 100 },
  );
  if (over || child.exitCode !== null) throw new Error('The process ended.');
}
