import type {
  Actor,
  EventDataOf,
  EventOf,
  EventType,
  HarmonyEvent,
  RevisionOutcome,
  RevisionStage,
} from '@harmony/contracts';

/** What deciders need to know of one revision. */
export interface Revision {
  readonly id: string;
  readonly requested: EventDataOf<'RevisionRequested'>;
  /** Who asked for it. */
  readonly actor: Actor;
  /** 1, and one more for each try of what failed. */
  readonly attempt: number;
  readonly outcome: RevisionOutcome;
  readonly stage: RevisionStage;
  /** Place in the project's stream of the last event about it, from 0. */
  readonly touchedAt: number;
}

/** A revision was made live, and that was not rolled back. */
export interface MadeLive {
  readonly revisionId: string;
  /** In the project's stream, from 0. */
  readonly place: number;
}

/** All revisions of a project, folded from their one stream. */
export interface ProjectRevisions {
  /** In the order in which they were asked for. */
  readonly revisions: readonly Revision[];
  /** Oldest first: the last one is of the revision that is live. */
  readonly madeLive: readonly MadeLive[];
  /** Place in the stream of the last event that changed what is in force; -1 for none. */
  readonly flippedAt: number;
  /** Events so far. */
  readonly length: number;
}

const nothing: ProjectRevisions = { revisions: [], madeLive: [], flippedAt: -1, length: 0 };

type RevisionEvent = EventOf<
  | 'RevisionRequested'
  | 'RevisionCompleted'
  | 'RevisionCancelled'
  | 'RevisionRetried'
  | 'RevisionAttributionRequested'
  | 'RevisionPublished'
  | 'RevisionMadeLive'
  | 'RevisionRolledBack'
>;

const types: ReadonlySet<EventType> = new Set<RevisionEvent['type']>([
  ...(['RevisionRequested', 'RevisionCompleted', 'RevisionCancelled', 'RevisionRetried'] as const),
  ...(['RevisionAttributionRequested', 'RevisionPublished'] as const),
  ...(['RevisionMadeLive', 'RevisionRolledBack'] as const),
]);

const isRevisionEvent = (event: HarmonyEvent): event is RevisionEvent => types.has(event.type);

/** The revisions after one more event of their stream; other events change nothing. */
export function evolve(current: ProjectRevisions | undefined, event: HarmonyEvent): ProjectRevisions | undefined {
  if (!isRevisionEvent(event)) return current;
  const before = current ?? nothing;
  const after = event.type === 'RevisionRequested' ? requested(before, event) : changed(before, event);
  return { ...after, length: before.length + 1 };
}

function requested(before: ProjectRevisions, event: EventOf<'RevisionRequested'>): ProjectRevisions {
  const { actor, data } = event;
  const revision: Revision = {
    ...{ id: data.revisionId, requested: data, actor, attempt: 1 },
    ...{ outcome: 'PROCESSING', stage: 'DRAFT', touchedAt: before.length },
  };
  return { ...before, revisions: [...before.revisions, revision] };
}

function changed(before: ProjectRevisions, event: Exclude<RevisionEvent, EventOf<'RevisionRequested'>>) {
  const { revisionId } = event.data;
  // Whoever looked at the revision has still seen all that it found.
  if (event.type === 'RevisionAttributionRequested') return before;
  if (event.type === 'RevisionMadeLive') {
    return flipped(before, [...before.madeLive, { revisionId, place: before.length }]);
  }
  if (event.type === 'RevisionRolledBack') {
    const { madeLiveAt } = event.data;
    return flipped(
      before,
      before.madeLive.filter(({ place }) => place !== madeLiveAt),
    );
  }
  return withChange(before, revisionId, changeOf(event));
}

/** Nothing else tells which revision is live. */
function flipped(before: ProjectRevisions, madeLive: readonly MadeLive[]): ProjectRevisions {
  const after = { ...before, madeLive, flippedAt: before.length };
  const [former, live] = [liveIdOf(before), liveIdOf(after)];
  const superseded = former === null ? after : withChange(after, former, { stage: 'SUPERSEDED' });
  return live === null ? superseded : withChange(superseded, live, { stage: 'LIVE' });
}

function changeOf(
  event: EventOf<'RevisionCompleted' | 'RevisionCancelled' | 'RevisionRetried' | 'RevisionPublished'>,
): Partial<Revision> {
  switch (event.type) {
    case 'RevisionCompleted':
      return { outcome: event.data.outcome };
    case 'RevisionCancelled':
      return { outcome: 'CANCELLED' };
    case 'RevisionRetried':
      return { outcome: 'PROCESSING', attempt: event.data.attempt };
    case 'RevisionPublished':
      return { stage: 'PUBLISHED' };
  }
}

function withChange(before: ProjectRevisions, id: string, change: Partial<Revision>): ProjectRevisions {
  const index = indexOf(before, id);
  const revision = before.revisions[index];
  if (!revision) return before;
  const changedRevision = { ...revision, ...change, touchedAt: before.length };
  return { ...before, revisions: before.revisions.with(index, changedRevision) };
}

/** Most events are about one of the latest. An array is copied for each of them in no time, unlike a map. */
const indexOf = ({ revisions }: Pick<ProjectRevisions, 'revisions'>, id: string): number =>
  revisions.findLastIndex((one) => one.id === id);

export const revisionOf = (current: Pick<ProjectRevisions, 'revisions'> | undefined, id: string): Revision | undefined =>
  current?.revisions[indexOf(current, id)];

/** The revision that is live; null for none. */
export const liveIdOf = ({ madeLive }: Pick<ProjectRevisions, 'madeLive'>): string | null =>
  madeLive.at(-1)?.revisionId ?? null;

/**
 * What somebody saw who looked at a revision: grows when it changes, and when any revision of the project is put in
 * force or rolled back, since that is what it would replace.
 */
export const versionOf = ({ flippedAt }: ProjectRevisions, { touchedAt }: Revision): number =>
  Math.max(flippedAt, touchedAt);
