/**
 * A place in the whole log. Two numbers, compared in order: transaction and place in it on Postgres,
 * commit and prepare position on EventStoreDB. Both are needed: a single number loses events.
 */
export interface LogPosition {
  readonly major: bigint;
  readonly minor: bigint;
}

/** Before the first event. */
export const logStart: LogPosition = { major: 0n, minor: 0n };

/** Negative, zero or positive, like every comparator. */
export function comparePositions(left: LogPosition, right: LogPosition): number {
  if (left.major !== right.major) return left.major < right.major ? -1 : 1;
  if (left.minor !== right.minor) return left.minor < right.minor ? -1 : 1;
  return 0;
}

/** `major:minor`, for checkpoints, cursors and messages. */
export const formatPosition = ({ major, minor }: LogPosition): string => `${major}:${minor}`;

/** Reads what {@link formatPosition} wrote; undefined for anything else. */
export function parsePosition(text: string): LogPosition | undefined {
  const match = /^(\d{1,20}):(\d{1,20})$/.exec(text);
  return match?.[1] && match[2] ? { major: BigInt(match[1]), minor: BigInt(match[2]) } : undefined;
}
