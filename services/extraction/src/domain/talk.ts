import type { ConversationStatistics } from '@harmony/contracts';
import { countWords, type Turn } from '@harmony/transcript';
import { coveredMs, extentMs, type Span } from './spans.js';

/** What somebody says, or one side of the table. */
export type Talk = Omit<ConversationStatistics['speakers'][number], 'speaker'>;

/** A turn with what is counted of it. */
export interface CountedTurn {
  readonly speaker: string;
  readonly words: number;
  readonly questions: number;
  /** Null where the transcript does not say both when it began and when it ended. */
  readonly span: Span | null;
}

export function countTurn({ speaker, text, startMs, endMs }: Turn): CountedTurn {
  const isStated = startMs !== null && endMs !== null && startMs <= endMs;
  const span = isStated ? { startMs, endMs } : null;
  return { speaker, words: countWords(text), questions: countQuestions(text), span };
}

/** Question marks that end something; several in a row end the same, and one within a word, as in an address, none. */
const countQuestions = (text: string): number => text.match(/[?？؟]+(?!\w)/gu)?.length ?? 0;

/** What each group of turns says, those who say most first; their shares add up to 1. */
export function talksOf<Group extends string | null>(
  turns: readonly CountedTurn[],
  groupOf: (turn: CountedTurn) => Group,
  isTimed: boolean,
): (readonly [Group, Talk])[] {
  const stretches = stretchesOf(turns, groupOf);
  const groups = [...stretches].map(([group, own]) => ({ group, own: own.flat(), monologue: longest(own) }));
  const weigh = weighing(turns, isTimed);
  const total = sum(groups, ({ own }) => weigh(own));
  const talks = groups.map(({ group, own, monologue }) => {
    const spokenMs = isTimed ? coveredMs(spansOf(own)) : null;
    const words = wordsOf(own);
    const talk: Talk = {
      turns: own.length,
      words,
      share: weigh(own) / total,
      longestMonologueWords: wordsOf(monologue),
      longestMonologueMs: isTimed ? extentMs(spansOf(monologue)) : null,
      wordsPerMinute: spokenMs ? (words * 60_000) / spokenMs : null,
      spokenMs,
      questions: sum(own, ({ questions }) => questions),
    };
    return [group, talk] as const;
  });
  return talks.sort(([left, more], [right, less]) => less.share - more.share || byCode(left, right));
}

/** By group, its turns that follow each other without anybody else. */
function stretchesOf<Group>(
  turns: readonly CountedTurn[],
  groupOf: (turn: CountedTurn) => Group,
): ReadonlyMap<Group, readonly CountedTurn[][]> {
  const stretches = new Map<Group, CountedTurn[][]>();
  let current: { group: Group; stretch: CountedTurn[] } | undefined;
  for (const turn of turns) {
    const group = groupOf(turn);
    if (current?.group !== group) {
      const stretch: CountedTurn[] = [];
      const others = stretches.get(group);
      if (others) others.push(stretch);
      else stretches.set(group, [stretch]);
      current = { group, stretch };
    }
    current.stretch.push(turn);
  }
  return stretches;
}

/** The stretch with the most words; the first of equal ones. */
const longest = (stretches: readonly (readonly CountedTurn[])[]): readonly CountedTurn[] =>
  stretches.reduce((most, stretch) => (wordsOf(stretch) > wordsOf(most) ? stretch : most), []);

/** What shares are of: the time spoken, else the words, else the turns, whichever there is any of. */
function weighing(turns: readonly CountedTurn[], isTimed: boolean): (own: readonly CountedTurn[]) => number {
  const time = (own: readonly CountedTurn[]): number => (isTimed ? coveredMs(spansOf(own)) : 0);
  return [time, wordsOf].find((weigh) => weigh(turns) > 0) ?? ((own) => own.length);
}

export const spansOf = (turns: readonly CountedTurn[]): Span[] => turns.flatMap(({ span }) => span ?? []);

export const wordsOf = (turns: readonly CountedTurn[]): number => sum(turns, ({ words }) => words);

const sum = <Item>(items: readonly Item[], valueOf: (item: Item) => number): number =>
  items.reduce((total, item) => total + valueOf(item), 0);

/** A to Z, then AA, AB; what has no code last. */
const byCode = (left: string | null, right: string | null): number =>
  (left?.length ?? Infinity) - (right?.length ?? Infinity) || (left ?? '').localeCompare(right ?? '', 'en');
