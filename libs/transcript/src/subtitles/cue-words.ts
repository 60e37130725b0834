import { readLineStart } from '../pasted/speaker-label.js';
import type { LineStart } from '../pasted/speaker-label.js';

/** What one voice says in a cue. */
export interface Words {
  /** Certain: the file marks it as a voice. Otherwise it stands before a colon, and may be something else. */
  readonly voice: string | null;
  readonly start: LineStart | undefined;
  readonly text: string;
}

const styleOfSrt = /<\/?(?:i|b|u|s|font)(?:\s[^<>]{0,200})?>|\{\\[^{}]{0,200}\}/giu;
const tagOfVtt = /<[^<>]{0,500}>/gu;
const voiceOfVtt = /<v(?:\.[^\s<>]{0,100})?\s([^<>]{1,200})>/u;
const entities: Readonly<Record<string, string>> = {
  ...{ '&amp;': '&', '&lt;': '<', '&gt;': '>', '&quot;': '"', '&#39;': "'" },
  ...{ '&nbsp;': '\u00A0', '&lrm;': '\u200E', '&rlm;': '\u200F' },
};

const withoutEntities = (text: string): string =>
  text.replace(/&(?:amp|lt|gt|quot|#39|nbsp|lrm|rlm);/gu, (entity) => entities[entity] ?? entity);

const oneLine = (text: string): string => text.replace(/\s+/gu, ' ').trim();

const unmarked = (text: string): Words => ({ voice: null, start: readLineStart(text), text });

/** The words of an SRT cue, without its styles. */
export const wordsOfSrt = (lines: readonly string[]): Words[] => [
  unmarked(oneLine(lines.join('\n').replace(styleOfSrt, ''))),
];

/** The words of a VTT cue, voice by voice. */
export function wordsOfVtt(lines: readonly string[]): Words[] {
  const [before = '', ...voices] = lines.join('\n').split(voiceOfVtt);
  const plain = (text: string | undefined): string => oneLine(withoutEntities((text ?? '').replace(tagOfVtt, '')));
  const words: Words[] = before.trim() === '' && voices.length > 0 ? [] : [unmarked(plain(before))];
  for (let index = 0; index < voices.length; index += 2) {
    const voice = oneLine(withoutEntities(voices[index] ?? ''));
    words.push({ voice: voice === '' ? null : voice, start: undefined, text: plain(voices[index + 1]) });
  }
  return words;
}
