import { storableText } from '../long-text.js';
import { linesOf, lineCost } from '../lines.js';
import { sliceMeter, type Slices } from '../slices.js';
import { SeenNames } from './seen-names.js';
import { readLineStart, type LineStart } from './speaker-label.js';
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

/** More turns than days of talk have: such a text is kept as the words of nobody, however it is laid out. */
export const maximumUtterances = 50_000;

/**
 * Splits raw text (D13): a turn for each line that begins with `Name:` or a time, up to the next such line; where nobody
 * is named, a turn for each paragraph. No word is lost; a name with nothing behind it is a turn without words.
 * Takes time linear in the length of the text.
 */
export function* splitUtterances(text: string): Slices<Utterance[]> {
  const clean = storableText(text.replace(/^\uFEFF/, ''));
  const names = yield* namesIn(clean);
  const drafts: Draft[] = [];
  const isSliceOver = sliceMeter();
  for (const line of linesOf(clean)) {
    if (isSliceOver(line.length + lineCost)) yield;
    const start = readLineStart(line);
    if (start && names.accept(start)) begin(drafts, line, start);
    else continueWith(drafts, line);
    if (drafts.length > maximumUtterances) return [{ name: null, span: null, prefix: '', text: clean.trim() }];
  }
  return drafts.map(finish);
}

function* namesIn(text: string): Slices<SeenNames> {
  const names = new SeenNames();
  const isSliceOver = sliceMeter();
  for (const line of linesOf(text)) {
    if (isSliceOver(line.length + lineCost)) yield;
    names.see(readLineStart(line));
    if (names.areTooMany) break;
  }
  return names;
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
