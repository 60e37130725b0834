/** Patterns that no line may hold, whoever put them into it; the last defence and not the first. */
const secrets: readonly (readonly [RegExp, string])[] = [
  [/(\w+:\/\/)[^\s/@:]*:[^\s/@]*@/g, '$1[credentials]@'],
  [/(?<![\w.%+-])[\w.%+-]+@[\w-]+(\.[\w-]+)+/g, '[email]'],
  [/\beyJ[\w-]+\.[\w-]+(\.[\w-]*)?/g, '[token]'],
  [/\b(Bearer|Basic)\s+[\w.~+/=-]+/gi, '$1 [token]'],
  [/\b[a-z]{2,4}_[\w-]{24,}/g, '[key]'],
];

const maximumLength = 500;

/** The text without what looks like an email address, a token, a key or credentials in a URL; cut to a line's length. */
export function scrub(text: string): string {
  const clean = secrets.reduce((rest, [pattern, mark]) => rest.replace(pattern, mark), text);
  return clean.length > maximumLength ? `${clean.slice(0, maximumLength)}…` : clean;
}
