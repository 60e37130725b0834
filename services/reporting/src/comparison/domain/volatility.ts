import { wilsonInterval, type Interval } from './interval.js';

/** How much a revision moves what is in force (D5). */
export const volatilityRatings = ['LOW', 'MEDIUM', 'HIGH'] as const;
export type VolatilityRating = (typeof volatilityRatings)[number];

/** Fewer compared results than these say little, and so do fewer repeated ones. */
export const enoughCells = 20;

const lowBelow = 0.05;
const highAbove = 0.2;

/** How many of how many are different. */
export interface Part {
  readonly changed: number;
  readonly compared: number;
}

/** How many answers moved that were asked again although nothing had changed. */
export interface NoiseFloor extends Part {
  /** Null where nothing was repeated. */
  readonly share: number | null;
  readonly interval: Interval | null;
  /** Whether so few were repeated that the rating does not look at them. */
  readonly restsOnFew: boolean;
}

export interface Volatility extends Part {
  /** Null where nothing could be compared. */
  readonly rating: VolatilityRating | null;
  readonly share: number | null;
  /** 95 %, by Wilson. */
  readonly interval: Interval | null;
  /** Whether fewer results were compared than say something. */
  readonly restsOnFew: boolean;
  /** Whether more changed than by noise alone; null where noise was not measured, or on too few. */
  readonly exceedsNoise: boolean | null;
}

const shareOf = ({ changed, compared }: Part): number | null => (compared === 0 ? null : changed / compared);

export const noiseFloorOf = (repeated: Part): NoiseFloor => ({
  ...repeated,
  share: shareOf(repeated),
  interval: wilsonInterval(repeated.changed, repeated.compared),
  restsOnFew: repeated.compared < enoughCells,
});

/** By the point estimate; HIGH only for what noise does not explain, where noise was measured on enough cells (B6). */
export function volatilityOf(part: Part, noise: NoiseFloor): Volatility {
  const share = shareOf(part);
  const exceedsNoise = noise.restsOnFew || share === null ? null : exceeds(part, noise);
  return {
    ...{ changed: part.changed, compared: part.compared, share, exceedsNoise },
    rating: share === null ? null : ratingOf(share, exceedsNoise),
    interval: wilsonInterval(part.changed, part.compared),
    restsOnFew: part.compared < enoughCells,
  };
}

function ratingOf(share: number, exceedsNoise: boolean | null): VolatilityRating {
  if (share < lowBelow) return 'LOW';
  return share > highAbove && exceedsNoise !== false ? 'HIGH' : 'MEDIUM';
}

/**
 * Whether the one share is greater than the other beyond chance: the 95 % interval of their difference is above 0.
 * R. G. Newcombe, Interval estimation for the difference between independent proportions: comparison of eleven methods,
 * Statistics in Medicine 17 (1998), 873-890, method 10.
 */
function exceeds(one: Part, other: Part): boolean {
  const [first, second] = [wilsonInterval(one.changed, one.compared), wilsonInterval(other.changed, other.compared)];
  if (!first || !second) return false;
  const [share, noise] = [one.changed / one.compared, other.changed / other.compared];
  return share - noise > Math.hypot(share - first.low, second.high - noise);
}
