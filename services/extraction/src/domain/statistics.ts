import type { ConversationStatistics, ParticipantRole } from '@harmony/contracts';
import type { Turn } from '@harmony/transcript';
import { coveredMs, extentMs } from './spans.js';
import { countTurn, spansOf, talksOf, wordsOf, type CountedTurn } from './talk.js';

const maximumSpeakers = 200;

/**
 * Figures of a transcript that need no model. Times count only where every turn with words has both of its times: a
 * share of a time that is missing for some would be wrong for all. Otherwise shares are of the words.
 */
export function statisticsOf(
  turns: readonly Turn[],
  roleOf: (speaker: string) => ParticipantRole | null,
): ConversationStatistics {
  const counted = turns.map(countTurn);
  const isTimed = statesTimes(counted);
  const spans = spansOf(counted);
  const speakers = talksOf(counted, ({ speaker }) => speaker, isTimed);
  return {
    turns: turns.length,
    words: wordsOf(counted),
    durationMs: statedDurationMs(turns),
    silenceMs: isTimed ? extentMs(spans) - coveredMs(spans) : null,
    speakers: speakers.slice(0, maximumSpeakers).map(([speaker, talk]) => ({ speaker, ...talk })),
    sides: sidesOf(counted, roleOf),
  };
}

/** Figures of hosts and customers; nobody's where nothing says on which side somebody sits. */
export function sidesOf(
  turns: readonly CountedTurn[],
  roleOf: (speaker: string) => ParticipantRole | null,
): ConversationStatistics['sides'] {
  const sides = talksOf(turns, ({ speaker }) => roleOf(speaker), statesTimes(turns));
  return sides.flatMap(([role, talk]) => (role === null ? [] : [{ role, ...talk }]));
}

const statesTimes = (turns: readonly CountedTurn[]): boolean =>
  turns.length > 0 && turns.every(({ span, words }) => span !== null || words === 0);

/** From the first to the last moment that any turn states; null where none does. */
function statedDurationMs(turns: readonly Turn[]): number | null {
  const moments = turns.flatMap(({ startMs, endMs }) => [startMs, endMs].filter((moment) => moment !== null));
  return moments.length === 0 ? null : extentMs(moments.map((moment) => ({ startMs: moment, endMs: moment })));
}
