import { HarmonyError, type TranscriptFormat } from '@harmony/contracts';
import {
  pastedTranscript,
  readStructured,
  subtitleTranscript,
  writtenOrigin,
  type Slices,
  type Transcript,
  type TranscriptOrigin,
} from '@harmony/transcript';

const readers: Readonly<Record<TranscriptFormat, (text: string) => Slices<Transcript>>> = {
  TEXT: pastedTranscript,
  STRUCTURED: readStructured,
  SRT: (text) => subtitleTranscript(text, 'SRT'),
  VTT: (text) => subtitleTranscript(text, 'VTT'),
};

/**
 * The turns and speakers of a text in this format.
 * @throws HarmonyError of a file that is not in the format, EMPTY_TRANSCRIPT for one in which nothing is said
 */
export function* transcriptOf(format: TranscriptFormat, text: string): Slices<Transcript> {
  const transcript = yield* readers[format](text);
  if (format !== 'TEXT' && transcript.turns.length === 0) throw new HarmonyError('EMPTY_TRANSCRIPT');
  return transcript;
}

/** What is recorded of where a transcript in this format comes from. */
export const originOf = (format: TranscriptFormat): TranscriptOrigin =>
  writtenOrigin(format === 'SRT' || format === 'VTT' ? 'SUBTITLES' : format);
