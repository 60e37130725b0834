import type { InsightType } from '@harmony/contracts';
import { cohensKappa, type Flip } from './agreement.js';
import { changeCauses, type ChangeCause, type ChangeKind } from './change.js';
import { recommend, type Findings, type Recommendation } from './recommendation.js';
import { shiftOf, type PairedSums, type Shift } from './shift.js';
import { noiseFloorOf, volatilityOf, type NoiseFloor, type Part, type Volatility } from './volatility.js';

/** Results of one definition that are alike in everything that is counted apart. */
export interface ChangeGroup {
  readonly definitionId: string;
  /** Null for what is still awaited, and for what is on neither side. */
  readonly kind: ChangeKind | null;
  readonly cause: ChangeCause | null;
  /** Whether the revision failed to find anything. */
  readonly isFailed: boolean;
  /** Of types that have categories; null where nobody spoke of it. */
  readonly before: string | null;
  readonly after: string | null;
  readonly cells: number;
  /** Of those that have a number before and after. */
  readonly numbers: PairedSums;
}

/** Results that were repeated, by definition. */
export interface RepeatGroup extends Part {
  readonly definitionId: string;
}

export interface ReviewedDefinition {
  readonly id: string;
  readonly type: InsightType;
}

export interface CauseCount {
  readonly cause: ChangeCause;
  readonly cells: number;
}

/** What a revision does to the results of a project, or of one definition. */
export interface ReviewFigures {
  /** Results that are there before and after. */
  readonly compared: number;
  readonly changed: number;
  readonly added: number;
  readonly removed: number;
  /** Results that the revision asked for and did not get; those that were there before are among the removed ones. */
  readonly failed: number;
  /** Changed, added or removed. */
  readonly affected: number;
  readonly causes: readonly CauseCount[];
  readonly volatility: Volatility;
  readonly noise: NoiseFloor;
  readonly recommendation: Recommendation;
}

export interface DefinitionReview<Definition> extends ReviewFigures {
  readonly definition: Definition;
  /** What went where; null for types without categories. */
  readonly flips: readonly Flip[] | null;
  /** Null for types without categories, and where chance alone explains it. */
  readonly kappa: number | null;
  /** Null for types without numbers, and where no conversation has one before and after. */
  readonly shift: Shift | null;
}

export interface Review<Definition> extends ReviewFigures {
  readonly definitions: readonly DefinitionReview<Definition>[];
}

const withCategories: ReadonlySet<InsightType> = new Set(['YES_NO', 'GROUP', 'FUNNEL']);
const withNumbers: ReadonlySet<InsightType> = new Set(['BUYER_ENGAGEMENT', 'SCALE', 'DISCOUNT']);

/** How the revision stands that is reviewed. */
export type ReviewedStanding = Pick<Findings, 'isFinished' | 'conversations'>;

/** Whole conversations say nothing of one definition. */
const none = { planned: 0, failed: 0 };

/** The figures of a review; definitions that neither side has are left out. */
export function reviewOf<Definition extends ReviewedDefinition>(
  definitions: readonly Definition[],
  groups: readonly ChangeGroup[],
  repeats: readonly RepeatGroup[],
  standing: ReviewedStanding,
): Review<Definition> {
  return {
    ...figuresOf(groups, repeats, standing),
    definitions: definitions.flatMap((definition) => {
      const own = groups.filter(({ definitionId }) => definitionId === definition.id);
      const repeated = repeats.filter(({ definitionId }) => definitionId === definition.id);
      return own.length === 0
        ? []
        : [definitionReview(definition, own, repeated, { ...standing, conversations: none })];
    }),
  };
}

function definitionReview<Definition extends ReviewedDefinition>(
  definition: Definition,
  groups: readonly ChangeGroup[],
  repeats: readonly RepeatGroup[],
  standing: ReviewedStanding,
): DefinitionReview<Definition> {
  const both = groups.filter(({ kind }) => kind === 'CHANGED' || kind === 'UNCHANGED');
  const flips = withCategories.has(definition.type) ? flipsOf(both) : null;
  return {
    definition,
    ...figuresOf(groups, repeats, standing),
    flips,
    kappa: flips && cohensKappa(flips),
    shift: withNumbers.has(definition.type) ? shiftOf(sumsOf(both)) : null,
  };
}

function figuresOf(
  groups: readonly ChangeGroup[],
  repeats: readonly RepeatGroup[],
  standing: ReviewedStanding,
): ReviewFigures {
  const cells = (passes: (group: ChangeGroup) => boolean): number =>
    groups.reduce((sum, group) => sum + (passes(group) ? group.cells : 0), 0);
  const ofKind = (wanted: ChangeKind): number => cells(({ kind }) => kind === wanted);
  const [changed, added, removed] = [ofKind('CHANGED'), ofKind('ADDED'), ofKind('REMOVED')];
  const compared = changed + ofKind('UNCHANGED');
  const failed = cells(({ isFailed }) => isFailed);
  const noise = noiseFloorOf({ changed: sum(repeats, 'changed'), compared: sum(repeats, 'compared') });
  const volatility = volatilityOf({ changed, compared }, noise);
  return {
    ...{ compared, changed, added, removed, failed, affected: changed + added + removed, volatility, noise },
    causes: changeCauses
      .map((cause) => ({ cause, cells: cells((group) => group.cause === cause) }))
      .filter((count) => count.cells > 0),
    recommendation: recommend({ volatility, ...standing, failed, added, removed }),
  };
}

const sum = (parts: readonly Part[], name: keyof Part): number => parts.reduce((all, part) => all + part[name], 0);

/** Those that stayed too; the most frequent first. */
function flipsOf(groups: readonly ChangeGroup[]): Flip[] {
  const flips = new Map<string, Flip>();
  for (const { before, after, cells } of groups) {
    const key = JSON.stringify([before, after]);
    flips.set(key, { before, after, cells: cells + (flips.get(key)?.cells ?? 0) });
  }
  return [...flips.entries()]
    .sort(([one, left], [other, right]) => right.cells - left.cells || (one < other ? -1 : 1))
    .map(([, flip]) => flip);
}

const sumsOf = (groups: readonly ChangeGroup[]): PairedSums => {
  const add = (name: keyof PairedSums): number => groups.reduce((all, { numbers }) => all + numbers[name], 0);
  return {
    ...{ count: add('count'), before: add('before'), after: add('after') },
    ...{ difference: add('difference'), squaredDifference: add('squaredDifference') },
  };
};
