import { decodeEvent, isKnownEventType, type HarmonyEvent } from '@harmony/contracts';
import type { RecordedEvent } from '@harmony/event-store';
import { rowAfter, type PositionedEvent, type Row, type RowFold } from '../port.js';
import type { ErrorPolicy } from './error-policy.js';
import type { CachedRow, RowCache } from './row-cache.js';
import { copiesForTable, makeCopy, wantedCopy, type HeldCopy, type MadeCopy, type WantedCopy } from './row-copies.js';
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
  readonly copies: readonly WantedCopy[];
}

/** Events that were decoded, and rows of which their caches know nothing yet. */
export interface PreparedEvents {
  readonly steps: readonly Step[];
  readonly wanted: readonly WantedRows[];
  /** The others are for the tables to make. */
  readonly held: ReadonlyMap<WantedCopy, HeldCopy>;
}

/** Folds runs of the log into caches of rows. */
export class Folder {
  private readonly targets = new Map<string, readonly Target[]>();

  /**
   * @param sparesReads whether rows whose values nobody needs stay unread: those that a fold replaces, and those that a
   * table copies because nothing else of the same batch has to do with them.
   */
  constructor(
    readonly caches: readonly RowCache[],
    private readonly sparesReads: boolean,
  ) {}

  /** Decodes everything and says which rows it touches; these must be loaded before it is applied. */
  prepare(events: readonly RecordedEvent[], policy: ErrorPolicy): PreparedEvents {
    const steps = this.prepareAll(events, policy);
    const held = this.hold(steps.flatMap(({ copies }) => copies));
    const wanted = this.caches
      .map((cache) => ({ cache, rows: cache.takeUnknown() }))
      .filter(({ rows }) => rows.length > 0);
    return { steps, wanted, held };
  }

  /** Changes the rows in the order of the log. An event changes all of its rows or none. */
  apply({ steps, held }: PreparedEvents, policy: ErrorPolicy): void {
    for (const step of steps) apply(step, held, policy);
  }

  private hold(copies: readonly WantedCopy[]): ReadonlyMap<WantedCopy, HeldCopy> {
    const forTable = this.sparesReads ? copiesForTable(copies) : new Set();
    return new Map(
      copies
        .filter((wanted) => !forTable.has(wanted))
        .map((wanted) => {
          const { cache, copy } = wanted;
          return [wanted, { source: cache.touch(copy.from), target: cache.touch(copy.to) }];
        }),
    );
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
        steps.push(prepare(recorded, targets, this.sparesReads));
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

function prepare(recorded: RecordedEvent, targets: readonly Target[], sparesReads: boolean): Step {
  const { streamId, revision, position } = recorded;
  const positioned = { event: decodeEvent(recorded), streamId, revision, position };
  const touches: Touch[] = [];
  for (const { cache, fold } of targets) {
    for (const key of fold.keys(positioned)) {
      const cached = sparesReads && 'becomes' in fold ? cache.replace(key) : cache.touch(key);
      if (!touches.some((touch) => touch.cached === cached)) touches.push({ cache, fold, cached });
    }
  }
  const copies = targets.flatMap(({ cache, fold }) =>
    (fold.copies?.(positioned) ?? []).map((copy) => wantedCopy(cache, copy)),
  );
  return { recorded, positioned, touches, copies };
}

function apply(
  { recorded, positioned, touches, copies }: Step,
  held: PreparedEvents['held'],
  policy: ErrorPolicy,
): void {
  // An earlier event of the same stream may have failed after this one was prepared.
  if (policy.blocks(recorded)) {
    policy.waits(recorded);
    return;
  }
  let rows: (Row | undefined)[];
  let made: MadeCopy[];
  try {
    rows = touches.map(({ cache, fold, cached }) =>
      cache.canonical(cached, rowAfter(fold, cached.row, positioned, cached.key)),
    );
    made = copies.map((wanted) => makeCopy(wanted, held.get(wanted)));
  } catch (error) {
    policy.failed(recorded, error);
    return;
  }
  for (const [index, { cache, cached }] of touches.entries()) cache.change(cached, rows[index]);
  for (const copy of made) {
    if ('inTable' in copy) copy.cache.copies.push(copy.inTable);
    else copy.cache.change(copy.target, copy.row);
  }
}
