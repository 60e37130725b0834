import type { SpokenSentence } from '../language/conversation.js';
import { namesIn } from '../language/names.js';
import type { Reading } from '../language/reading.js';

const speakerMeant =
  /\b(?:that's me|that is me|i (?:decide|sign|approve)|it's me|my (?:decision|call|signature)|just me|only me|me alone|myself|up to me|with me)\b(?! not)/iu;

/** The fullest form in which a name is said anywhere: "Helga" may be "Helga Stroud". */
function fullName(reading: Reading, name: string): string {
  const forms = new Set<string>();
  for (const { name: voice } of reading.parsed.turns) if (voice?.split(' ').includes(name)) forms.add(voice);
  for (const { sentence } of reading.index.search(new Map([[name.toLowerCase(), 1]]), 30)) {
    for (const { text } of namesIn(sentence.tokens, sentence.text)) if (text.split(' ').includes(name)) forms.add(text);
  }
  return [...forms].sort((left, right) => right.length - left.length || left.localeCompare(right))[0] ?? name;
}

/** Names of those whom sentences speak of, in full; the speaker's own where he means himself. */
export function leadOf(reading: Reading, sentences: readonly SpokenSentence[], others: ReadonlySet<string>): string {
  const names = sentences.flatMap((sentence) => {
    const speaker = reading.parsed.turns[sentence.turn]?.name;
    const own = speakerMeant.test(sentence.text) && speaker != null ? [speaker] : [];
    return [
      ...own,
      ...namesIn(sentence.tokens, sentence.text)
        .filter(({ text }) => !text.split(' ').every((word) => others.has(word)))
        .map(({ text }) => fullName(reading, text)),
    ];
  });
  return [...new Set(names)].join(', ');
}
