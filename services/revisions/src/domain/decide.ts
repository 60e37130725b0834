import { HarmonyError, type EventDataOf } from '@harmony/contracts';
import { fact, type Fact } from '@harmony/kernel';
import { liveIdOf, revisionOf, versionOf, type ProjectRevisions, type Revision } from './project-revisions.js';
import { allows, type RevisionCommand } from './revision-state.js';

/** Revisions of a project that may be under way at the same time. */
export const maximumProcessing = 5;

/** What of a revision its readers cannot see, because a read model could not apply some event of it. */
export interface Parked {
  /** How many streams of the revision wait: its own, its project's, or those of its conversations. */
  readonly streams: number;
  /** Names of the projections in which they do. */
  readonly readModels: readonly string[];
}

export const nothingParked: Parked = { streams: 0, readModels: [] };

type Current = ProjectRevisions | undefined;
type Completed = EventDataOf<'RevisionCompleted'>;

/** @throws HarmonyError REVISION_LIMIT */
export function decideRequest(current: Current, request: Omit<EventDataOf<'RevisionRequested'>, 'number'>): Fact[] {
  requireRoom(current);
  return [fact('RevisionRequested', { ...request, number: (current?.revisions.length ?? 0) + 1 })];
}

/** @throws HarmonyError UNKNOWN_REVISION, REVISION_STATE */
export function decideCancel(current: Current, id: string): Fact[] {
  const { about } = requireState(current, id, 'CANCEL');
  return [fact('RevisionCancelled', about)];
}

/**
 * A part of another revision, which somebody has published already, is published with its end.
 * @throws HarmonyError UNKNOWN_REVISION; REVISION_STATE, also for an attempt that is over
 */
export function decideComplete(
  current: Current,
  id: string,
  completed: Omit<Completed, 'revisionId' | 'projectId'>,
): Fact[] {
  const { revision, about } = requireState(current, id, 'COMPLETE');
  if (revision.attempt !== completed.attempt) throw refusal(revision, 'COMPLETE');
  const end = fact('RevisionCompleted', { ...completed, ...about });
  const isPublishable = allows({ ...revision, outcome: completed.outcome }, 'PUBLISH');
  return revision.requested.part && isPublishable ? [end, fact('RevisionPublished', about)] : [end];
}

/** @throws HarmonyError UNKNOWN_REVISION, REVISION_STATE, REVISION_LIMIT */
export function decideRetry(current: Current, id: string): Fact[] {
  const { revision, about } = requireState(current, id, 'RETRY');
  requireRoom(current);
  return [fact('RevisionRetried', { ...about, attempt: revision.attempt + 1 })];
}

/** @throws HarmonyError UNKNOWN_REVISION, REVISION_STATE, REVISION_PARKED */
export function decidePublish(current: Current, id: string, parked: Parked): Fact[] {
  const { about } = requireState(current, id, 'PUBLISH');
  requireWhole(parked);
  return [fact('RevisionPublished', about)];
}

/** As often as somebody likes: what was asked before is not asked again. @throws HarmonyError UNKNOWN_REVISION, REVISION_STATE */
export function decideAttribution(current: Current, id: string, sample: number): Fact[] {
  const { about } = requireState(current, id, 'ATTRIBUTE');
  return [fact('RevisionAttributionRequested', { ...about, sample })];
}

export interface Part {
  readonly definitionIds: readonly string[];
  /** Of the revision that holds the part. */
  readonly partId: string;
}

/**
 * Some definitions of a revision become a revision of their own, and it stays a draft (B14); all of them are the revision itself.
 * @throws HarmonyError UNKNOWN_REVISION, REVISION_STATE, REVISION_PARKED, REVISION_LIMIT; UNKNOWN_DEFINITION; INVALID_INPUT for none
 */
export function decidePublishPart(
  current: Current,
  id: string,
  { definitionIds, partId }: Part,
  parked: Parked,
): Fact[] {
  const { revision, about } = requireState(current, id, 'PUBLISH');
  requireWhole(parked);
  const { definitions, projectRevision, analysisRevision } = revision.requested;
  const wanted = new Set(definitionIds);
  if (wanted.size === 0) throw noDefinitions();
  const known = definitions.filter(({ definitionId }) => wanted.has(definitionId));
  if (known.length < wanted.size) throw new HarmonyError('UNKNOWN_DEFINITION');
  if (known.length === definitions.length) return [fact('RevisionPublished', about)];
  return decideRequest(current, {
    ...{ revisionId: partId, projectId: about.projectId, input: null, previewed: null },
    ...{ definitions, projectRevision, analysisRevision },
    part: { ofRevisionId: id, definitionIds: known.map(({ definitionId }) => definitionId) },
  });
}

export interface Flip {
  /** What whoever decides has seen; see {@link versionOf}. */
  readonly expectedVersion: number;
  /** Conversations with newer ordinary results. */
  readonly newer: { readonly count: number; readonly conversationIds: readonly string[] };
  readonly confirmReplacingNewer: boolean;
  readonly parked: Parked;
}

/** @throws HarmonyError UNKNOWN_REVISION, REVISION_CHANGED, REVISION_STATE, REVISION_PARKED, REVISION_REPLACES_NEWER */
export function decideMakeLive(current: Current, id: string, flip: Flip): Fact[] {
  const { revisions } = requireVersion(current, id, flip.expectedVersion);
  const { about } = requireState(current, id, 'MAKE_LIVE');
  requireWhole(flip.parked);
  const { count, conversationIds } = flip.newer;
  if (count > 0 && !flip.confirmReplacingNewer) {
    throw new HarmonyError('REVISION_REPLACES_NEWER', {
      detail: `${count} conversations have newer results than this revision. Confirm that they are to be replaced.`,
      facts: { count, conversationIds },
    });
  }
  const replaced = count > 0 ? { replacedNewer: count } : {};
  return [fact('RevisionMadeLive', { ...about, supersededRevisionId: liveIdOf(revisions), ...replaced })];
}

/**
 * It is as if the live revision had not been made live: the one before it is live again, or none.
 * @throws HarmonyError UNKNOWN_REVISION, REVISION_CHANGED, REVISION_STATE, REVISION_PARKED
 */
export function decideRollBack(
  current: Current,
  id: string,
  { expectedVersion, parked }: Pick<Flip, 'expectedVersion' | 'parked'>,
): Fact[] {
  const { revisions } = requireVersion(current, id, expectedVersion);
  const { revision, about } = requireState(current, id, 'ROLL_BACK');
  requireWhole(parked);
  const [live, former] = revisions.madeLive.toReversed();
  if (!live) throw refusal(revision, 'ROLL_BACK');
  const restoredRevisionId = former?.revisionId ?? null;
  return [fact('RevisionRolledBack', { ...about, madeLiveAt: live.place, restoredRevisionId })];
}

interface Found {
  readonly revisions: ProjectRevisions;
  readonly revision: Revision;
  readonly about: { readonly revisionId: string; readonly projectId: string };
}

/** @throws HarmonyError UNKNOWN_REVISION */
export function find(current: Current, id: string): Found {
  const revision = revisionOf(current, id);
  if (!current || !revision) throw new HarmonyError('UNKNOWN_REVISION');
  return { revisions: current, revision, about: { revisionId: id, projectId: revision.requested.projectId } };
}

function requireVersion(current: Current, id: string, expectedVersion: number): Found {
  const found = find(current, id);
  const version = versionOf(found.revisions, found.revision);
  if (version !== expectedVersion) throw new HarmonyError('REVISION_CHANGED', { facts: { version } });
  return found;
}

function requireState(current: Current, id: string, command: RevisionCommand): Found {
  const found = find(current, id);
  if (!allows(found.revision, command)) throw refusal(found.revision, command);
  return found;
}

const verbs: Readonly<Record<RevisionCommand, string>> = {
  CANCEL: 'be cancelled',
  COMPLETE: 'end',
  RETRY: 'be tried again',
  ATTRIBUTE: 'be asked what changed its results',
  PUBLISH: 'be published',
  MAKE_LIVE: 'be made live',
  ROLL_BACK: 'be rolled back',
};

const refusal = ({ outcome, stage }: Revision, command: RevisionCommand): HarmonyError =>
  new HarmonyError('REVISION_STATE', {
    detail: `The revision cannot ${verbs[command]}: its outcome is ${outcome}, its stage ${stage}.`,
    facts: { outcome, stage },
  });

function requireWhole({ streams, readModels }: Parked): void {
  if (streams === 0) return;
  throw new HarmonyError('REVISION_PARKED', {
    detail:
      `Readers would not see all of what this does: parked streams of the revision in ${readModels.join(', ')}: ${streams}. ` +
      'Ask whoever operates Harmony to look at `npm run harmony -- status`, which names them and why; they are tried again at each start.',
    facts: { streams, readModels },
  });
}

function requireRoom(current: Current): void {
  const processing = (current?.revisions ?? []).filter(({ outcome }) => outcome === 'PROCESSING');
  if (processing.length < maximumProcessing) return;
  throw new HarmonyError('REVISION_LIMIT', { facts: { limit: maximumProcessing } });
}

const noDefinitions = (): HarmonyError =>
  new HarmonyError('INVALID_INPUT', {
    errors: [{ pointer: '/definitionIds', detail: 'Name at least one definition, or leave it out for all.' }],
  });
