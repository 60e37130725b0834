import { nameKey } from './speaker-label.js';
import { splitUtterances, type Utterance } from './split-utterances.js';
import { countWords, speakerCode, type Speaker, type Transcript, type Turn } from '../transcript.js';

/** A longer turn is cut into several, so that any number of words can be recorded event by event. */
export const maximumTurnCharacters = 50_000;

/** Makes turns and speakers of pasted text (D13). Pure: the same text gives the same transcript. */
export function structureTranscript(text: string): Transcript {
  const turns: Turn[] = [];
  const speakers = new Map<string, Speaker>();
  for (const utterance of splitUtterances(text)) {
    if (utterance.text === '') continue;
    const pieces = cutLongText(utterance.text);
    const speaker = countTurns(speakers, utterance, pieces);
    for (const [index, piece] of pieces.entries()) {
      const startMs = index === 0 ? (utterance.span?.startMs ?? null) : null;
      const endMs = index === 0 && pieces.length === 1 ? (utterance.span?.endMs ?? null) : null;
      turns.push({ index: turns.length, speaker, text: piece, startMs, endMs });
    }
  }
  return { turns, speakers: [...speakers.values()] };
}

function countTurns(speakers: Map<string, Speaker>, { name }: Utterance, pieces: readonly string[]): string {
  const key = name === null ? '' : nameKey(name);
  const known = speakers.get(key) ?? { code: speakerCode(speakers.size), name, words: 0, turns: 0 };
  const words = pieces.reduce((sum, piece) => sum + countWords(piece), known.words);
  speakers.set(key, { ...known, words, turns: known.turns + pieces.length });
  return known.code;
}

/** Cuts at white space where there is any; a cut never falls inside a character. */
function cutLongText(text: string): string[] {
  const pieces: string[] = [];
  let start = 0;
  while (text.length - start > maximumTurnCharacters) {
    const end = placeOfCut(text, start);
    pieces.push(text.slice(start, end).trim());
    start = end;
  }
  pieces.push(text.slice(start).trim());
  return pieces.filter((piece) => piece !== '');
}

function placeOfCut(text: string, start: number): number {
  const limit = start + maximumTurnCharacters;
  const space = text.slice(start, limit).search(/\s\S*$/u);
  if (space > 0) return start + space;
  const isInsidePair = /^[\uDC00-\uDFFF]/.test(text.charAt(limit));
  return isInsidePair ? limit - 1 : limit;
}
