import { timedTurns, type NamedTurn } from './cues.js';

export const renditionFormats = ['txt', 'srt', 'vtt'] as const;
export type RenditionFormat = (typeof renditionFormats)[number];

/**
 * A transcript as text, piece by piece: TXT as a person would type it, SRT and VTT as players take them. SRT and VTT
 * make times where turns state none, see {@link timedTurns}.
 */
export function renderTranscript(format: RenditionFormat, turns: AsyncIterable<NamedTurn>): AsyncGenerator<string> {
  return { txt: asText, srt: asSrt, vtt: asVtt }[format](turns);
}

async function* asText(turns: AsyncIterable<NamedTurn>): AsyncGenerator<string> {
  for await (const { speakerName, text, startMs } of turns) {
    const time = startMs === null ? '' : `[${clock(startMs).slice(0, -4)}] `;
    yield `${time}${speakerName}: ${text}\n`;
  }
}

async function* asSrt(turns: AsyncIterable<NamedTurn>): AsyncGenerator<string> {
  let number = 0;
  for await (const { speakerName, text, startMs, endMs } of timedTurns(turns)) {
    number += 1;
    const words = withoutBlankLines(`${speakerName}: ${text}`).replaceAll('-->', '→');
    yield `${number}\n${clock(startMs, ',')} --> ${clock(endMs, ',')}\n${words}\n\n`;
  }
}

async function* asVtt(turns: AsyncIterable<NamedTurn>): AsyncGenerator<string> {
  yield 'WEBVTT\n\n';
  for await (const { speakerName, text, startMs, endMs } of timedTurns(turns)) {
    const words = `<v ${escaped(speakerName)}>${escaped(withoutBlankLines(text))}</v>`;
    yield `${clock(startMs)} --> ${clock(endMs)}\n${words}\n\n`;
  }
}

/** A blank line would end the cue. */
const withoutBlankLines = (text: string): string => text.trim().replace(/\s*[\n\r\u2028\u2029]\s*/gu, '\n');

const escaped = (text: string): string => text.replace(/[&<>]/gu, (sign) => signs[sign] ?? sign);
const signs: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };

/** `01:02:03.456` */
function clock(ms: number, decimalSign: '.' | ',' = '.'): string {
  const part = (value: number, digits: number): string => String(value).padStart(digits, '0');
  const seconds = Math.floor(ms / 1000);
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60];
  return `${part(hours, 2)}:${part(minutes, 2)}:${part(seconds % 60, 2)}${decimalSign}${part(ms % 1000, 3)}`;
}
