import { HarmonyError, type CustomFieldFilter, type ReportFilter, type Scope } from '@harmony/contracts';
import type { Facts, OracleConversation, OracleProject, OracleRun, World } from './world.js';

/** Who asks, and how far they may see. */
export interface OracleReader {
  readonly workspaceId: string;
  readonly userId: string;
  readonly teamIds: readonly string[];
  readonly conversations: Scope;
  readonly projects: Scope;
}

export interface OracleMoment {
  /** ISO 8601. */
  readonly asOf: string | null;
  readonly revisionId: string | null;
}

export const present: OracleMoment = { asOf: null, revisionId: null };

/** A conversation that counts, as it was. */
export interface Selected {
  readonly conversation: OracleConversation;
  readonly run: OracleRun;
  readonly facts: Facts;
  readonly happenedAt: number;
}

/**
 * The time as of which everything but the choice of runs is; Infinity is now.
 * @throws HarmonyError UNKNOWN_REVISION; UNKNOWN_PROJECT for a revision of a project that this reader may not see
 */
export function timeOf(
  world: World,
  reader: OracleReader,
  projectId: string,
  { asOf, revisionId }: OracleMoment,
): number {
  if (revisionId === null) return asOf === null ? Infinity : Date.parse(asOf);
  readableProject(world, reader, projectId);
  const isOf = (one: { workspaceId: string; revisionId: string | null }): boolean =>
    one.workspaceId === reader.workspaceId && one.revisionId === revisionId;
  const runs = [...world.runs.values()].filter(isOf);
  const requested = world.revisions.get(revisionId);
  const isRequested = requested?.workspaceId === reader.workspaceId && requested.projectId === projectId;
  const isLive = world.lives.some((live) => isOf(live) && live.projectId === projectId);
  if (!isRequested && !isLive && !runs.some(({ projectIds }) => projectIds.includes(projectId)))
    throw new HarmonyError('UNKNOWN_REVISION');
  if (requested?.isUnderWay) return Infinity;
  const ends = runs.map(({ completedAt }) => completedAt ?? Infinity);
  return ends.length === 0 ? Infinity : Math.max(...ends);
}

/** The project if this reader sees it, by whose it is now. @throws HarmonyError UNKNOWN_PROJECT */
export function visibleProject(world: World, reader: OracleReader, projectId: string, time: number): OracleProject {
  const project = readableProject(world, reader, projectId);
  if (project.isDeleted.asOf(time) !== false) throw new HarmonyError('UNKNOWN_PROJECT');
  return project;
}

/** One that was deleted, too. */
function readableProject(world: World, reader: OracleReader, projectId: string): OracleProject {
  const project = world.projects.get(projectId);
  if (!project || project.workspaceId !== reader.workspaceId) throw new HarmonyError('UNKNOWN_PROJECT');
  const isOwn = project.createdBy === reader.userId;
  const isOfTeam = project.teamIds.now.some((id) => reader.teamIds.includes(id));
  const isReadable = reader.projects === 'all' || isOwn || (reader.projects === 'team' && isOfTeam);
  if (!isReadable) throw new HarmonyError('UNKNOWN_PROJECT');
  return project;
}

/** Every conversation that counts for this reader, at any time it took place. */
export function selectAll(world: World, reader: OracleReader, projectId: string, moment: OracleMoment): Selected[] {
  const time = timeOf(world, reader, projectId, moment);
  return [...world.conversations.values()].flatMap((conversation) => {
    if (conversation.workspaceId !== reader.workspaceId || !mayRead(reader, conversation)) return [];
    const facts = factsAsOf(conversation, time);
    const run = runThatCounts(world, conversation.id, projectId, moment, time);
    if (!facts || !run?.projectIds.includes(projectId)) return [];
    const happenedAt = facts.startedAt === null ? conversation.createdAt : Date.parse(facts.startedAt);
    return [{ conversation, run, facts, happenedAt }];
  });
}

/** By whose it is now, whatever the moment. */
function mayRead({ conversations: scope, userId, teamIds }: OracleReader, { createdBy, facts }: OracleConversation) {
  if (scope === 'all' || createdBy === userId || facts.ownerId.now === userId) return true;
  return scope === 'team' && facts.teamId.now !== null && teamIds.includes(facts.teamId.now);
}

function factsAsOf({ createdAt, facts }: OracleConversation, time: number): Facts | undefined {
  if (createdAt > time) return undefined;
  const entries = Object.entries(facts).map(([name, history]) => [name, history.asOf(time)]);
  return Object.fromEntries(entries) as Facts;
}

/** Of a revision its last run; else the latest of the pipeline's last run and of those that were made live (D3). */
function runThatCounts(
  { runs, lives }: World,
  conversationId: string,
  projectId: string,
  { revisionId }: OracleMoment,
  time: number,
): OracleRun | undefined {
  const all = [...runs.values()].filter((run) => run.conversationId === conversationId && run.startedAt <= time);
  const last = (some: OracleRun[]): OracleRun | undefined =>
    some.reduce<OracleRun | undefined>((best, run) => (best && best.place > run.place ? best : run), undefined);
  if (revisionId !== null) return last(all.filter((run) => run.revisionId === revisionId));
  const pipeline = last(all.filter(({ kind }) => kind === 'PIPELINE'));
  let [best, place] = [pipeline, pipeline?.place ?? -1];
  for (const live of lives) {
    if (live.projectId !== projectId || live.at > time || live.place < place) continue;
    if (live.until !== Infinity && live.until <= time) continue;
    const run = last(all.filter((one) => one.revisionId === live.revisionId));
    if (run) [best, place] = [run, live.place];
  }
  return best;
}

/** Whether a filter lets a conversation pass, but for when it took place. */
export function passes(filter: ReportFilter, { facts, run }: Selected): boolean {
  const oneOf = (list: readonly string[], value: string | null): boolean =>
    list.length === 0 || (value !== null && list.includes(value));
  return (
    oneOf(filter.teamIds, facts.teamId) &&
    oneOf(filter.ownerIds, facts.ownerId) &&
    oneOf(filter.contactIds, facts.contactId) &&
    oneOf(filter.statuses, facts.status) &&
    oneOf(filter.media, facts.medium) &&
    oneOf(filter.runKinds, run.kind) &&
    oneOf(filter.revisionIds, run.revisionId) &&
    hasTags(filter, facts.tags) &&
    filter.customFields.every((field) => hasField(field, facts.customFields[field.key]))
  );
}

const same = (text: string): string => text.normalize('NFKC').trim().toLowerCase();

function hasTags({ tags, tagMatch }: ReportFilter, actual: readonly string[]): boolean {
  if (tags.length === 0) return true;
  const found = tags.filter((tag) => actual.some((one) => same(one) === same(tag)));
  if (tagMatch === 'ANY') return found.length > 0;
  return tagMatch === 'ALL' ? found.length === tags.length : found.length === 0;
}

function hasField({ operator, value }: CustomFieldFilter, actual: unknown): boolean {
  const isEqual = (one: unknown): boolean =>
    typeof one === 'string' && typeof value === 'string' ? same(one) === same(value) : one === value;
  const isSet = actual !== undefined && actual !== null;
  const holds = isSet && (Array.isArray(actual) ? actual.some(isEqual) : isEqual(actual));
  switch (operator) {
    case 'IS_SET':
      return isSet;
    case 'EQUALS':
      return holds;
    case 'NOT_EQUALS':
      return !holds;
    case 'AT_LEAST':
      return isOrdered(value, actual);
    case 'AT_MOST':
      return isOrdered(actual, value);
  }
}

/** Whether the second is as great as the first: numbers among themselves, and texts, of which dates are some. */
function isOrdered(low: unknown, high: unknown): boolean {
  if (typeof low === 'number' && typeof high === 'number') return low <= high;
  return typeof low === 'string' && typeof high === 'string' && low <= high;
}
