import cliProgress from 'cli-progress';
import type { ProgressLine, Voice } from '../operator.js';

interface Output {
  write(text: string): unknown;
  readonly isTTY?: boolean;
}

const lineEveryMs = 2_000;

/** Results to standard output, everything else to standard error, so that a pipe gets results only. */
export function terminalVoice(results: Output, notes: Output & NodeJS.WritableStream, json: boolean): Voice {
  const note = (text: string): void => void notes.write(`${text}\n`);
  return {
    json,
    result: (text) => void results.write(`${text}\n`),
    note: json ? () => undefined : note,
    progress: (title) => {
      if (json) return { update: () => undefined, stop: () => undefined };
      return notes.isTTY ? bar(title, notes) : lines(title, note);
    },
  };
}

function bar(title: string, stream: NodeJS.WritableStream): ProgressLine {
  const format = `${title} {bar} {percentage}% {phase}, {text}`;
  const drawn = new cliProgress.SingleBar({ stream, format, hideCursor: true }, cliProgress.Presets.shades_classic);
  drawn.start(1_000, 0, { phase: 'starting', text: '' });
  return {
    update: (phase, fraction, text) => drawn.update(Math.floor(fraction * 1_000), { phase, text }),
    stop: () => drawn.stop(),
  };
}

function lines(title: string, note: (text: string) => void): ProgressLine {
  let lastLine = -Infinity;
  let lastPhase = '';
  return {
    update: (phase, fraction, text) => {
      if (phase === lastPhase && performance.now() - lastLine < lineEveryMs) return;
      [lastLine, lastPhase] = [performance.now(), phase];
      note(`${title} ${Math.floor(fraction * 100)}% ${phase}, ${text}`);
    },
    stop: () => undefined,
  };
}
