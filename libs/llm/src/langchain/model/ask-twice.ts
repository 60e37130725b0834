import { HarmonyError } from '@harmony/contracts';
import { render, versioned } from '../prompts/prompts.js';
import type { Ask, ModelCall, ModelReply } from './ask.js';

/** What a reply is good for, or why it is not, for the model to read. */
export type Inspected<Value> =
  { readonly value: Value } | { readonly problem: string; readonly code: 'ANSWER_INVALID' | 'ANSWER_LANGUAGE' };

/**
 * Asks, and has a reply mended once that cannot be used.
 * @throws HarmonyError ANSWER_INVALID or ANSWER_LANGUAGE when it cannot be used then either
 */
export async function askTwice<Value>(
  ask: Ask,
  call: ModelCall,
  inspect: (reply: ModelReply) => Promise<Inspected<Value>>,
  signal: AbortSignal,
): Promise<Value> {
  const first = await ask(call, signal);
  const inspected = await inspect(first);
  if ('value' in inspected) return inspected.value;
  const mended = await inspect(await ask(repairCall(call, first, inspected.problem), signal));
  if ('value' in mended) return mended.value;
  throw new HarmonyError(mended.code, {
    detail: `The language model gave no answer that can be used, not even when asked again: ${mended.problem}`,
  });
}

const repairCall = (call: ModelCall, { content }: ModelReply, problem: string): ModelCall => ({
  ...call,
  template: `${call.template} ${versioned('repair')}`,
  messages: [
    ...call.messages,
    // An empty message is refused by some providers.
    { role: 'assistant', content: content.trim() || '{}' },
    { role: 'user', content: render('repair', { problem }) },
  ],
});
