import { linesOf, lineCost } from '../lines.js';
import { sliceMeter, type Slices } from '../slices.js';
import type { Times } from '../transcript-builder.js';

export interface Cue {
  readonly times: Times;
  /** As the file has them, without line ends. */
  readonly lines: readonly string[];
}

const time = String.raw`(?:(\d{1,3}):)?(\d{1,2}):(\d{2})(?:[.,](\d{1,3}))?`;
const timing = new RegExp(String.raw`^\s{0,8}${time}\s{1,8}-->\s{1,8}${time}(?:\s|$)`);
const maximumMs = 2_147_483_647;

/**
 * The cues of an SRT or VTT file. What stands before the first cue, between a blank line and the next time line, and in
 * notes and styles is no cue. Files that leave out the blank line between cues are read too.
 */
export function* readCues(text: string): Slices<Cue[]> {
  const cues: { times: Times; lines: string[] }[] = [];
  const isSliceOver = sliceMeter();
  let current: string[] | undefined;
  for (const line of linesOf(text)) {
    if (isSliceOver(line.length + lineCost)) yield;
    const times = readTiming(line);
    if (times) {
      dropNumber(current);
      current = [];
      cues.push({ times, lines: current });
    } else if (line.trim() === '') {
      current = undefined;
    } else {
      current?.push(line);
    }
  }
  return cues;
}

/** Where no blank line comes before a cue, its number stands at the end of the cue before. */
function dropNumber(lines: string[] | undefined): void {
  if (/^\s*\d{1,9}\s*$/.test(lines?.at(-1) ?? '')) lines?.pop();
}

function readTiming(line: string): Times | undefined {
  const match = line.includes('-->') ? timing.exec(line) : null;
  if (!match) return undefined;
  const startMs = milliseconds(match.slice(1, 5));
  const endMs = milliseconds(match.slice(5, 9));
  return { startMs, endMs: startMs !== null && endMs !== null && endMs >= startMs ? endMs : null };
}

function milliseconds([hours = '0', minutes, seconds, fraction = '']: readonly (string | undefined)[]): number | null {
  const whole = Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds);
  const all = whole * 1000 + Number(fraction.padEnd(3, '0'));
  return all <= maximumMs ? all : null;
}
