import { HarmonyError } from '@harmony/contracts';
import { safeError } from '@harmony/observability';
import { writeSync } from 'node:fs';
import { startProcess, type ProcessOptions, type RunningProcess } from './start-process.js';

const signals = ['SIGTERM', 'SIGINT'] as const;

/** What a program does once its process is ready; when it returns, the process stops with its exit code. */
export type Program = (running: RunningProcess, stopping: AbortSignal) => Promise<number>;

/**
 * Runs a process to its end, which is the end of Node: exit code 0 after an orderly stop by signal, 1 when it could not
 * start, lost a part, did not stop in time, or was told a second time.
 * @param program serves until a signal unless told otherwise.
 */
export async function runProcess(
  options: Omit<ProcessOptions, 'signal'>,
  program: Program = serveUntilStopped,
): Promise<never> {
  const stopping = stopOnSignals();
  const unhandled = endOnUnhandled();
  const running = await startOrExplain(options, stopping.signal);
  unhandled.tell = (error) => {
    running.logger.fatal({ error }, 'an error that nobody handled; this process ends');
    if (stopping.signal.aborted) process.exit(1);
    running.backends.lost('the process', error);
  };
  const programmed = program(running, stopping.signal).catch((error: unknown) => {
    running.logger.fatal({ error }, 'the program failed; this process ends');
    return 1;
  });
  const code = await Promise.race([programmed, running.lost.catch(() => 1)]);
  const limitSeconds = running.configuration.process.shutdownSeconds;
  endWithin(limitSeconds, () => running.logger.fatal({ limitSeconds }, 'the stop took too long; ending without it'));
  const exitCode = (await running.stop()) ? code : 1;
  running.logger.info({ exitCode }, 'stopped');
  process.exit(exitCode);
}

const serveUntilStopped: Program = (_, stopping) =>
  new Promise((resolve) => {
    if (stopping.aborted) resolve(0);
    stopping.addEventListener('abort', () => resolve(0));
  });

/** The first signal asks for an orderly stop, the second one is obeyed at once. */
function stopOnSignals(): AbortController {
  const stopping = new AbortController();
  for (const signal of signals) {
    process.on(signal, () => {
      if (stopping.signal.aborted) process.exit(1);
      stopping.abort();
    });
  }
  return stopping;
}

function endWithin(seconds: number, lastWords: () => void): void {
  const end = (): never => {
    lastWords();
    process.exit(1);
  };
  setTimeout(end, seconds * 1000).unref();
}

async function startOrExplain(options: ProcessOptions, signal: AbortSignal): Promise<RunningProcess> {
  const giveUp = (): void => endWithin(25, () => undefined);
  signal.addEventListener('abort', giveUp);
  try {
    return await startProcess({ ...options, signal });
  } catch (error) {
    if (signal.aborted) process.exit(0);
    sayWhy(error);
    process.exit(1);
  } finally {
    signal.removeEventListener('abort', giveUp);
  }
}

/** Written at once: there may be no logger yet, and nothing may be lost on the way out. */
function sayWhy(error: unknown): void {
  writeSync(2, `${explain(error)}\n`);
}

function explain(error: unknown): string {
  if (error instanceof HarmonyError && error.kind !== 'bug') return `Harmony did not start. ${error.message}`;
  return `Harmony did not start. ${JSON.stringify(safeError(error), undefined, 2)}`;
}

/** What nobody handled is a bug that may have left anything behind: say so, and let a new process begin afresh. */
function endOnUnhandled(): { tell: (error: unknown) => void } {
  const handling = {
    tell: (error: unknown): void => {
      sayWhy(error);
      process.exit(1);
    },
  };
  process.on('unhandledRejection', (error) => handling.tell(error));
  process.on('uncaughtException', (error) => handling.tell(error));
  return handling;
}
