import type { LogPosition } from '@harmony/event-store';
import type { LiveRevision, Moment } from './moment.js';

/** Behind everything that the log holds. */
const someday = Number.MAX_SAFE_INTEGER;

/** The present as it would be if a revision were made live now: nothing else is newer than it. */
export function wouldBe({ lives, ...present }: Moment, revisionId: string): Moment {
  const others = lives.filter((live) => live.revisionId !== revisionId);
  const all = [...others, { revisionId, major: someday, minor: someday }];
  return { ...present, lives: all.sort((left, right) => (left.revisionId < right.revisionId ? -1 : 1)) };
}

export const isWouldBe = ({ lives }: Moment): boolean => lives.some(({ major }) => major === someday);

/** Now, as it is or would be. */
export const isPresent = ({ asOf, revisionId }: Moment): boolean => asOf === null && revisionId === null;

/** Those that were made live, the last one first. */
export const newestFirst = (lives: readonly LiveRevision[]): LiveRevision[] =>
  [...lives].sort((left, right) => right.major - left.major || right.minor - left.minor);

export const positionOf = ({ major, minor }: LiveRevision): LogPosition => ({
  major: BigInt(major),
  minor: BigInt(minor),
});
