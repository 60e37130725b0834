import type { Transcript } from '@harmony/transcript';

/** What somebody says in a recording, as its script has it. */
export interface ScriptLine {
  readonly startMs: number;
  readonly endMs: number;
  /** 0 is left, 1 is right. */
  readonly channel: number;
  readonly text: string;
}

/** Lines of `start seconds, end seconds, left or right, words`, between tabs. */
export const parseScript = (text: string): ScriptLine[] =>
  text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => {
      const [start = '', end = '', side = '', words = ''] = line.split('\t');
      const channel = side === 'left' ? 0 : 1;
      return { startMs: Number(start) * 1_000, endMs: Number(end) * 1_000, channel, text: words };
    });

/** Lines of the script in whose middle not its own speaker has a turn, or nobody. */
export function linesOfWrongSpeaker(script: readonly ScriptLine[], { turns, speakers }: Transcript): ScriptLine[] {
  const channelOf = new Map(speakers.map(({ code, channel }) => [code, channel]));
  return script.filter(({ startMs, endMs, channel }) => {
    const middle = (startMs + endMs) / 2;
    const there = turns.filter((turn) => (turn.startMs ?? 0) <= middle && middle <= (turn.endMs ?? 0));
    return there.length === 0 || there.some(({ speaker }) => channelOf.get(speaker) !== channel);
  });
}
