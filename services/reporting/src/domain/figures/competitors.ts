import { competitorStances, type CompetitorStance } from '@harmony/contracts';
import type { Mention } from '../columns.js';
import { countWhere, type Counted } from '../tally.js';
import { byText, foldedName } from '../text.js';
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

export function competitorsFigures(answers: readonly Counted<readonly Mention[]>[]): CompetitorsFigures {
  const competitors = new Map<string, Competitor>();
  for (const { value, count } of answers) {
    for (const [key, { name, stance }] of firstMentions(value)) {
      const competitor = competitors.get(key) ?? { conversations: 0, spellings: new Counts(), stances: new Counts() };
      competitors.set(key, competitor);
      competitor.conversations += count;
      competitor.spellings.add(name, count);
      competitor.stances.add(stance, count);
    }
  }
  return {
    type: 'COMPETITORS',
    mentioned: countWhere(answers, (mentions) => mentions.length > 0),
    competitors: [...competitors.values()]
      .map(figuresOf)
      .sort((left, right) => right.conversations - left.conversations || byText(left.name, right.name)),
  };
}

/** Of answers that were looked at already: the same answer is counted in many points of a trend. */
const known = new WeakMap<readonly Mention[], ReadonlyMap<string, Mention>>();

/** Each competitor once a conversation, however often and in whatever spelling it is there. */
function firstMentions(mentions: readonly Mention[]): ReadonlyMap<string, Mention> {
  const before = known.get(mentions);
  if (before) return before;
  const first = new Map<string, Mention>();
  for (const mention of mentions) {
    const key = foldedName(mention.name);
    if (!first.has(key)) first.set(key, mention);
  }
  known.set(mentions, first);
  return first;
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
