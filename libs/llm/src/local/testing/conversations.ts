import type { ParticipantRole } from '@harmony/contracts';
import type { AnalysedConversation, Background } from '../../port.js';

export const noBackground: Background = { language: 'en', knowledge: '', handbook: '', context: '' };

/** A conversation from lines such as `Ada: Good morning.`; the first voice is the host. */
export function conversationOf(...lines: readonly string[]): AnalysedConversation {
  const spoken = lines.map((line) => {
    const [name = '', ...words] = line.split(': ');
    return { name, text: words.join(': ') };
  });
  const names = [...new Set(spoken.map(({ name }) => name))];
  const roleOf = (at: number): ParticipantRole => (at === 0 ? 'HOST' : 'CUSTOMER');
  return {
    key: lines.join('\n'),
    title: '',
    startedAt: null,
    voices: names.map((name, at) => ({ code: `S${at}`, name, role: roleOf(at) })),
    turns: spoken.map(({ name, text }, index) => ({
      index,
      speaker: `S${names.indexOf(name)}`,
      text,
      startMs: null,
      endMs: null,
    })),
  };
}

const speakers = { H: ['Ana Sousa', 'HOST'], C: ['Ben Ito', 'CUSTOMER'], D: ['Dora Lund', 'CUSTOMER'] } as const;

/** A call from lines that begin with `H:` for the host, `C:` for the customer or `D:` for a second one. */
export function callOf(lines: readonly string[], title = 'Call'): AnalysedConversation {
  const present = new Set(['H', 'C', ...lines.map((line) => line.slice(0, 1))]);
  const voices = Object.entries(speakers).filter(([code]) => present.has(code));
  return {
    key: `${lines.length} ${lines.join('\n').slice(0, 500)}`,
    title,
    startedAt: null,
    voices: voices.map(([code, [name, role]]) => ({ code, name, role })),
    turns: lines.map((line, index) => ({
      index,
      speaker: line.slice(0, 1),
      text: line.slice(2),
      startMs: null,
      endMs: null,
    })),
  };
}
