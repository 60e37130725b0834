import { HarmonyError } from '@harmony/contracts';
import { statusError } from './status-error.js';

export interface WatchOptions {
  readonly baseUrl: string;
  readonly apiKey: string | undefined;
  readonly silenceMs: number;
  readonly signal: AbortSignal;
}

/**
 * The `fetch` that the clients of the providers use for one call: it reaches the configured server and no other, follows
 * no redirect, goes over no proxy, and ends when the server is silent for too long or the signal says so. What went
 * wrong is kept here as it was, since every client wraps errors in another way.
 */
export class WatchedFetch {
  failure: Error | undefined;

  constructor(private readonly options: WatchOptions) {}

  readonly fetch: typeof globalThis.fetch = async (input, init) => {
    const { baseUrl, apiKey, signal } = this.options;
    const url = new URL(input instanceof Request ? input.url : input);
    if (url.origin !== new URL(baseUrl).origin) throw this.fail(new Error(`No call goes to ${url.origin}.`));
    const silence = new Silence(this.options.silenceMs);
    try {
      const stop = AbortSignal.any([signal, silence.signal]);
      // A redirect would send the conversation, and perhaps the key, to somebody whom nobody named.
      const response = await globalThis.fetch(url, { ...init, redirect: 'manual', signal: stop });
      if (!response.ok) throw await statusError(response, apiKey);
      return this.watched(response, silence);
    } catch (error) {
      silence.end();
      throw this.fail(error);
    }
  };

  /** The same answer; every piece of it starts the silence anew. */
  private watched({ body, status, headers }: Response, silence: Silence): Response {
    if (body === null) return new Response(null, { status, headers });
    const reader: ReadableStreamDefaultReader<Uint8Array> = body.getReader();
    const pull = async (controller: ReadableStreamDefaultController<Uint8Array>): Promise<void> => {
      try {
        const { done, value } = await reader.read();
        silence.restart();
        if (!done) return controller.enqueue(value);
        silence.end();
        controller.close();
      } catch (error) {
        silence.end();
        controller.error(this.fail(error));
      }
    };
    const cancel = (reason: unknown): Promise<void> => {
      silence.end();
      return reader.cancel(reason);
    };
    return new Response(new ReadableStream<Uint8Array>({ pull, cancel }), { status, headers });
  }

  private fail(error: unknown): Error {
    this.failure ??= this.meaningOf(error);
    return this.failure;
  }

  private meaningOf(error: unknown): Error {
    const { signal } = this.options;
    if (signal.aborted && signal.reason instanceof Error) return signal.reason;
    if (error instanceof HarmonyError) return error;
    return new HarmonyError('ANALYST_UNAVAILABLE', { cause: error });
  }
}

/** Aborts when nothing restarts it in time. */
class Silence {
  private readonly controller = new AbortController();
  private readonly timer: NodeJS.Timeout;
  readonly signal = this.controller.signal;

  constructor(milliseconds: number) {
    this.timer = setTimeout(() => this.controller.abort(timeLimit(milliseconds)), milliseconds);
  }

  restart(): void {
    this.timer.refresh();
  }

  end(): void {
    clearTimeout(this.timer);
  }
}

const timeLimit = (milliseconds: number): HarmonyError =>
  new HarmonyError('ANALYST_TIME_LIMIT', { detail: `The language model was silent for ${milliseconds} ms.` });
