import { HarmonyError, type Usage } from '@harmony/contracts';
import type { Ask, ModelReply } from './ask.js';

/** US dollars for a million tokens. */
export interface Prices {
  readonly input: number;
  readonly output: number;
}

/** Adds up what the calls for one answer take, by the provider's own counts. */
export class Meter {
  private calls = 0;
  private inputTokens = 0;
  private outputTokens = 0;

  constructor(private readonly prices: Prices) {}

  readonly over =
    (ask: Ask): Ask =>
    async (call, signal) => {
      const reply = await ask(call, signal);
      this.add(reply);
      return reply;
    };

  usage(): Usage {
    const { calls, inputTokens, outputTokens, prices } = this;
    // A dollar for a million tokens is a millionth of a dollar for one.
    const costMicros = Math.round(inputTokens * prices.input + outputTokens * prices.output);
    return { calls, inputTokens, outputTokens, costMicros };
  }

  /** The same failure, and what was spent all the same. */
  failure(error: unknown): unknown {
    if (!(error instanceof HarmonyError)) return error;
    const { code, message, errors, facts, retryAfterSeconds } = error;
    return new HarmonyError(code, {
      detail: message,
      errors,
      facts: { ...facts, usage: this.usage() },
      ...(retryAfterSeconds !== undefined && { retryAfterSeconds }),
      cause: error,
    });
  }

  private add({ calls, inputTokens, outputTokens }: ModelReply): void {
    this.calls += calls;
    this.inputTokens += inputTokens;
    this.outputTokens += outputTokens;
  }
}
