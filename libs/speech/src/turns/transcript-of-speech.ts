import { countWords, maximumTurnCharacters, speakerCode, type Speaker, type Transcript } from '@harmony/transcript';
import type { Segment, Word } from '../port.js';

/** What was heard in one channel. */
export interface ChannelSpeech {
  /** Of the recording, counted from 0. */
  readonly channel: number;
  readonly segments: readonly Segment[];
}

/** Somebody says something; then somebody else, or after a pause the same one again. */
interface Utterance extends Word {
  /** Tells people apart. */
  readonly speaker: string;
  readonly channel: number | undefined;
}

/** A longer silence ends a turn although nobody else spoke. */
const pauseMs = 2_000;
/** A shorter one is breath. */
const breathMs = 700;

/**
 * The transcript of what was heard: several channels are one speaker each, a single one has whom the engine told apart,
 * else one speaker. Turns are in the order of their beginnings, and every word is in exactly one of them.
 */
export function transcriptOfSpeech(channels: readonly ChannelSpeech[]): Transcript {
  const isSpeakerEach = channels.length > 1;
  const utterances = channels
    .flatMap(({ channel, segments }) => utterancesOf(segments, isSpeakerEach ? channel : undefined))
    .sort((one, other) => one.startMs - other.startMs || (one.channel ?? 0) - (other.channel ?? 0));
  const turns = joined(utterances);
  const codes = new Map<string, string>();
  for (const { speaker } of turns) if (!codes.has(speaker)) codes.set(speaker, speakerCode(codes.size));
  return {
    turns: turns.map(({ speaker, text, startMs, endMs }, index) => ({
      index,
      speaker: codes.get(speaker) ?? speakerCode(0),
      text,
      startMs,
      endMs,
    })),
    speakers: [...codes].map(([speaker, code]) => speakerOf(code, turnsOf(turns, speaker))),
  };
}

const turnsOf = (turns: readonly Utterance[], speaker: string): Utterance[] =>
  turns.filter((turn) => turn.speaker === speaker);

const speakerOf = (code: string, turns: readonly Utterance[]): Speaker => ({
  code,
  name: null,
  words: turns.reduce((sum, { text }) => sum + countWords(text), 0),
  turns: turns.length,
  ...(turns[0]?.channel !== undefined && { channel: turns[0].channel }),
});

function utterancesOf(segments: readonly Segment[], channel: number | undefined): Utterance[] {
  let last = 'one';
  return segments.flatMap((segment) => {
    // A segment that nobody claims belongs to whoever spoke before.
    if (channel === undefined && segment.speaker !== undefined) last = segment.speaker;
    const speaker = channel === undefined ? last : `channel ${channel}`;
    return dividedAtPauses(segment)
      .map(({ startMs, endMs, text }) => ({ startMs, endMs, text: text.replace(/\s+/gu, ' ').trim() }))
      .filter(({ text }) => text !== '')
      .map((part) => ({ ...part, speaker, channel }));
  });
}

/** With the times of its words, a segment gives way to what the other one says in its pauses. */
function dividedAtPauses({ words, ...segment }: Segment): Word[] {
  if (!words || words.length === 0) return [segment];
  const parts: Word[] = [];
  for (const { startMs, endMs, text } of words) {
    const last = parts.at(-1);
    if (!last || startMs - last.endMs > breathMs) parts.push({ startMs, endMs: Math.max(startMs, endMs), text });
    else parts[parts.length - 1] = { ...last, endMs: Math.max(last.endMs, endMs), text: `${last.text} ${text}` };
  }
  // The text of the segment is better written than its words (punctuation, spaces), but it cannot be divided.
  return parts.length === 1 ? [segment] : parts;
}

function joined(utterances: readonly Utterance[]): Utterance[] {
  const turns: Utterance[] = [];
  for (const next of utterances) {
    const last = turns.at(-1);
    if (last && continues(last, next)) {
      turns[turns.length - 1] = {
        ...last,
        text: `${last.text} ${next.text}`,
        endMs: Math.max(last.endMs, next.endMs),
      };
    } else {
      turns.push(next);
    }
  }
  return turns;
}

const continues = (last: Utterance, next: Utterance): boolean =>
  last.speaker === next.speaker &&
  next.startMs - last.endMs <= pauseMs &&
  last.text.length + next.text.length < maximumTurnCharacters;
