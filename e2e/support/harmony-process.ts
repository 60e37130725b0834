import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';
import { z } from 'zod';

/** Generous: a limit for a hang, not a measurement. */
const readyWithinMs = 180_000;

const root = join(import.meta.dirname, '../..');

const readySchema = z.object({
  url: z.url(),
  graphqlUrl: z.url(),
  apiKey: z.string(),
  email: z.email(),
  password: z.string(),
  workspaceId: z.uuid(),
});

export type Ready = z.output<typeof readySchema>;

export interface HarmonyProcess extends Ready {
  readonly child: ChildProcess;
  /** Everything that it wrote to standard error so far; logs. */
  readonly log: () => string;
  /** SIGKILL, and waits until it is gone. */
  kill9(): Promise<void>;
  /** SIGTERM, and the exit code. */
  stop(): Promise<number | null>;
}

export interface HarmonyOptions {
  readonly dataDirectory: string;
  readonly port?: number;
  readonly environment?: Readonly<Record<string, string>>;
}

/** The demo as people run it, which submits its samples and asks everything about them. */
export const startDemo = (options: HarmonyOptions): Promise<HarmonyProcess> =>
  startProgram(join(root, 'services/all-in-one/dist/demo/main.js'), options);

/** All in one with an empty workspace. */
export const startHarmonyProcess = (options: HarmonyOptions): Promise<HarmonyProcess> =>
  startProgram(join(import.meta.dirname, 'programs/harmony.mjs'), options);

/** Starts a program in a process of its own and resolves when it says that it is ready. */
async function startProgram(
  program: string,
  { dataDirectory, port = 0, environment = {} }: HarmonyOptions,
): Promise<HarmonyProcess> {
  const child = spawn(process.execPath, [program, '--json', '--port', String(port), '--data-dir', dataDirectory], {
    env: { ...process.env, NODE_OPTIONS: '', RATE_LIMIT_PER_MINUTE: '1000000', ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let log = '';
  child.stderr.on('data', (chunk: Buffer) => {
    log = (log + chunk.toString()).slice(-200_000);
  });
  const exited = once(child, 'exit');
  const lines = createInterface({ input: child.stdout });
  const firstLine = once(lines, 'line').then(([line]: unknown[]) => readySchema.parse(JSON.parse(String(line))));
  const tooLate = new AbortController();
  const limit = pause(readyWithinMs, undefined, { signal: tooLate.signal }).catch(() => undefined);
  const ready = await Promise.race([firstLine, exited.then(() => undefined), limit]);
  tooLate.abort();
  if (!ready) {
    child.kill('SIGKILL');
    throw new Error(`Harmony was not ready (exit code ${child.exitCode}).\n${log}`);
  }
  lines.resume();
  const end = async (signal: NodeJS.Signals): Promise<number | null> => {
    if (child.exitCode === null && child.signalCode === null) child.kill(signal);
    await exited;
    return child.exitCode;
  };
  return {
    ...ready,
    child,
    log: () => log,
    kill9: async () => {
      await end('SIGKILL');
    },
    stop: () => end('SIGTERM'),
  };
}
