import { storableText } from '../long-text.js';
import { SeenNames } from '../pasted/seen-names.js';
import { nameKey } from '../pasted/speaker-label.js';
import { sliceMeter, type Slices } from '../slices.js';
import { TranscriptBuilder } from '../transcript-builder.js';
import type { Transcript } from '../transcript.js';
import { wordsOfSrt, wordsOfVtt, type Words } from './cue-words.js';
import { readCues } from './read-cues.js';

/** What a cue costs to look at beside its text, in the units of a slice. */
const cueCost = 100;

/**
 * Turns and speakers of an SRT or VTT file: a turn a cue, in the order of the file. A speaker is a VTT voice or a name
 * before a colon; cues without words are left out.
 */
export function* subtitleTranscript(text: string, format: 'SRT' | 'VTT'): Slices<Transcript> {
  const cues = yield* readCues(storableText(text.replace(/^\uFEFF/, '')));
  const wordsOf = format === 'SRT' ? wordsOfSrt : wordsOfVtt;
  const isSliceOver = sliceMeter();
  const names = new SeenNames();
  const said: { readonly words: readonly Words[]; readonly cue: (typeof cues)[number] }[] = [];
  for (const cue of cues) {
    const words = wordsOf(cue.lines);
    for (const { start } of words) names.see(start);
    said.push({ cue, words });
    if (isSliceOver(cueCost + sizeOf(words))) yield;
  }
  const builder = new TranscriptBuilder();
  for (const { cue, words } of said) {
    for (const each of words) addWords(builder, names, each, cue.times);
    if (isSliceOver(cueCost + sizeOf(words))) yield;
  }
  return builder.build();
}

const sizeOf = (words: readonly Words[]): number => words.reduce((sum, { text }) => sum + text.length, 0);

function addWords(
  builder: TranscriptBuilder,
  names: SeenNames,
  { voice, start, text }: Words,
  times: Parameters<TranscriptBuilder['add']>[3],
): void {
  const isNamed = start?.name !== undefined && start.name !== null && names.accept(start);
  const name = voice ?? (isNamed ? start.name : null);
  const words = isNamed ? text.slice(start.length).trim() : text;
  if (words !== '') builder.add(name === null ? '' : nameKey(name), { name }, words, times);
}
