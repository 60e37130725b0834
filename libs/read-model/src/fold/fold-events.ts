import { decodeEvent, isKnownEventType, type HarmonyEvent } from '@harmony/contracts';
import type { RecordedEvent } from '@harmony/event-store';
import type { PositionedEvent, Row, RowFold } from '../port.js';
import type { ErrorPolicy } from './error-policy.js';
import type { CachedRow, RowCache } from './row-cache.js';
import type { WantedRows } from './rows.js';

/** A table that an event type changes, and how. */
interface Target {
  readonly cache: RowCache;
  readonly fold: RowFold<HarmonyEvent>;
}

/** A row that one event touches. */
interface Touch extends Target {
  readonly cached: CachedRow;
}

interface Step {
  readonly recorded: RecordedEvent;
  readonly positioned: PositionedEvent;
  readonly touches: readonly Touch[];
}

/** Events that were decoded, and rows of which their caches know nothing yet. */
export interface PreparedEvents {
  readonly steps: readonly Step[];
  readonly wanted: readonly WantedRows[];
}

/** Folds runs of the log into caches of rows. */
export class Folder {
  private readonly targets = new Map<string, readonly Target[]>();

  constructor(readonly caches: readonly RowCache[]) {}

  /** Decodes everything and says which rows it touches; these must be loaded before it is applied. */
  prepare(events: readonly RecordedEvent[], policy: ErrorPolicy): PreparedEvents {
    const steps = this.prepareAll(events, policy);
    const wanted = this.caches
      .map((cache) => ({ cache, rows: cache.takeUnknown() }))
      .filter(({ rows }) => rows.length > 0);
    return { steps, wanted };
  }

  /** Changes the rows in the order of the log. An event changes all of its rows or none. */
  apply({ steps }: PreparedEvents, policy: ErrorPolicy): void {
    for (const step of steps) apply(step, policy);
  }

  private prepareAll(events: readonly RecordedEvent[], policy: ErrorPolicy): Step[] {
    const steps: Step[] = [];
    for (const recorded of events) {
      if (policy.blocks(recorded)) {
        policy.waits(recorded);
        continue;
      }
      const targets = this.targetsOf(recorded.type);
      // What no table is interested in is not even decoded.
      if (targets.length === 0) {
        if (!isKnownEventType(recorded.type)) policy.unknown(recorded);
        continue;
      }
      try {
        steps.push(prepare(recorded, targets));
      } catch (error) {
        policy.failed(recorded, error);
      }
    }
    return steps;
  }

  private targetsOf(type: string): readonly Target[] {
    const known = this.targets.get(type);
    if (known) return known;
    const targets = this.caches.flatMap((cache): Target[] => {
      const fold = cache.table.on[type];
      return fold ? [{ cache, fold }] : [];
    });
    this.targets.set(type, targets);
    return targets;
  }
}

function prepare(recorded: RecordedEvent, targets: readonly Target[]): Step {
  const { streamId, revision, position } = recorded;
  const positioned = { event: decodeEvent(recorded), streamId, revision, position };
  const touches: Touch[] = [];
  for (const { cache, fold } of targets) {
    for (const key of fold.keys(positioned)) {
      const cached = cache.touch(key);
      if (!touches.some((touch) => touch.cached === cached)) touches.push({ cache, fold, cached });
    }
  }
  return { recorded, positioned, touches };
}

function apply({ recorded, positioned, touches }: Step, policy: ErrorPolicy): void {
  // An earlier event of the same stream may have failed after this one was prepared.
  if (policy.blocks(recorded)) {
    policy.waits(recorded);
    return;
  }
  let rows: (Row | undefined)[];
  try {
    rows = touches.map(({ cache, fold, cached }) =>
      cache.canonical(cached, fold.evolve(cached.row, positioned, cached.key)),
    );
  } catch (error) {
    policy.failed(recorded, error);
    return;
  }
  for (const [index, { cache, cached }] of touches.entries()) cache.change(cached, rows[index]);
}
