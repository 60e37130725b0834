import { HarmonyError } from '@harmony/contracts';
import { backoffMs, type BackoffOptions } from '@harmony/kernel';
import type { Ask, ModelReply } from '../model/ask.js';
import { tokensOf } from '../reading/tokens.js';
import type { Limits, Permit } from './limits.js';
import type { Time } from './time.js';

export interface RetryOptions {
  /** The first try included. */
  readonly tries: number;
  readonly backoff: BackoffOptions;
}

export const usualRetries: RetryOptions = { tries: 5, backoff: { firstMs: 1_000, maximumMs: 30_000 } };

/** A provider that wants to be left alone for longer is asked again by the next run of the job. */
const longestWaitMs = 60_000;
/** Of an answer, before its length is known. */
const usualReplyTokens = 500;

/**
 * Keeps to the limits of a key, and tries again after 429, 5xx and broken connections: when the provider says so, or
 * after growing pauses. A 429 holds back every call of the key; silence is not tried again, since it has cost a minute.
 */
export const limited =
  (ask: Ask, limits: Limits, time: Time, { tries, backoff }: RetryOptions = usualRetries): Ask =>
  async (call, signal) => {
    const tokens = call.messages.reduce((sum, { content }) => sum + tokensOf(content), usualReplyTokens);
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await withPermit(
          () => limits.acquire(tokens, signal, call.priority),
          () => ask(call, signal),
        );
      } catch (error) {
        signal.throwIfAborted();
        if (!(error instanceof HarmonyError) || !isPassing(error)) throw error;
        const wait = waitOf(error) ?? backoffMs(attempt, backoff);
        if (attempt === tries || wait > longestWaitMs) throw error;
        if (error.code === 'ANALYST_RATE_LIMITED') limits.pause(wait);
        else await time.sleep(wait, signal);
      }
    }
  };

async function withPermit(acquire: () => Promise<Permit>, work: () => Promise<ModelReply>): Promise<ModelReply> {
  const permit = await acquire();
  try {
    const reply = await work();
    permit.settle(reply.inputTokens + reply.outputTokens);
    return reply;
  } finally {
    permit.release();
  }
}

const isPassing = ({ code }: HarmonyError): boolean =>
  code === 'ANALYST_RATE_LIMITED' || code === 'ANALYST_UNAVAILABLE';

const waitOf = ({ retryAfterSeconds }: HarmonyError): number | undefined =>
  retryAfterSeconds === undefined ? undefined : retryAfterSeconds * 1_000;
