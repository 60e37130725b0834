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
