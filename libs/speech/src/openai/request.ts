import { HarmonyError } from '@harmony/contracts';
import { backoffMs } from '@harmony/kernel';
import { setTimeout as pause } from 'node:timers/promises';
import type { OpenAiOptions } from './options.js';
import { retryAfterMs } from './retry-after.js';

const tries = 4;
const defaultBackoff = { firstMs: 1_000, maximumMs: 20_000 };
/** A server that wants to be left alone for longer is asked again by the next run of the job. */
const longestWaitMs = 60_000;
const shownCharacters = 300;

/**
 * Sends a form and reads the JSON of the answer; tries again after 408, 429, 5xx and broken connections, when the server
 * says so or with growing pauses.
 * @throws HarmonyError SPEECH_UNAVAILABLE after the last try, SPEECH_REFUSED for every other status, SPEECH_FAILED for
 * an answer that is no JSON; the reason of the signal
 */
export async function request(options: OpenAiOptions, form: FormData, signal: AbortSignal): Promise<unknown> {
  for (let attempt = 1; ; attempt += 1) {
    const outcome = await ask(options, form, signal);
    if ('json' in outcome) return outcome.json;
    const waitMs = outcome.retryAfterMs ?? backoffMs(attempt, options.backoff ?? defaultBackoff);
    if (attempt === tries || waitMs > longestWaitMs) throw unavailable(outcome);
    await pause(waitMs, undefined, { signal }).catch(() => signal.throwIfAborted());
  }
}

interface Failure {
  readonly why: string;
  readonly retryAfterMs?: number | undefined;
  readonly cause?: unknown;
}

async function ask(
  { baseUrl, apiKey, timeoutMs }: OpenAiOptions,
  body: FormData,
  signal: AbortSignal,
): Promise<{ readonly json: unknown } | Failure> {
  signal.throwIfAborted();
  const limit = AbortSignal.timeout(timeoutMs);
  try {
    const response = await fetch(`${baseUrl.replace(/\/+$/, '')}/audio/transcriptions`, {
      method: 'POST',
      body,
      headers: { Accept: 'application/json', ...(apiKey && { Authorization: `Bearer ${apiKey}` }) },
      // A redirect would send the recording, and perhaps the key, to somebody whom nobody named.
      redirect: 'manual',
      signal: AbortSignal.any([signal, limit]),
    });
    const text = await response.text();
    if (response.ok) return { json: parse(text) };
    if (!isPassing(response.status)) throw refused(response.status, withoutKey(text, apiKey));
    return { why: `it answers ${response.status}`, retryAfterMs: retryAfterMs(response.headers.get('retry-after')) };
  } catch (cause) {
    signal.throwIfAborted();
    if (cause instanceof HarmonyError) throw cause;
    return { why: limit.aborted ? `no answer within ${timeoutMs} ms` : 'the connection fails', cause };
  }
}

const isPassing = (status: number): boolean => status === 408 || status === 429 || status >= 500;

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new HarmonyError('SPEECH_FAILED', { detail: 'The transcription server does not answer in JSON.', cause });
  }
}

/** Some servers repeat the key that they refuse. */
const withoutKey = (text: string, apiKey: string | undefined): string => (apiKey ? text.replaceAll(apiKey, '…') : text);

/** What the server says is about the request, not about the recording. */
const refused = (status: number, text: string): HarmonyError =>
  new HarmonyError('SPEECH_REFUSED', {
    detail: `The transcription server answers ${status}. ${text.slice(0, shownCharacters)}`.trim(),
    facts: { status },
  });

const unavailable = ({ why, retryAfterMs: afterMs, cause }: Failure): HarmonyError =>
  new HarmonyError('SPEECH_UNAVAILABLE', {
    detail: `The transcription server cannot be used right now: ${why}.`,
    ...(afterMs !== undefined && { retryAfterSeconds: Math.ceil(afterMs / 1_000) }),
    cause,
  });
