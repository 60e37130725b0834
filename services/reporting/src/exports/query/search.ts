import type { Parameters } from '../../read-model/sql.js';

/** Every word must stand in the title, the rationale or the answer, in any case; part of a word will do. */
export function searchSql(search: string | null, parameters: Parameters): string {
  const words = (search ?? '').replaceAll('\0', '').split(/\s+/).filter(Boolean);
  if (words.length === 0) return '';
  const text = `lower(concat_ws(E'\\n', selected.title, result.rationale, result.text, result.answer))`;
  return `where ${words.map((word) => `strpos(${text}, lower(${parameters.add(word)}::text)) > 0`).join(' and ')}`;
}
