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

/** "Competitors: Alder, Birch and Cedar": names that a word of the project stands for. */
const members =
  /(?:^|[.;\n]\s*)(?:Our |The |Known |Main )?(\p{L}[\p{L} -]{2,30}?)(?:\s*:\s*|\s+(?:are|is|include|such as|like)\s+)((?:\p{Lu}[^.;:\n]{1,200}))/gu;
const memberName = /\p{Lu}[\p{L}\d&'-]+(?: \p{Lu}[\p{L}\d&'-]+)*/gu;

function membersIn(text: string): GlossaryEntry[] {
  return [...text.matchAll(members)].flatMap(([, kind = '', list = '']) => {
    const meaning = new Set(conceptsOfText(kind).keys());
    return [...list.replace(/\([^)]*\)/gu, '').matchAll(memberName)].slice(0, 20).map(([term]) => ({
      term,
      stems: [...conceptsOfText(term).keys()].filter(isStem).slice(0, 1),
      meaning,
    }));
  });
}

/** Terms that the background explains: "detention = fee for waiting", "ETA (estimated time of arrival)". */
export function glossaryOf({ knowledge, handbook, context }: Background): GlossaryEntry[] {
  const text = [knowledge, handbook, context].join('\n').slice(0, 20_000);
  const explained = [...text.matchAll(definition), ...text.matchAll(bracketed)].map(([, term = '', meaning = '']) => ({
    term: term.trim(),
    stems: [...conceptsOfText(term.trim()).keys()].filter(isStem),
    meaning: new Set(conceptsOfText(meaning).keys()),
  }));
  return [...explained, ...membersIn(text)];
}
