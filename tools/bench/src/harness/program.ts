import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { WrongResult } from './bench.js';

/** A Node program in a process of its own that prints one JSON line when it is ready. */
export interface RunningProgram {
  /** The first line, parsed. */
  readonly ready: unknown;
  readonly pid: number;
  /** Asks it to end, and waits until it has. */
  stop(): Promise<void>;
}

export interface ProgramOptions {
  readonly file: string;
  /** Of Node itself. */
  readonly flags?: readonly string[];
  readonly words?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
}

const endsWithinMs = 30_000;

/**
 * Starts it as in production, which graphql-js and Express are faster in.
 * @throws WrongResult with what it said when it ends before it is ready.
 */
export async function startProgram({
  file,
  flags = [],
  words = [],
  environment,
}: ProgramOptions): Promise<RunningProgram> {
  const child = spawn(process.execPath, [...flags, file, ...words], {
    env: { ...process.env, NODE_ENV: 'production', ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  child.stderr.on('data', (chunk: Buffer) => (said = `${said}${chunk.toString()}`.slice(-2_000)));
  const kill = (): void => void child.kill('SIGKILL');
  process.once('exit', kill);
  const ended = once(child, 'exit').finally(() => process.removeListener('exit', kill));
  const lines = createInterface(child.stdout);
  const first = await Promise.race([once(lines, 'line'), ended.then(() => undefined)]);
  if (!first) throw new WrongResult(`${file} ended before it was ready. ${said}`);
  const stop = async (): Promise<void> => {
    const timer = setTimeout(kill, endsWithinMs);
    child.kill('SIGTERM');
    await ended;
    clearTimeout(timer);
  };
  return { ready: JSON.parse(String(first[0])) as unknown, pid: child.pid ?? 0, stop };
}
