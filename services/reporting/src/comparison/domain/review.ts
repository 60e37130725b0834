import type { InsightType } from '@harmony/contracts';
import { cohensKappa, type Flip } from './agreement.js';
import { attributionOf, type Attribution, type DrawnChange } from './attribution.js';
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

/** Results that were asked again, by definition: unchanged ones that were repeated, and changed ones that were drawn. */
export interface AskedAgain extends Part {
  readonly definitionId: string;
  readonly drawn: readonly DrawnChange[];
}

/** What a review is made from; of one definition, or of all. */
export interface Reviewed {
  readonly groups: readonly ChangeGroup[];
  readonly again: readonly AskedAgain[];
  /** Whether more are being drawn. */
  readonly isDrawing: boolean;
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
  readonly attribution: Attribution;
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
  reviewed: Reviewed,
  standing: ReviewedStanding,
): Review<Definition> {
  return {
    ...figuresOf(reviewed, standing),
    definitions: definitions.flatMap((definition) => {
      const isOwn = ({ definitionId }: { readonly definitionId: string }): boolean => definitionId === definition.id;
      const groups = reviewed.groups.filter(isOwn);
      const own = { ...reviewed, groups, again: reviewed.again.filter(isOwn) };
      return groups.length === 0 ? [] : [definitionReview(definition, own, { ...standing, conversations: none })];
    }),
  };
}

function definitionReview<Definition extends ReviewedDefinition>(
  definition: Definition,
  reviewed: Reviewed,
  standing: ReviewedStanding,
): DefinitionReview<Definition> {
  const both = reviewed.groups.filter(({ kind }) => kind === 'CHANGED' || kind === 'UNCHANGED');
  const flips = withCategories.has(definition.type) ? flipsOf(both) : null;
  return {
    definition,
    ...figuresOf(reviewed, standing),
    flips,
    kappa: flips && cohensKappa(flips),
    shift: withNumbers.has(definition.type) ? shiftOf(sumsOf(both)) : null,
  };
}

function figuresOf({ groups, again, isDrawing }: Reviewed, standing: ReviewedStanding): ReviewFigures {
  const cells = (passes: (group: ChangeGroup) => boolean): number =>
    groups.reduce((sum, group) => sum + (passes(group) ? group.cells : 0), 0);
  const ofKind = (wanted: ChangeKind): number => cells(({ kind }) => kind === wanted);
  const [changed, added, removed] = [ofKind('CHANGED'), ofKind('ADDED'), ofKind('REMOVED')];
  const compared = changed + ofKind('UNCHANGED');
  const failed = cells(({ isFailed }) => isFailed);
  const noise = noiseFloorOf({ changed: sum(again, 'changed'), compared: sum(again, 'compared') });
  const volatility = volatilityOf({ changed, compared }, noise);
  return {
    ...{ compared, changed, added, removed, failed, affected: changed + added + removed, volatility, noise },
    causes: changeCauses
      .map((cause) => ({ cause, cells: cells((group) => group.cause === cause) }))
      .filter((count) => count.cells > 0),
    attribution: attributionOf(
      again.flatMap(({ drawn }) => drawn),
      isDrawing,
    ),
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
