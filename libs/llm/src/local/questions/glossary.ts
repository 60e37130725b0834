import { conceptsOfText } from '../language/concepts.js';
import type { Background } from '../../port.js';

/** A term of the project, and the concepts of what it stands for. */
export interface GlossaryEntry {
  readonly term: string;
  /** Stems of the term. */
  readonly stems: readonly string[];
  /** Concepts of its definition. */
  readonly meaning: ReadonlySet<string>;
}

const definition =
  /(?:^|[.;:,\n]\s*)([\p{L}\d][\p{L}\d /'-]{0,40}?)\s*(?:=|\bmeans\b|\bstands for\b|\bis short for\b)\s*([^.;\n]{3,160})/gu;
const bracketed = /\b(\p{Lu}[\p{L}\d]{1,7})\s*\(([^)]{4,80})\)/gu;

const isStem = (concept: string): boolean => !concept.startsWith('#');

/** Terms that the background explains: "detention = fee for waiting", "ETA (estimated time of arrival)". */
export function glossaryOf({ knowledge, handbook, context }: Background): GlossaryEntry[] {
  const text = [knowledge, handbook, context].join('\n').slice(0, 20_000);
  return [...text.matchAll(definition), ...text.matchAll(bracketed)].map(([, term = '', meaning = '']) => ({
    term: term.trim(),
    stems: [...conceptsOfText(term.trim()).keys()].filter(isStem),
    meaning: new Set(conceptsOfText(meaning).keys()),
  }));
}
