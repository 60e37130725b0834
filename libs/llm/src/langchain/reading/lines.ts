import type { TurnSpan } from '@harmony/contracts';
import type { AnalysedConversation } from '../../port.js';
import { tokensOf } from './tokens.js';

/** Something that a model reads, and the turn that it stands for; a very long turn has several. */
export interface Line {
  readonly turn: number;
  readonly text: string;
  readonly tokens: number;
}

/** Longest line, so that no turn is larger than a window. */
const longestLine = 4_000;

/** In one line: nobody may write something that looks like somebody else's turn. */
export const inOneLine = (text: string): string => text.replace(/[\r\n\u0085\u2028\u2029]+/g, ' ');

export const lineOf = (turn: number, text: string): Line => {
  const line = `[${turn}] ${inOneLine(text)}`;
  return { turn, text: line, tokens: tokensOf(line) + 1 };
};

/** The turns of a conversation as a model reads them: `[12] S1: words`. */
export const linesOf = ({ turns }: AnalysedConversation): readonly Line[] =>
  turns.flatMap(({ index, speaker, text }) =>
    pieces(text).map((piece) => lineOf(index, `${inOneLine(speaker)}: ${piece}`)),
  );

/** Cut between words where there are any. */
function pieces(text: string): readonly string[] {
  const cut: string[] = [];
  let from = 0;
  while (text.length - from > longestLine) {
    const space = text.lastIndexOf(' ', from + longestLine);
    const to = space > from + longestLine / 2 ? space + 1 : from + longestLine;
    cut.push(text.slice(from, to));
    from = to;
  }
  return [...cut, text.slice(from)];
}

export const tokensOfLines = (lines: readonly Line[]): number => lines.reduce((sum, { tokens }) => sum + tokens, 0);

/** As few windows of lines that follow each other as the budget allows. */
export function windowsOf(lines: readonly Line[], budget: number): readonly (readonly Line[])[] {
  const windows: Line[][] = [[]];
  let left = budget;
  for (const line of lines) {
    if (line.tokens > left && windows.at(-1)?.length !== 0) {
      windows.push([]);
      left = budget;
    }
    windows.at(-1)?.push(line);
    left -= line.tokens;
  }
  return windows;
}

/** Runs of turns that follow each other, both ends included. */
export function spansOf(lines: readonly Line[]): readonly TurnSpan[] {
  const spans: { from: number; to: number }[] = [];
  for (const { turn } of lines) {
    const last = spans.at(-1);
    if (last !== undefined && turn >= last.from && turn <= last.to + 1) last.to = Math.max(last.to, turn);
    else spans.push({ from: turn, to: turn });
  }
  return spans;
}
