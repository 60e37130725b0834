import type { FoundAction } from './action-items.js';
import type { Reading } from '../language/reading.js';

const listed = (names: readonly string[]): string =>
  names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1) ?? ''}`;

const most = 4;

function namesOf({ conversation, parsed }: Reading, role: 'HOST' | 'CUSTOMER' | null): string {
  const spoke = new Set(parsed.turns.map(({ speaker }) => speaker));
  const names = conversation.voices
    .filter((voice) => voice.role === role && spoke.has(voice.code))
    .map(({ name, code }) => name ?? code);
  return listed(names.length > most ? [...names.slice(0, most), `${names.length - most} others`] : names);
}

function opening(reading: Reading): string {
  const [hosts, customers, others] = [namesOf(reading, 'HOST'), namesOf(reading, 'CUSTOMER'), namesOf(reading, null)];
  const title = reading.conversation.title.trim();
  const lead = title === '' ? '' : `${title.replace(/[.!?]+$/u, '')}: `;
  if (hosts !== '' && customers !== '') return `${lead}${hosts} spoke with ${customers}.`;
  const all = [hosts, customers, others].filter((names) => names !== '').join(', ');
  return `${lead}${all === '' ? 'somebody' : all} spoke.`;
}

/** Who spoke, about what, and what comes next, in a few sentences. */
export function overviewOf(reading: Reading, topics: readonly string[], actions: readonly FoundAction[]): string {
  const about = topics.slice(0, 6);
  const subjects = about.length === 0 ? '' : ` It was mostly about ${listed(about)}.`;
  const owners = [...new Set(actions.flatMap(({ owner }) => (owner === null ? [] : [owner])))];
  const next = owners.length === 0 ? '' : ` ${listed(owners.slice(0, most))} took something on for afterwards.`;
  return `${opening(reading)}${subjects}${next}`;
}
