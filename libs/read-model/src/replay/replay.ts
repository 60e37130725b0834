import { HarmonyError } from '@harmony/contracts';
import type { LogPosition } from '@harmony/event-store';
import type { Projection } from '../port.js';
import { readCheckpoint } from '../projector/checkpoint.js';
import { compareWithLive, type Comparison } from '../verify/compare-with-live.js';
import { withSession, type ReplayOptions } from './session.js';
import { swap } from './swap.js';

export interface ReplayOutcome {
  /** Where the log had been read to when the tables were exchanged. */
  readonly position: LogPosition;
  readonly events: number;
  /** Streams that wait in the new tables; empty unless the replay parks. */
  readonly parked: readonly string[];
  /** Present when the live tables were compared before the exchange. */
  readonly comparison?: Comparison;
}

/**
 * Builds the projection's tables from the log while the live ones are read and written, then exchanges them.
 * With `verify`, the new tables are compared with the live ones first, at one position of the log, unless those were
 * made by another version; where they differ, nothing is exchanged.
 * @throws HarmonyError REPLAY_FAILED naming the event that cannot be applied, REPLAY_DIFFERS with the differences in
 * its facts; the live tables are untouched then, and a repeat starts afresh.
 */
export async function replay(
  projection: Projection,
  options: ReplayOptions & { readonly verify?: boolean },
): Promise<ReplayOutcome> {
  const { onError = 'stop' } = options;
  return withSession('replay', projection, { ...options, onError }, async ({ shadow, record, owner }) => {
    const live = await readCheckpoint(owner, projection.name);
    const comparable = options.verify === true && live.version === projection.version;
    const comparison = comparable ? await compareWithLive(shadow, record, options.database) : undefined;
    if (comparison && comparison.differences > 0) throw differs(projection, comparison);
    await shadow.catchUp();
    await record.enter('indexing');
    await shadow.buildIndexes();
    await record.enter('swapping');
    await shadow.catchUp();
    await swap(owner, shadow);
    const { position, events, parked } = shadow;
    return { position, events, parked: [...parked.keys()], ...(comparison && { comparison }) };
  });
}

const differs = ({ name }: Projection, comparison: Comparison): HarmonyError =>
  new HarmonyError('REPLAY_DIFFERS', {
    detail: `${comparison.differences} rows of ${name} differ from a replay of the log. Nothing was exchanged.`,
    facts: { comparison },
  });
