import { actsOf } from '../language/acts.js';
import { createPace, type SpokenSentence } from '../language/conversation.js';
import { momentsIn, type Moment } from '../language/moments.js';
import { quantitiesIn } from '../language/quantities.js';
import type { Reading } from '../language/reading.js';
import { cuePatterns } from './lexicon/cue-patterns.js';

/** What a sentence tells: {@link cuePatterns}, a price, and the kinds of times that it names. */
export type Cue = keyof typeof cuePatterns | 'PRICE' | 'FIGURE' | Moment['kind'];

/** Longer sentences are judged by their beginning: patterns cost more than a sentence is long. */
const maximumLength = 500;

const patterns = Object.entries(cuePatterns) as readonly (readonly [keyof typeof cuePatterns, RegExp])[];

function readCues(sentence: SpokenSentence): ReadonlySet<Cue> {
  const text = sentence.text.slice(0, maximumLength).replaceAll('’', "'");
  const found = new Set<Cue>(patterns.filter(([, pattern]) => pattern.test(text)).map(([cue]) => cue));
  for (const { kind } of momentsIn(text)) found.add(kind);
  for (const { kind, value } of quantitiesIn(text)) {
    // Prices are often said without their currency; a thousand and more is one more often than not.
    if (kind === 'MONEY' || (kind === 'NUMBER' && value >= 1000)) found.add('PRICE');
    if (kind !== 'ORDINAL' && value > 1) found.add('FIGURE');
  }
  if (found.has('PERCENT_OFF')) found.add('PRICE');
  return found;
}

const known = new WeakMap<SpokenSentence, ReadonlySet<Cue>>();

/** Cues of a sentence, read once. */
export function cuesOf(sentence: SpokenSentence): ReadonlySet<Cue> {
  const cues = known.get(sentence) ?? readCues(sentence);
  known.set(sentence, cues);
  return cues;
}

const prepared = new WeakSet<Reading>();

/** Reads acts and cues of all sentences ahead, giving way to others, so that what uses them is quick. */
export async function prepare(reading: Reading): Promise<void> {
  if (prepared.has(reading)) return;
  const pace = createPace();
  for (const sentence of reading.parsed.sentences) {
    await pace();
    actsOf(sentence);
    cuesOf(sentence);
  }
  prepared.add(reading);
}
