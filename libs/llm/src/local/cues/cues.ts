/** One phrase of {@link cues} as a regular expression. */
const pattern = (phrase: string): string =>
  phrase
    .trim()
    .replace(/\s+/g, ' ')
    .replaceAll("'", "['’]")
    .replaceAll(' _ ', "(?: [\\w'’,-]+){0,4}? ")
    .replaceAll(/(?<=\w)\*/g, "[\\w'’-]*");

/**
 * Words and phrases that give something away, with semicolons between, as one pattern: whole words in any case. `*`
 * at the end of a word stands for any ending, ` _ ` for up to four words; all else is a regular expression.
 */
export function cues({ raw }: TemplateStringsArray): RegExp {
  const phrases = raw
    .join('')
    .split(';')
    .map(pattern)
    .filter((phrase) => phrase !== '');
  return new RegExp(`(?<![\\w])(?:${phrases.join('|')})(?![\\w])`, 'i');
}
