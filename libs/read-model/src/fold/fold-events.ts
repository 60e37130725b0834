import { decodeEvent, isKnownEventType, type HarmonyEvent } from '@harmony/contracts';
import type { RecordedEvent } from '@harmony/event-store';
import type { PositionedEvent, Row, RowFold } from '../port.js';
import type { ErrorPolicy } from './error-policy.js';
import { distinctKeys, type CachedRow, type RowCache } from './row-cache.js';

/** One table that one event touches. */
interface Touch {
  readonly cache: RowCache;
  readonly fold: RowFold<HarmonyEvent>;
  readonly keys: readonly (readonly string[])[];
}

interface Step {
  readonly recorded: RecordedEvent;
  readonly positioned: PositionedEvent;
  readonly touches: readonly Touch[];
}

type LoadRows = (cache: RowCache, keys: readonly (readonly string[])[]) => Promise<void>;

/**
 * Folds a run of the log into the caches: decode everything, load all rows it touches at once, then change them in the
 * order of the log. An event changes all of its rows or none.
 */
export async function foldEvents(
  caches: readonly RowCache[],
  events: readonly RecordedEvent[],
  policy: ErrorPolicy,
  load: LoadRows,
): Promise<void> {
  const steps = prepare(caches, events, policy);
  for (const cache of caches) {
    const keys = steps.flatMap(({ touches }) => touches.flatMap((touch) => (touch.cache === cache ? touch.keys : [])));
    await load(cache, cache.missing(keys));
  }
  for (const step of steps) apply(step, policy);
}

function prepare(caches: readonly RowCache[], events: readonly RecordedEvent[], policy: ErrorPolicy): Step[] {
  const steps: Step[] = [];
  for (const recorded of events) {
    if (policy.blocks(recorded)) {
      policy.waits(recorded);
      continue;
    }
    try {
      const step = prepareOne(caches, recorded);
      if (step) steps.push(step);
      else if (!isKnownEventType(recorded.type)) policy.unknown(recorded);
    } catch (error) {
      policy.failed(recorded, error);
    }
  }
  return steps;
}

/** Undefined for an event that no table is interested in; such a one is not even decoded. */
function prepareOne(caches: readonly RowCache[], recorded: RecordedEvent): Step | undefined {
  const interested = caches.filter(({ table }) => table.on[recorded.type]);
  if (interested.length === 0) return undefined;
  const { streamId, revision, position } = recorded;
  const positioned = { event: decodeEvent(recorded), streamId, revision, position };
  const touches = interested.flatMap((cache): Touch[] => {
    const fold = cache.table.on[recorded.type];
    return fold ? [{ cache, fold, keys: distinctKeys(cache.table, fold.keys(positioned)) }] : [];
  });
  return { recorded, positioned, touches };
}

function apply({ recorded, positioned, touches }: Step, policy: ErrorPolicy): void {
  // An earlier event of the same stream may have failed after this one was prepared.
  if (policy.blocks(recorded)) {
    policy.waits(recorded);
    return;
  }
  const changes: { cache: RowCache; cached: CachedRow; row: Row | undefined }[] = [];
  try {
    for (const { cache, fold, keys } of touches) {
      for (const key of keys) {
        const cached = cache.find(key);
        if (cached) changes.push({ cache, cached, row: fold.evolve(cached.row, positioned, key) });
      }
    }
  } catch (error) {
    policy.failed(recorded, error);
    return;
  }
  for (const { cache, cached, row } of changes) cache.change(cached, row);
}
