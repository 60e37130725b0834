import type { TranscriptFormat } from '@harmony/contracts';
import { decodeText } from '@harmony/transcript';

/** What the bytes of a file say that it is, when it is no recording. A page is what a sign-in answers with. */
export type TextKind = TranscriptFormat | 'PAGE';

const page = /^(?:<!--(?:(?!-->).)*-->\s*|<\?xml[^>]{0,200}>\s*)*<(?:!doctype\s+html|html|head|body|title|script)\b/isu;
const subtitles = /^(?:\d{1,9}[^\S\n]*\r?\n)?[^\S\n]*(?:\d{1,3}:)?\d{1,2}:\d{2}[.,]\d{1,3}[^\S\n]+-->/u;
/** Lists that point to other files, and documents whose words are not simply there. */
const otherFormat =
  /^(?:#EXTM3U|\[playlist\]|ffconcat version|v=0\r?\n|%PDF-|%!PS|\{\\rtf|<\?xml|<!|<(?:svg|mpd|smil|asx|rss|feed|error)\b)/iu;
const structured = /"(?:participants|turns)"\s*:/u;
const words = /[\p{L}\p{N}]/u;

/** What a text is, by the beginning of its bytes; undefined for whatever is no transcript. */
export function textKindOf(head: Buffer): TextKind | undefined {
  const text = decodeText(head).replace(/^\uFEFF/u, '');
  if (isBinary(text)) return undefined;
  const start = text.trimStart();
  if (page.test(start)) return 'PAGE';
  if (/^WEBVTT(?:\s|$)/u.test(start)) return 'VTT';
  if (subtitles.test(start)) return 'SRT';
  if (otherFormat.test(start)) return undefined;
  if (/^[{[]/u.test(start) && isJson(start)) return structured.test(start) ? 'STRUCTURED' : undefined;
  return words.test(start) ? 'TEXT' : undefined;
}

/** Control characters that no text has, and none that a decoder had to give up on. */
const isBinary = (text: string): boolean => /[\u0000-\u0008\u000E-\u001A\u001C-\u001F]/u.test(text);

/** Words in brackets begin many a pasted text; a key in quotes or a further bracket begins JSON. */
const isJson = (text: string): boolean => /^(?:\{\s*(?:"|\})|\[\s*[{["\]])/u.test(text);
