import { createWriteStream } from 'node:fs';
import { rm, stat } from 'node:fs/promises';
import { Readable } from 'node:stream';
import type { ReadableStream } from 'node:stream/web';
import { pipeline } from 'node:stream/promises';
import { setTimeout as pause } from 'node:timers/promises';
import type { Download } from '../catalogue/model.js';
import { ModelError } from '../model-error.js';
import { sha256Of } from './checksum.js';

export interface DownloadOptions {
  readonly signal: AbortSignal;
  /** Bytes that are there, those of an earlier run included. */
  readonly progress: (bytes: number) => void;
  /** Between two tries; for tests. */
  readonly pauseMs?: number;
}

/** So often in a row may a connection bring nothing new. */
const fruitlessTries = 5;

/**
 * Fetches a file. What is there already is not fetched again, also after the process was stopped; a wrong file is
 * removed.
 * @throws ModelError when the server refuses, gives up, or has another file; the reason of the signal
 */
export async function download(file: Download, path: string, options: DownloadOptions): Promise<void> {
  let tries = 0;
  for (let present = await sizeOf(path); present < file.bytes;) {
    options.progress(present);
    await fetchRest(file, path, present, options).catch((error: unknown) => giveUpOver(error, options.signal));
    const now = await sizeOf(path);
    tries = now > present ? 0 : tries + 1;
    if (tries === fruitlessTries)
      throw new ModelError(`${hostOf(file.url)} does not answer. Run the command again later.`);
    if (now < file.bytes) await pause(options.pauseMs ?? 1_000, undefined, { signal: options.signal });
    present = now;
  }
  options.progress(file.bytes);
  const sha256 = (await sizeOf(path)) === file.bytes ? await sha256Of(path) : 'none: it is too long';
  if (sha256 === file.sha256) return;
  await rm(path);
  throw new ModelError(
    `${hostOf(file.url)} has another file than this version of Harmony expects (SHA-256 ${sha256}); it was removed.`,
  );
}

async function fetchRest(
  { url, bytes }: Download,
  path: string,
  present: number,
  options: DownloadOptions,
): Promise<void> {
  const { signal, progress } = options;
  const response = await fetch(url, { signal, headers: present > 0 ? { Range: `bytes=${present}-` } : {} });
  if (response.status >= 400 && response.status < 500 && response.status !== 429) {
    throw new ModelError(`${hostOf(url)} answers ${response.status}.`);
  }
  if (!response.ok || !response.body) return;
  // A server that does not know ranges sends the file from its beginning.
  const isRest = response.status === 206;
  let done = isRest ? present : 0;
  const counted = async function* (pieces: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
    for await (const piece of pieces) {
      done += piece.length;
      if (done > bytes) throw new ModelError(`${hostOf(url)} sends more than the ${bytes} bytes of the file.`);
      progress(done);
      yield piece;
    }
  };
  const body = Readable.fromWeb(response.body as ReadableStream<Uint8Array>);
  await pipeline(body, counted, createWriteStream(path, { flags: isRest ? 'a' : 'w' }), { signal });
}

/** A connection that breaks is taken up again; everything else is for the person to know. */
function giveUpOver(error: unknown, signal: AbortSignal): void {
  signal.throwIfAborted();
  const code = typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
  if (error instanceof ModelError || code === 'ENOSPC' || code === 'EACCES') throw error;
}

async function sizeOf(path: string): Promise<number> {
  return (await stat(path).catch(() => undefined))?.size ?? 0;
}

const hostOf = (url: string): string => new URL(url).host;
