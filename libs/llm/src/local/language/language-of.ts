import { eld } from 'eld';
import type { AnalysedConversation } from '../../port.js';

type Loading = Extract<typeof eld, { readonly load: unknown }>;

/** The entry that is imported loads its data by itself; its types leave that open. */
const detector = eld.newInstance() as Loading;
let loaded: Promise<unknown> | undefined;

const load = (): Promise<unknown> => (loaded ??= detector.load('small'));

/** Characters that are read to tell a language, from the whole of the conversation. */
const sampleLength = 6_000;

/**
 * ISO 639-1 code of the language of a conversation: `en` also where too little was said to tell; never the title, since
 * whoever wrote it may write another language than was spoken.
 */
export async function languageOf({ turns }: Pick<AnalysedConversation, 'turns'>): Promise<string> {
  await load();
  const step = Math.max(1, Math.floor(turns.length / 120));
  let sample = '';
  for (let at = 0; at < turns.length && sample.length < sampleLength; at += step) {
    sample += `${turns[at]?.text.slice(0, 400) ?? ''}\n`;
  }
  if (sample.trim().length < 40) return 'en';
  const found = detector.detect(sample);
  return found.isReliable() && found.language !== '' ? found.language : 'en';
}
