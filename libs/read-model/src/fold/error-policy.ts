import { HarmonyError } from '@harmony/contracts';
import { formatPosition, type RecordedEvent } from '@harmony/event-store';
import { sqlStateOf } from '../database/database-error.js';

/** A stream whose events wait, because one of them could not be read or applied. */
export interface ParkedStream {
  readonly streamId: string;
  /** Of the event that could not be applied; it and everything behind it waits. */
  readonly event: Pick<RecordedEvent, 'id' | 'type' | 'revision' | 'position'>;
  readonly code: string;
  readonly cause: string;
  /** Later events that were seen meanwhile. */
  readonly waiting: number;
}

/** What to do about events that cannot be applied: live work parks their stream, a replay stops. */
export interface ErrorPolicy {
  /** True for an event that stands behind a parked one of its stream. */
  blocks(recorded: RecordedEvent): boolean;
  /** A parked stream has one more event. */
  waits(recorded: RecordedEvent): void;
  /** @throws HarmonyError when the policy is to stop. */
  failed(recorded: RecordedEvent, error: unknown): void;
  /** An event of a type that this version does not know. @throws HarmonyError when the policy is to stop. */
  unknown(recorded: RecordedEvent): void;
}

/** Without the refused value itself, which may be somebody's words. */
export function reasonOf(error: unknown): { code: string; cause: string } {
  const state = sqlStateOf(error);
  if (state) return { code: 'INTERNAL', cause: `PostgreSQL refused the row with SQLSTATE ${state}` };
  const code = error instanceof HarmonyError ? error.code : 'INTERNAL';
  return { code, cause: error instanceof Error ? error.message : String(error) };
}

/** Parks what fails, on top of what is parked already. Thrown away when its transaction rolls back. */
export class ParkPolicy implements ErrorPolicy {
  readonly changed = new Map<string, ParkedStream>();
  unknownEvents = 0;

  constructor(private readonly parked: ReadonlyMap<string, ParkedStream>) {}

  private of(streamId: string): ParkedStream | undefined {
    return this.changed.get(streamId) ?? this.parked.get(streamId);
  }

  blocks(recorded: RecordedEvent): boolean {
    const parked = this.of(recorded.streamId);
    return parked !== undefined && parked.event.revision <= recorded.revision;
  }

  waits(recorded: RecordedEvent): void {
    const parked = this.of(recorded.streamId);
    if (parked) this.changed.set(recorded.streamId, { ...parked, waiting: parked.waiting + 1 });
  }

  failed(recorded: RecordedEvent, error: unknown): void {
    const { id, type, revision, position, streamId } = recorded;
    const later = this.of(streamId);
    const waiting = later ? later.waiting + 1 : 0;
    this.changed.set(streamId, { streamId, event: { id, type, revision, position }, ...reasonOf(error), waiting });
  }

  unknown(): void {
    this.unknownEvents += 1;
  }
}

/** Stops at the first event that cannot be applied, and names it. */
export const stopPolicy: ErrorPolicy = {
  blocks: () => false,
  waits: () => undefined,
  failed: (recorded, error) => {
    throw replayFailed(recorded, reasonOf(error).cause, error);
  },
  unknown: (recorded) => {
    throw replayFailed(recorded, 'this version does not know its type; upgrade first');
  },
};

const replayFailed = (recorded: RecordedEvent, why: string, cause?: unknown): HarmonyError =>
  new HarmonyError('REPLAY_FAILED', {
    detail:
      `The replay stopped at event ${recorded.id} (${recorded.type}), number ${recorded.revision} of ` +
      `${recorded.streamId}, at ${formatPosition(recorded.position)}: ${why}`,
    cause,
  });
