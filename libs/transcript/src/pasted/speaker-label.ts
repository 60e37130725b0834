import { readTimestamp, type TimeSpan } from './timestamp.js';

/** What a line says before its words: who speaks, and when. */
export interface LineStart {
  /** As the text writes it; null where only a time stands. */
  readonly name: string | null;
  readonly span: TimeSpan | null;
  /** Characters of the line that are not the speaker's words. */
  readonly length: number;
  /** False for a name in lower case, which counts only when it comes back. */
  readonly certain: boolean;
}

/** At most 60 characters, then perhaps a time in brackets, then a colon with space or nothing behind it. */
const label = /^([^:：[\]]{1,60}?)\s*([[(][\d:., →>–-]{4,30}[\])])?(?::(?=\s|$)|：)/u;
const nameCharacters = /^[\p{L}\p{M}\p{N} .'’_&/()@#+-]+$/u;
const startsLikeName = /^[(@#]?[\p{Lu}\p{Lt}\p{Lo}\p{N}]/u;
const particles = new Set(['van', 'von', 'der', 'den', 'de', 'da', 'di', 'del', 'la', 'le', 'al', 'el', 'bin', 'of']);
const directionMarks = /[\u200E\u200F\u202A-\u202E\u2066-\u2069]/gu;
const maximumWords = 5;

/**
 * Reads the start of a line (D13): `Name:`, with a time before it, or in brackets behind the name; or a bracketed time
 * alone. Undefined where the line is nothing but words.
 */
export function readLineStart(line: string): LineStart | undefined {
  if (!/[:：]/.test(line)) return undefined;
  const time = readTimestamp(line);
  const afterTime = time ? time.length + leadingGap(line.slice(time.length)) : 0;
  const named = readLabel(line.slice(afterTime));
  if (named) {
    return { ...named, span: named.span ?? time?.span ?? null, length: afterTime + named.length };
  }
  const alone = time && (time.bracketed || afterTime === line.length);
  return alone ? { name: null, span: time.span, length: afterTime, certain: true } : undefined;
}

function readLabel(text: string): LineStart | undefined {
  const match = label.exec(text);
  const name = match?.[1]?.replace(directionMarks, '').trim();
  if (!match || !name || !nameCharacters.test(name)) return undefined;
  const certainty = certaintyOfName(name);
  const time = match[2] ? readTimestamp(match[2]) : undefined;
  if (certainty === 'none' || (match[2] && !time)) return undefined;
  return { name, span: time?.span ?? null, length: match[0].length, certain: certainty === 'certain' };
}

/** Names have few words and begin with a capital, in scripts that have them; a single word may be a nickname. */
function certaintyOfName(name: string): 'certain' | 'possible' | 'none' {
  const words = name.split(/\s+/u);
  if (!/\p{L}/u.test(name) || words.length > maximumWords) return 'none';
  if (words.every((word) => startsLikeName.test(word) || particles.has(word.toLowerCase()))) return 'certain';
  return words.length === 1 ? 'possible' : 'none';
}

/** Space and a dash between a time and what follows. */
const leadingGap = (text: string): number => /^\s*(?:[-–]\s)?\s*/.exec(text)?.[0].length ?? 0;

/** Equal for spellings of one name that differ in case, spaces or Unicode form. */
export const nameKey = (name: string): string => name.normalize('NFKC').replace(/\s+/gu, ' ').toLowerCase();
