import { HarmonyError } from '@harmony/contracts';

export const providers = ['openai', 'anthropic', 'ollama'] as const;
export type Provider = (typeof providers)[number];

export interface ModelId {
  readonly provider: Provider;
  /** As the provider calls it; may hold colons. */
  readonly name: string;
}

/** @throws HarmonyError ANALYST_NOT_CONFIGURED for anything but `provider:name` */
export function parseModelId(text: string): ModelId {
  const at = text.indexOf(':');
  const provider = providers.find((one) => one === text.slice(0, at));
  const name = text.slice(at + 1);
  if (provider === undefined || name === '') {
    throw new HarmonyError('ANALYST_NOT_CONFIGURED', { detail: `No provider is known for the model "${text}".` });
  }
  return { provider, name };
}
