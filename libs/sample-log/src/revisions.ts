import { revisionRunId } from '@harmony/analysis';
import type { EventDataOf, HarmonyEvent, PlanSummary, RevisionCounts } from '@harmony/contracts';
import { streams } from '@harmony/contracts';
import { createHash } from 'node:crypto';
import { askedNow, type SampleProject } from './project.js';
import type { Making } from './project-steps.js';
import { system, user } from './recorder.js';
import { failedIn, settle, startRun } from './runs.js';
import { append, openStream, type OpenStream } from './streams.js';
import type { SampleStep } from './wish.js';
import type { SampleConversation, SampleRun, World } from './world.js';

const day = 86_400_000;
const by = system('revisions');
const usage = { calls: 0, inputTokens: 0, outputTokens: 0, costMicros: 0 };
const nothing = { low: 0, expected: 0, high: 0 };
const estimate = { calls: nothing, tokens: nothing, costMicros: nothing, durationMs: nothing, samples: 0 };

/** A revision while it is being written. */
interface Open {
  readonly making: Making;
  readonly world: World;
  readonly project: SampleProject;
  readonly revisionId: string;
  readonly plan: OpenStream;
  readonly covered: readonly SampleConversation[];
}

/**
 * Some of the past is run again: planned, run, some of it a second time, published or left a draft, and put in force at
 * once, later or never. One of ten stops in the middle.
 */
export function revise(making: Making, world: World, project: SampleProject): SampleStep[] {
  const { random } = making;
  if (askedNow(project).length === 0) return [];
  const revisionId = random.uuid();
  const covered = random.some(world.recent, random.between(1, 60)).filter(({ runs }) => runs.length > 0);
  const open: Open = {
    making,
    world,
    project,
    revisionId,
    covered,
    plan: openStream(streams.revisionPlan(revisionId)),
  };
  const begun = [append(project.revisions, [requested(open)]), ...planned(open)];
  if (covered.length === 0) return [...begun, append(project.revisions, [ended(open, 1)])];
  const stops = random.chance(0.1);
  const runs = attempt(open, 1, covered, stops);
  if (stops) return [...begun, ...runs];
  return [...begun, ...runs, ...retried(open), ...published(open)];
}

/** A revision is made live: the newest one or any of those that are published, for the first time or again. */
export function makeLive(
  { random, recorder, wish, at }: Making,
  project: SampleProject,
  revisionId = random.pick(project.revisionIds),
): SampleStep[] {
  const supersededRevisionId = project.flips.at(-1)?.revisionId ?? null;
  if (supersededRevisionId === revisionId) return [];
  project.flips.push({ revisionId, place: project.revisions.events });
  const live = { revisionId, projectId: project.id, supersededRevisionId };
  return [append(project.revisions, [recorder.event('RevisionMadeLive', at + 60_000, user(wish.founderId), live)])];
}

/** The last flip is rolled back, where there is one. */
export function rollBack({ recorder, wish, at }: Making, project: SampleProject): SampleStep[] {
  const last = project.flips.pop();
  if (!last) return [];
  const restoredRevisionId = project.flips.at(-1)?.revisionId ?? null;
  const { revisionId, place: madeLiveAt } = last;
  const rolledBack = { revisionId, projectId: project.id, madeLiveAt, restoredRevisionId };
  return [
    append(project.revisions, [recorder.event('RevisionRolledBack', at + 60_000, user(wish.founderId), rolledBack)]),
  ];
}

const about = ({ revisionId, project }: Open) => ({ revisionId, projectId: project.id });

function requested(open: Open): HarmonyEvent {
  const { making, project } = open;
  const { recorder, wish, at } = making;
  project.revisionCount += 1;
  return recorder.event('RevisionRequested', at, user(wish.founderId), {
    ...{ ...about(open), number: project.revisionCount, part: null, previewed: null },
    input: {
      ...{ projectId: project.id, from: new Date(at - 60 * day).toISOString(), to: new Date(at).toISOString() },
      ...{ startStage: 'AUTO', includeCompleted: true, statuses: [], force: false, noiseSample: 0 },
    },
    ...{ projectRevision: project.stream.events - 1, analysisRevision: null },
    definitions: askedNow(project).map(({ id, version }) => ({ definitionId: id, definitionVersion: version })),
  });
}

function planned(open: Open): SampleStep[] {
  const { making, covered, plan } = open;
  const summary = making.recorder.event('RevisionPlanned', making.at + 20, by, {
    ...{ ...about(open), summary: summaryOf(open), estimate },
  });
  return covered.length === 0 ? [append(plan, [summary])] : [append(plan, [batch(open, 1, covered), summary])];
}

function summaryOf({ project, covered }: Open): PlanSummary {
  const ids = covered.map(({ id }) => id).sort();
  const cells = covered.length;
  return {
    conversations: covered.length,
    scopeDigest: createHash('sha256').update(ids.join('\n')).digest('hex'),
    stages: covered.length === 0 ? [] : [{ stage: 'INSIGHTS', conversations: covered.length }],
    definitions: askedNow(project).map(({ id: definitionId }) => ({
      ...{ definitionId, reused: 0, rerun: cells, new: 0, outOfScope: 0 },
      reasons: cells === 0 ? [] : [{ reason: 'ANALYST_CHANGED', cells }],
    })),
  };
}

function batch(open: Open, number: number, conversations: readonly SampleConversation[]): HarmonyEvent {
  const { making, project, revisionId } = open;
  const asked = askedNow(project).map(({ id }) => id);
  return making.recorder.event('RevisionBatchPlanned', making.at + 10, by, {
    ...{ ...about(open), attempt: number },
    conversations: conversations.map(({ id: conversationId }) => ({
      ...{ conversationId, runId: revisionRunId(revisionId, conversationId, number), stage: 'INSIGHTS' as const },
      ...{ asked, repeated: [] },
    })),
  });
}

function attempt(
  { making, world, project, revisionId }: Open,
  number: number,
  conversations: readonly SampleConversation[],
  stops = false,
): SampleStep[] {
  const at = making.at + number * 25_000 - 24_950;
  return conversations.map((conversation) => {
    const runId = revisionRunId(revisionId, conversation.id, number);
    const started = startRun(world, conversation, { runId, revisionId, projects: [project], at });
    const run = conversation.runs.at(-1);
    const most = stops && making.random.chance(0.5) ? making.random.below(5) : Infinity;
    const events = run ? settle(world, conversation, run, { at: at + 20, most }) : [];
    return append(conversation.insights, [started, ...events]);
  });
}

/** What failed is mostly left as it is, sometimes tried once more. */
function retried(open: Open): SampleStep[] {
  const { making, project, plan } = open;
  const first = append(project.revisions, [ended(open, 1)]);
  const failed = open.covered.filter((conversation) => failedIn(runOf(open, conversation)));
  if (failed.length === 0 || making.random.chance(0.6)) return [first];
  const { recorder, wish, at } = making;
  const again = recorder.event('RevisionRetried', at + 25_000, user(wish.founderId), { ...about(open), attempt: 2 });
  const batches = [batch(open, 2, failed), ...planOf(open)];
  const steps = [append(project.revisions, [again]), append(plan, batches), ...attempt(open, 2, failed)];
  return [first, ...steps, append(project.revisions, [ended(open, 2)])];
}

/** Each attempt ends with it; what the first one said stays. */
const planOf = (open: Open): HarmonyEvent[] => [
  open.making.recorder.event('RevisionPlanned', open.making.at + 25_000, by, {
    ...{ ...about(open), summary: summaryOf(open), estimate },
  }),
];

/** The latest run counts. */
function runOf({ revisionId }: Open, { runs }: SampleConversation): SampleRun {
  const run = runs.findLast((one) => one.revisionId === revisionId);
  if (!run) throw new RangeError('The conversation has no run of the revision.');
  return run;
}

function ended(open: Open, number: number): HarmonyEvent {
  const { making, covered } = open;
  const failed = covered.filter((conversation) => failedIn(runOf(open, conversation))).length;
  const counts: RevisionCounts = {
    ...{ planned: covered.length, completed: covered.length - failed, completedWithErrors: failed },
    ...{ failed: 0, skipped: 0 },
  };
  const outcome: EventDataOf<'RevisionCompleted'>['outcome'] = failed > 0 ? 'COMPLETED_WITH_ERRORS' : 'COMPLETED';
  return making.recorder.event('RevisionCompleted', making.at + number * 25_000 - 1_000, by, {
    ...{ ...about(open), attempt: number, counts, usage },
    outcome: covered.length === 0 ? 'NO_CONVERSATIONS' : outcome,
  });
}

/** Three of five are put in force at once, one stays a draft. */
function published(open: Open): SampleStep[] {
  const { making, project, revisionId } = open;
  const { random, recorder, wish, at } = making;
  const draw = random.next();
  if (draw < 0.2) return [];
  project.revisionIds.push(revisionId);
  const publication = recorder.event('RevisionPublished', at + 55_000, user(wish.founderId), about(open));
  const steps = [append(project.revisions, [publication])];
  return draw < 0.4 ? steps : [...steps, ...makeLive(making, project, revisionId)];
}
