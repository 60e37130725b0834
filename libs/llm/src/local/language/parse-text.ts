import model from 'wink-eng-lite-web-model';
import winkNLP, { type PartOfSpeech, type SpanItsFunction, type TokenItsFunction } from 'wink-nlp';

/** A word or a mark as the text has it. */
export interface Token {
  /** As written: `text.slice(start, end)` of the turn. */
  readonly text: string;
  /** Lower case, and in full where it was shortened: `n't` is `not`, `'ll` is `will`. */
  readonly lower: string;
  readonly lemma: string;
  readonly stem: string;
  readonly tag: PartOfSpeech;
  /** Offsets in the text that was parsed. */
  readonly start: number;
  readonly end: number;
}

export interface Sentence {
  readonly text: string;
  /** Offsets in the text that was parsed. */
  readonly start: number;
  readonly end: number;
  readonly tokens: readonly Token[];
}

const nlp = winkNLP(model, ['sbd', 'pos']);

/** The readers of words that are used here, as the plain functions that they are. */
type WordReaders = Record<'value' | 'normal' | 'lemma' | 'stem' | 'pos', TokenItsFunction<string>>;
const its = nlp.its as unknown as WordReaders & { readonly span: SpanItsFunction<readonly [number, number]> };

const straight = (text: string): string => text.replaceAll('’', "'").replaceAll('‘', "'");

/** Longer than any word: keys, encoded files, held keys. The library takes more than quadratic time for such a thing. */
const monstrous = /\S{200,}/gu;

/** The same text, as long as before, without what is no language. */
const withoutMonsters = (text: string): string => text.replace(monstrous, (word) => ' '.repeat(word.length));

const inflected: ReadonlySet<PartOfSpeech> = new Set(['VERB', 'NOUN']);
const stems = new Map<string, string>();

/** The stem of a lemma; lemmas are the words of a dictionary, so this keeps few. */
function stemOfLemma(lemma: string): string {
  const known = stems.get(lemma) ?? nlp.readDoc(lemma).tokens().out(its.stem)[0] ?? lemma;
  stems.set(lemma, known);
  return known;
}

/** Forms that no ending explains have the stem of their lemma: "stood" that of "stand", "mice" that of "mouse". */
function regular(stem: string, lower: string, lemma: string, tag: PartOfSpeech): string {
  if (lemma === lower || !inflected.has(tag) || lemma.startsWith(stem.slice(0, -1))) return stem;
  return stemOfLemma(lemma);
}

function readTokens(text: string, document: ReturnType<typeof nlp.readDoc>): Token[] {
  const tokens = document.tokens();
  const values = tokens.out(its.value);
  const normals = tokens.out(its.normal);
  const tags = tokens.out(its.pos) as PartOfSpeech[];
  const lemmas = tokens.out(its.lemma);
  const wordStems = tokens.out(its.stem);
  let position = 0;
  return values.map((value, index) => {
    const start = text.indexOf(value, position);
    position = start + value.length;
    const lower = normals[index] ?? value.toLowerCase();
    const lemma = lemmas[index] ?? lower;
    const tag = tags[index] ?? 'X';
    const stem = regular(wordStems[index] ?? lemma, lower, lemma, tag);
    return { text: value, lower, lemma, stem, tag, start, end: position };
  });
}

/** Endings that the library parts from a word that is new to it, and not always from one that it has met before. */
const loose =
  /(?<=[^\s.])\.{2,}|(?<=\p{L})(?<!\b(?:it|he|she|that|what|who|where|when|why|how|there|here|let|this))'s(?![\p{L}\p{N}])/giu;

/** The same text with such endings apart, so that a text is read alike whatever was read before it. */
const withEndingsApart = (text: string): string => text.replace(loose, ' $&');

/** Splits a text into sentences and words. Offsets are those of the text as given; costs as much as it is long. */
export function parseText(text: string): Sentence[] {
  const same = withoutMonsters(straight(text));
  const document = nlp.readDoc(withEndingsApart(same));
  const tokens = readTokens(same, document);
  const spans = document.sentences().out(its.span) as (readonly [number, number])[];
  return spans.flatMap(([first, last]) => {
    const own = tokens.slice(first, last + 1).filter((token) => token.text.trim() !== '');
    const start = own[0]?.start;
    const end = own.at(-1)?.end;
    return start === undefined || end === undefined ? [] : [{ text: text.slice(start, end), start, end, tokens: own }];
  });
}
