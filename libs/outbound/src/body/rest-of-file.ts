import { errorKind } from '@harmony/contracts';
import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import { failureOf, interrupted } from '../http/failures.js';

export interface Resuming {
  /** Asks for the same again. */
  readonly ask: (headers: Readonly<Record<string, string>>) => Promise<IncomingMessage>;
  /** How often, all cuts of one file together. */
  readonly resumes: number;
  /** Before the first; doubled for each further one. */
  readonly pauseMs: number;
  readonly signal: AbortSignal;
}

/**
 * Gets what a cut connection left out. Goes on only where the server proves that the rest belongs to the same version
 * of the file: by a strong ETag, or the time of its last change.
 */
export class RestOfFile {
  readonly #version: string | undefined;
  #left: number;

  constructor(
    private readonly first: IncomingHttpHeaders,
    private readonly resuming: Resuming,
  ) {
    this.#version = versionOf(first);
    this.#left = this.#version === undefined ? 0 : resuming.resumes;
  }

  /** @throws the failure that cut it, or HarmonyError URL_UNAVAILABLE, when only asking for everything again can help */
  async after(failure: unknown, offset: number): Promise<IncomingMessage> {
    const { resumes, pauseMs, signal } = this.resuming;
    while (this.#left > 0) {
      await wait(pauseMs * 2 ** (resumes - this.#left), undefined, { signal }).catch(() => undefined);
      signal.throwIfAborted();
      this.#left -= 1;
      const message = await this.#ask(offset);
      if (message) return message;
    }
    throw failure;
  }

  /** Undefined: not now. */
  async #ask(offset: number): Promise<IncomingMessage | undefined> {
    const message = await this.resuming
      .ask({ range: `bytes=${offset}-`, 'if-range': this.#version ?? '' })
      .catch(passing);
    if (!message || this.#isRest(offset, message)) return message;
    message.destroy();
    const { statusCode = 0, headers } = message;
    if (statusCode < 400) throw interrupted('The server does not go on where it was cut off.');
    return passing(failureOf(statusCode, headers));
  }

  #isRest(offset: number, { statusCode, headers }: IncomingMessage): boolean {
    if ((versionOf(headers) ?? this.#version) !== this.#version) return false;
    if (statusCode === 200) return offset === 0;
    const [, start, total] = /^bytes (\d+)-\d+\/(\d+|\*)$/.exec(headers['content-range'] ?? '') ?? [];
    const length = this.first['content-length'];
    return (
      statusCode === 206 && Number(start) === offset && (length === undefined || total === '*' || total === length)
    );
  }
}

function passing(error: unknown): undefined {
  if (errorKind(error) !== 'retriable') throw error;
}

/** What names one version of the file, for If-Range; a weak ETag does not. */
const versionOf = ({ etag, 'last-modified': lastModified }: IncomingHttpHeaders): string | undefined =>
  etag?.startsWith('"') ? etag : lastModified;
