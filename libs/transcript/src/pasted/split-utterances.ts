import { nameKey, readLineStart, type LineStart } from './speaker-label.js';
import type { TimeSpan } from './timestamp.js';

/** A run of words by one speaker, with what the text says before them. */
export interface Utterance {
  /** Null: nobody is named. */
  readonly name: string | null;
  readonly span: TimeSpan | null;
  /** What was taken off the first line as name and time. */
  readonly prefix: string;
  readonly text: string;
}

interface Draft {
  name: string | null;
  span: TimeSpan | null;
  prefix: string;
  hasWords: boolean;
  readonly lines: string[];
}

/** More names than any conversation has: then what looks like one is something else, a log or a table. */
const maximumNames = 1_000;

/** More turns than days of talk have: such a text is kept as the words of nobody, however it is laid out. */
export const maximumUtterances = 50_000;

/** Space inside a line stays; NUL and broken surrogates, which no database takes, become the replacement character. */
const unstorable = /[\0\p{Surrogate}]/gu;

/**
 * Splits raw text (D13): a turn for each line that begins with `Name:` or a time, up to the next such line; where nobody
 * is named, a turn for each paragraph. No word is lost; a name with nothing behind it is a turn without words.
 * Takes time linear in the length of the text.
 */
export function splitUtterances(text: string): Utterance[] {
  const clean = text.replace(/^\uFEFF/, '').replace(unstorable, '\uFFFD');
  const lines = clean.split(/\r\n|[\n\r\u2028\u2029]/u);
  const starts = acceptedStarts(lines);
  const drafts: Draft[] = [];
  for (const [index, line] of lines.entries()) {
    const start = starts[index];
    if (start) begin(drafts, line, start);
    else continueWith(drafts, line);
    if (drafts.length > maximumUtterances) return [{ name: null, span: null, prefix: '', text: clean.trim() }];
  }
  return drafts.map(finish);
}

/** A name in lower case is taken for a name only when at least two lines begin with it. */
function acceptedStarts(lines: readonly string[]): (LineStart | undefined)[] {
  const starts = lines.map(readLineStart);
  const seen = new Map<string, number>();
  for (const start of starts) if (start?.name) seen.set(nameKey(start.name), (seen.get(nameKey(start.name)) ?? 0) + 1);
  const isAccepted = ({ name, certain }: LineStart): boolean =>
    name === null || (seen.size <= maximumNames && (certain || (seen.get(nameKey(name)) ?? 0) > 1));
  return starts.map((start) => (start && isAccepted(start) ? start : undefined));
}

function begin(drafts: Draft[], line: string, { name, span, length }: LineStart): void {
  const prefix = line.slice(0, length);
  const before = drafts.at(-1);
  if (before && !before.hasWords && before.name === null) {
    // A time on a line of its own belongs to what comes next.
    Object.assign(before, { name, span: span ?? before.span, prefix: `${before.prefix} ${prefix}` });
  } else {
    drafts.push({ name: name ?? before?.name ?? null, span, prefix, hasWords: false, lines: [] });
  }
  continueWith(drafts, line.slice(length));
}

function continueWith(drafts: Draft[], line: string): void {
  const isBlank = line.trim() === '';
  const current = drafts.at(-1);
  const isNewParagraph = current?.name === null && current.hasWords && current.lines.at(-1)?.trim() === '';
  if (!isBlank && (!current || isNewParagraph)) {
    drafts.push({ name: null, span: null, prefix: '', hasWords: true, lines: [line] });
  } else if (current && (current.hasWords || !isBlank)) {
    current.hasWords = true;
    current.lines.push(line);
  }
}

const finish = ({ name, span, prefix, lines }: Draft): Utterance => ({
  name,
  span,
  prefix,
  text: lines.join('\n').trim(),
});
