import { competitorStances, type CompetitorStance } from '@harmony/contracts';
import type { MentionAtom } from '../atoms/atoms.js';
import { countWhere, type Counted } from '../tally.js';
import { byText } from '../text.js';
import { Counts } from './parts.js';

export interface StanceCount {
  readonly stance: CompetitorStance;
  /** Conversations in which the competitor stands so. */
  readonly count: number;
}

export interface CompetitorFigures {
  /** In its most frequent spelling. */
  readonly name: string;
  /** That mention it. */
  readonly conversations: number;
  /** Every stance, in the same order for all. */
  readonly stances: readonly StanceCount[];
}

export interface CompetitorsFigures {
  readonly type: 'COMPETITORS';
  /** Conversations with any mention. */
  readonly mentioned: number;
  /** The most mentioned first, then by name. */
  readonly competitors: readonly CompetitorFigures[];
}

interface Competitor {
  conversations: number;
  readonly spellings: Counts;
  readonly stances: Counts;
}

export function competitorsFigures(atoms: readonly Counted<MentionAtom>[]): CompetitorsFigures {
  const competitors = new Map<string, Competitor>();
  for (const { value, count } of atoms) {
    if (value.kind === 'ANY') continue;
    const { key, name, stance } = value;
    const competitor = competitors.get(key) ?? { conversations: 0, spellings: new Counts(), stances: new Counts() };
    competitors.set(key, competitor);
    competitor.conversations += count;
    competitor.spellings.add(name, count);
    competitor.stances.add(stance, count);
  }
  return {
    type: 'COMPETITORS',
    mentioned: countWhere(atoms, ({ kind }) => kind === 'ANY'),
    competitors: [...competitors.values()]
      .map(figuresOf)
      .sort((left, right) => right.conversations - left.conversations || byText(left.name, right.name)),
  };
}

const figuresOf = ({ conversations, spellings, stances }: Competitor): CompetitorFigures => ({
  name: mostFrequent(spellings),
  conversations,
  stances: competitorStances.map((stance) => ({ stance, count: stances.of(stance) })),
});

const mostFrequent = (spellings: Counts): string =>
  [...spellings.keys()].reduce((best, one) => {
    const difference = spellings.of(one) - spellings.of(best);
    return difference > 0 || (difference === 0 && byText(one, best) < 0) ? one : best;
  });
