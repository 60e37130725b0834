import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { startProgram, type RunningProgram } from './program.js';

const readySchema = z.object({ url: z.url(), apiKey: z.string() });

export interface RunningHarmony extends z.output<typeof readySchema> {
  readonly pid: number;
  stop(): Promise<void>;
}

const distribution = dirname(fileURLToPath(import.meta.resolve('@harmony/service-all-in-one')));
export const demoFile = join(distribution, 'demo/main.js');

/** What a bench sets so that it measures the work and not the limit, unless told otherwise. */
const environment = { RATE_LIMIT_PER_MINUTE: '1000000', LOG_LEVEL: 'error' };

/**
 * Everything in one process, started as `npm run demo` starts it, on a free port; its sample conversations included.
 * `flags` are Node's own.
 */
export async function startHarmony(
  dataDirectory: string,
  more: Readonly<Record<string, string>> = {},
  flags: readonly string[] = [],
): Promise<RunningHarmony> {
  const words = ['--json', '--port', '0', '--data-dir', dataDirectory];
  const program: RunningProgram = await startProgram({
    file: demoFile,
    ...{ flags, words },
    environment: { ...environment, ...more },
  });
  return { ...readySchema.parse(program.ready), pid: program.pid, stop: () => program.stop() };
}

/** Runs something with a new folder that is gone afterwards. */
export async function withFolder<Result>(use: (folder: string) => Promise<Result>): Promise<Result> {
  const folder = await mkdtemp(join(tmpdir(), 'harmony-bench-'));
  try {
    return await use(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
