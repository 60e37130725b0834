/** What a prompt asks to be written. */
export interface Prompt {
  /** Of the sections, in their order; one without a heading for a plain list. */
  readonly sections: readonly { readonly heading: string | null; readonly about: string }[];
  /** What to write where there is nothing; null where the prompt does not say. */
  readonly otherwise: string | null;
}

const headings =
  /\b(?:headings?|sections?|titles?|parts?|headers?)\b[^\p{L}]*(?:called|named|titled)?[:\s]+([^.\n]{3,300})/iu;
const quoted = /["“'‘]([^"”’']{2,80})["”’']/gu;
const orElse =
  /\b(?:write|say|answer|state|put|return|note)\s+["“'‘]([^"”’']{1,120})["”’']\s*(?:only\s+)?(?:if|when|where|in case)/iu;
const ifNone =
  /\bif (?:there (?:are|is|were) )?(?:no|none|nothing)[^,.]*,?\s*(?:then )?(?:just )?(?:write|say|answer|state|put)\s+["“'‘]([^"”’']{1,120})["”’']/iu;
const listed = /^\s*(?:#{1,4}|[-*]|\d+[.)])\s+(.{2,120})$/gmu;

function headingsIn(prompt: string): string[] {
  const lines = [...prompt.matchAll(listed)].map(([, line = '']) => line.replace(/[:*]+/g, '').trim());
  if (lines.length >= 2) return lines;
  const named = headings.exec(prompt)?.[1];
  if (named === undefined) return [];
  const inQuotes = [...named.matchAll(quoted)].map(([, name = '']) => name);
  const names = inQuotes.length >= 2 ? inQuotes : named.split(/,|\band\b|\/|;/u);
  return names.map((name) => name.trim()).filter((name) => name !== '' && name.split(/\s+/u).length <= 6);
}

/** Reads a prompt: its headings, or what it wants listed, and what to write where there is nothing. */
export function parsePrompt(prompt: string): Prompt {
  const otherwise = orElse.exec(prompt)?.[1] ?? ifNone.exec(prompt)?.[1] ?? null;
  const names = headingsIn(prompt);
  if (names.length > 0) return { otherwise, sections: names.map((heading) => ({ heading, about: heading })) };
  const [asked = prompt] = prompt.split(/(?<=[.!?])\s+/u);
  return { otherwise, sections: [{ heading: null, about: asked }] };
}
