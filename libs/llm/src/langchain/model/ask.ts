import { z } from 'zod';
import type { CallPriority } from '../../port.js';

export interface Message {
  readonly role: 'system' | 'user' | 'assistant';
  readonly content: string;
}

/** One question to a chat model, as every provider gets it. */
export interface ModelCall {
  /** Name and version of the prompt, for people. */
  readonly template: string;
  readonly messages: readonly Message[];
  /** JSON schema of the reply, and what it is called. */
  readonly schema: { readonly name: string; readonly body: Readonly<Record<string, unknown>> };
  /** Whose turn it is; no part of what is asked. Absent: `live`. */
  readonly priority?: CallPriority;
}

/** What came back, and the provider's own counts; plain JSON, so that it can be kept. */
export const modelReply = z.object({
  content: z.string(),
  /** 1, and 0 for a reply that is played again. */
  calls: z.int().nonnegative(),
  inputTokens: z.int().nonnegative(),
  outputTokens: z.int().nonnegative(),
});
export type ModelReply = z.output<typeof modelReply>;

/**
 * Asks a chat model; layers of limits, cassettes and journals have the same shape.
 * @throws HarmonyError as `Analyst.answer` does; the reason of the signal
 */
export type Ask = (call: ModelCall, signal: AbortSignal) => Promise<ModelReply>;
