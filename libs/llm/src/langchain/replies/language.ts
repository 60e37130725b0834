import type { Answer } from '@harmony/contracts';
import { eld } from 'eld';

type Loading = Extract<typeof eld, { readonly load: unknown }>;

/** The entry that is imported loads its data by itself; its types leave that open. */
const detector = eld.newInstance() as Loading;
let loaded: Promise<unknown> | undefined;

/** Less text says too little about its language. */
const tellingLetters = 40;
/** How much better than the wanted language another one must fit: relatives such as Danish and Swedish fit alike. */
const margin = 0.15;
/** As the detector calls them. */
const otherNames: Readonly<Record<string, string>> = { nb: 'no', nn: 'no' };

/** The language that texts are written in, where that is certainly not the wanted one (ISO 639-1). */
export async function otherLanguageOf(texts: readonly string[], wanted: string): Promise<string | undefined> {
  const language = nameOf(wanted);
  const text = texts.join('\n');
  if ((text.match(/\p{L}/gu)?.length ?? 0) < tellingLetters) return undefined;
  await (loaded ??= detector.load('small'));
  if (!Object.values(detector.info().Languages).includes(language)) return undefined;
  const found = detector.detect(text);
  const scores = found.getScores();
  const isCertain = (scores[language] ?? 0) < (scores[found.language] ?? 0) - margin;
  return found.isReliable() && found.language !== language && isCertain ? found.language : undefined;
}

function nameOf(wanted: string): string {
  const code = wanted.toLowerCase().replace(/[-_].*/, '');
  return otherNames[code] ?? code;
}

/** What of an answer is written by the analyst, and not quoted or chosen. */
export function writtenIn(answer: Answer | null): readonly string[] {
  switch (answer?.type) {
    case 'SUMMARY':
      return [answer.overview, ...answer.keyPoints];
    case 'OPEN_QUESTION':
      return [answer.answer];
    case 'MARKDOWN':
      return [answer.markdown];
    case 'CHECKLIST':
      return answer.items.map(({ rationale }) => rationale);
    case 'SPIN_IMPROVEMENT':
      return answer.suggestions.map(({ text }) => text);
    default:
      return [];
  }
}
