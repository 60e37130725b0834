import { HarmonyError } from '@harmony/contracts';
import type { SpeechEngine } from './port.js';

/** Stands where no engine is: every question is answered by what to set. */
export function speechNotConfigured(): SpeechEngine {
  const refuse = async (): Promise<never> => {
    throw new HarmonyError('SPEECH_NOT_CONFIGURED');
  };
  return { identify: refuse, transcribe: refuse, findSpeakers: refuse, close: () => Promise.resolve() };
}
