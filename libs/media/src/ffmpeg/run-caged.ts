import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { PassThrough, type Readable } from 'node:stream';
import { checkExit } from './exit.js';
import type { MediaLimits } from './limits.js';
import { Watch } from './watch.js';

export interface CagedRun {
  /** Absolute path of the program. */
  readonly program: string;
  readonly arguments: readonly string[];
  /** Private to the run: where the program starts, and the only place that it is meant to write to. */
  readonly directory: string;
  readonly limits: MediaLimits;
  readonly signal: AbortSignal;
}

/** Makes something of what a program prints, piece by piece. */
export type OutputReader<Result> = (output: AsyncIterable<Buffer>) => Promise<Result>;

/**
 * Limits that the kernel keeps, behind those that {@link Watch} looks after and can name. A platform that lacks one goes
 * without it. Address space is no memory yet, so its limit only stops what runs away between two looks.
 */
const cage = `
ulimit -c 0 2>/dev/null
ulimit -t "$1" 2>/dev/null
ulimit -f "$2" 2>/dev/null
ulimit -v "$3" 2>/dev/null
shift 3
exec "$@"
`;

const addressSpaceBytes = 4 * 1024 ** 3;
const keptErrorText = 4_000;

/**
 * Runs a program on a file that nobody trusts, and hands what it prints to a reader. Resolves with what the reader made
 * of it once the program has ended well; whatever happens, no child is left behind, and the reader has come to its end.
 * @throws HarmonyError MEDIA_TIME_LIMIT, MEDIA_RESOURCE_LIMIT, MEDIA_TOOL_KILLED, MEDIA_TOOL_MISSING, STORAGE_FULL, or
 * MEDIA_BROKEN when the program gave up; the reader's own error; the signal's reason.
 */
export async function runCaged<Result>(run: CagedRun, read: OutputReader<Result>): Promise<Result> {
  run.signal.throwIfAborted();
  const child = start(run);
  const ended = once(child, 'close');
  // Node throws away what a child printed and nobody has begun to read when it exits.
  const output = child.stdout.pipe(new PassThrough());
  await once(child, 'spawn');
  let verdict: { readonly reason: unknown } | undefined;
  const stop = (reason: unknown): void => {
    verdict ??= { reason };
    child.kill('SIGKILL');
    // A child has ended for Node when its output has been read to the end, and nobody reads it now.
    child.stdout.destroy();
    output.destroy();
  };
  const watch = new Watch(child.pid ?? 0, run.limits, stop, run.signal);
  const errorText = lastWords(child.stderr);
  try {
    const result = read(listen(output, watch));
    result.then(() => child.stdout.unpipe().resume(), stop);
    const [exitCode, exitSignal] = (await ended) as [number | null, NodeJS.Signals | null];
    const stopped = verdict;
    // What the reader writes may lie in the directory, which the caller takes away next.
    await Promise.allSettled([result]);
    if (stopped) throw stopped.reason;
    await checkExit({ exitCode, exitSignal, errorText: errorText(), directory: run.directory });
    return await result;
  } finally {
    watch.end();
  }
}

type Child = ChildProcess & { readonly stdout: Readable; readonly stderr: Readable };

function start({ program, arguments: given, directory, limits }: CagedRun): Child {
  const bounds = [
    Math.ceil(limits.cpuSeconds * 1.5),
    Math.ceil(limits.fileBytes / 512),
    Math.ceil((addressSpaceBytes + limits.memoryBytes) / 1024),
  ];
  return spawn('/bin/sh', ['-c', cage, 'sh', ...bounds.map(String), program, ...given], {
    cwd: directory,
    // No proxy, no home, no library path: nothing that a program might follow out of its directory.
    env: { LC_ALL: 'C', HOME: directory, TMPDIR: directory },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

async function* listen(output: Readable, watch: Watch): AsyncGenerator<Buffer> {
  for await (const piece of output as AsyncIterable<Buffer>) {
    watch.heard();
    yield piece;
  }
}

/** Keeps the end of what a program complains, and drains the rest: a broken file makes it complain a lot. */
function lastWords(errors: Readable): () => string {
  let kept = '';
  errors.setEncoding('latin1').on('data', (text: string) => {
    kept = (kept + text).slice(-keptErrorText);
  });
  return () => kept.trim();
}
