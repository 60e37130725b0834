import { evaluateGoal, evaluateScorecard, type RuleResult, type RuleResults } from '@harmony/analysis';
import type {
  AnswerInputDigests,
  Eligibility,
  EventDataOf,
  Finding,
  HarmonyEvent,
  RunCounts,
} from '@harmony/contracts';
import { createHash } from 'node:crypto';
import { sampleAnswer } from './answers.js';
import { askedNow, type SampleProject } from './project.js';
import { system } from './recorder.js';
import { failureCodes, sentences } from './words.js';
import type { SampleCell, SampleConversation, SampleRun, World } from './world.js';

const by = system('insights');
const origin = { engine: 'local', model: 'local-1', parameters: {}, templateVersion: '1' };
const usage = { calls: 0, inputTokens: 0, outputTokens: 0, costMicros: 0 };

export interface RunWish {
  readonly runId: string;
  /** Null for a run of the pipeline. */
  readonly revisionId: string | null;
  readonly projects: readonly SampleProject[];
  readonly at: number;
}

/** Plans a run: who is eligible, and which cells there are. */
export function startRun(world: World, conversation: SampleConversation, wish: RunWish): HarmonyEvent {
  const eligibility = wish.projects.map((project) => eligibilityOf(project, conversation));
  const eligible = wish.projects.filter((_, index) => eligibility[index]?.eligible);
  const cells = eligible.flatMap((project) =>
    askedNow(project).map(({ id, version, question }): SampleCell => ({
      ...{ project, definitionId: id, definitionVersion: version, question },
      ...carriedOver(world, conversation, { definitionId: id, definitionVersion: version }),
    })),
  );
  const kind = wish.revisionId === null ? 'PIPELINE' : 'REVISION';
  conversation.runs.push({ id: wish.runId, kind, revisionId: wish.revisionId, cells, isCompleted: false });
  return world.recorder.event('InsightsRunStarted', wish.at, by, {
    ...{ conversationId: conversation.id, runId: wish.runId, kind, revisionId: wish.revisionId },
    ...{ transcriptVersion: 1, extractionVersion: 1, eligibility },
    cells: cells.map(({ project, definitionId, definitionVersion, carriedFrom }) => ({
      ...{ projectId: project.id, definitionId, definitionVersion },
      ...(carriedFrom && { carriedFrom }),
    })),
  });
}

/** Some of what the first run has found holds as a later one starts. */
function carriedOver(
  { random }: World,
  { runs: [first] }: SampleConversation,
  { definitionId, definitionVersion }: Pick<SampleCell, 'definitionId' | 'definitionVersion'>,
): Pick<SampleCell, 'result' | 'carriedFrom'> {
  const result = first?.cells.find(
    (cell) => cell.definitionId === definitionId && cell.definitionVersion === definitionVersion,
  )?.result;
  const isFound = typeof result === 'object' && result !== null && result.outcome !== 'FAILED';
  if (!first || !isFound || !random.chance(odds.carriedOver)) return { result: null };
  return { result, carriedFrom: { runId: first.id, definitionId } };
}

function eligibilityOf(project: SampleProject, { teamId, medium }: SampleConversation): Eligibility {
  const isTeamAssigned = teamId !== null && project.teamIds.includes(teamId);
  const isMet = project.medium === null || project.medium.anyOf.includes(medium);
  return {
    ...{ projectId: project.id, eligible: isTeamAssigned && isMet, isTeamAssigned },
    criteria: project.medium
      ? [{ criterionId: project.medium.criterionId, verdict: isMet ? 'MET' : 'NOT_MET', detail: 'By its medium.' }]
      : [],
  };
}

/** Settles cells of a run, as many as `most`, a moment after each other; with the last one the run is complete. */
export function settle(
  world: World,
  conversation: SampleConversation,
  run: SampleRun,
  { at, most }: { readonly at: number; readonly most: number },
): HarmonyEvent[] {
  const events: HarmonyEvent[] = [];
  let time = at;
  for (const cell of run.cells.filter(({ result }) => result === null).slice(0, most)) {
    time += world.random.between(3, 900);
    events.push(settleCell(world, conversation, run, cell, time));
  }
  if (run.isCompleted || run.cells.some(({ result }) => result === null)) return events;
  run.isCompleted = true;
  return [
    ...events,
    ...completion(world, conversation, run, time + 1),
    ...repetition(world, conversation, run, time + 2),
  ];
}

/** Of a revision's run, one answer is asked again for the noise floor. */
function repetition(world: World, conversation: SampleConversation, run: SampleRun, at: number): HarmonyEvent[] {
  const cell = run.cells.find(({ result }) => typeof result === 'object' && result?.outcome === 'ANSWERED');
  if (run.revisionId === null || !cell) return [];
  const { project, definitionId, definitionVersion } = cell;
  const { random, recorder } = world;
  const isFailed = random.chance(0.1);
  return [
    recorder.event('InsightRepeated', at, by, {
      ...{ conversationId: conversation.id, runId: run.id, projectId: project.id, definitionId, definitionVersion },
      ...{ revisionId: run.revisionId, resultId: random.uuid(), isChanged: isFailed ? null : random.chance(0.2) },
      finding: isFailed ? null : sampleFinding(world, conversation, cell),
      ...{ origin, usage, durationMs: 9 },
    }),
  ];
}

/** How often each thing happens to a cell; the rest is answered. */
const odds = { notDiscussed: 0.12, failed: 0.04, dropped: 0.01, carriedOver: 0.3 };

function settleCell(
  world: World,
  conversation: SampleConversation,
  run: SampleRun,
  cell: SampleCell,
  at: number,
): HarmonyEvent {
  const { random, recorder } = world;
  const { project, definitionId, definitionVersion } = cell;
  const place = {
    ...{ conversationId: conversation.id, runId: run.id, projectId: project.id, definitionId, definitionVersion },
  };
  const draw = random.next();
  if (draw < odds.dropped) {
    cell.result = 'DROPPED';
    return recorder.event('InsightDropped', at, by, { ...place, reason: 'DEFINITION_REMOVED' });
  }
  const resultId = random.uuid();
  const identity = random.hex(8);
  if (draw < odds.dropped + odds.failed) {
    cell.result = { outcome: 'FAILED' };
    const code = random.pick(failureCodes);
    return recorder.event('InsightFailed', at, by, {
      ...place,
      resultId,
      identity,
      code,
      origin,
      usage,
      durationMs: 9,
    });
  }
  const finding = sampleFinding(world, conversation, cell);
  cell.result = resultOf(finding, cell);
  const from = conversation.runs.length > 1 && random.chance(odds.carriedOver) ? conversation.runs[0] : undefined;
  const found = { ...place, resultId, identity, inputs: inputsOf(run, cell), finding, origin };
  return from
    ? recorder.event('InsightCarriedOver', at, by, { ...found, fromRunId: from.id })
    : recorder.event('InsightRecorded', at, by, { ...found, usage, durationMs: random.below(40) });
}

const digest = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 16);

/** A revision asks with a newer analyst or with other knowledge; a definition changes with its version. */
function inputsOf(
  { revisionId }: SampleRun,
  { project, definitionId, definitionVersion }: SampleCell,
): AnswerInputDigests {
  const isOdd = revisionId !== null && Number.parseInt(revisionId.slice(0, 1), 16) % 2 === 1;
  return {
    definition: digest(`${definitionId} ${definitionVersion}`),
    knowledge: digest(`${project.id} ${isOdd ? (revisionId ?? '') : ''}`),
    ...{ language: digest('en'), analyst: digest(isOdd ? 'local' : (revisionId ?? 'local')) },
    ...{ transcript: digest('1'), conversation: digest('') },
  };
}

const resultOf = (finding: Finding, { question }: SampleCell): RuleResult =>
  finding.outcome === 'ANSWERED' ? { ...finding, question } : { outcome: 'NOT_DISCUSSED' };

function sampleFinding({ random }: World, { transcript }: SampleConversation, { question }: SampleCell): Finding {
  const confidence = random.between(30, 100) / 100;
  const searched = [{ from: 0, to: transcript.turns.length - 1 }];
  if (random.chance(odds.notDiscussed)) {
    return { outcome: 'NOT_DISCUSSED', rationale: 'Nobody spoke of it.', confidence, evidence: [], searched };
  }
  const evidence = [random.pick(transcript.evidence)];
  const rationale = random.pick(sentences);
  return { outcome: 'ANSWERED', answer: sampleAnswer(question, random), rationale, confidence, evidence, searched };
}

function completion(world: World, conversation: SampleConversation, run: SampleRun, at: number): HarmonyEvent[] {
  const projects = new Set(run.cells.map(({ project }) => project));
  const { kind, revisionId } = run;
  return [
    ...[...projects].map((project) => evaluated(world, conversation, run, { project, at })),
    world.recorder.event('InsightsRunCompleted', at, by, {
      ...{ conversationId: conversation.id, runId: run.id, kind, revisionId, counts: countsOf(run) },
    }),
  ];
}

/** What the goals and scorecards that a project has now say of a run. */
export function evaluated(
  world: World,
  conversation: SampleConversation,
  run: SampleRun,
  { project, at }: { readonly project: SampleProject; readonly at: number },
): HarmonyEvent {
  const results = resultsOf(run, project);
  return world.recorder.event('ScoresEvaluated', at, by, {
    ...{ conversationId: conversation.id, runId: run.id, projectId: project.id },
    rulesRevision: project.stream.events - 1,
    goals: [...project.goals].map(([goalId, goal]) => ({ goalId, ...evaluateGoal(goal, results) })),
    scorecards: [...project.scorecards].map(([scorecardId, scorecard]) => ({
      ...{ scorecardId, ...evaluateScorecard(scorecard, results) },
    })),
  });
}

const resultsOf = ({ cells }: SampleRun, project: SampleProject): RuleResults =>
  new Map(
    cells.flatMap(({ project: of, definitionId, result }): [string, RuleResult][] =>
      of === project && result !== null && result !== 'DROPPED' ? [[definitionId, result]] : [],
    ),
  );

function countsOf({ cells }: SampleRun): RunCounts {
  const count = (outcome: string): number =>
    cells.filter(({ result }) => typeof result === 'object' && result?.outcome === outcome).length;
  return {
    ...{ answered: count('ANSWERED'), notDiscussed: count('NOT_DISCUSSED'), failed: count('FAILED'), carriedOver: 0 },
    dropped: cells.filter(({ result }) => result === 'DROPPED').length,
  };
}

export const failedIn = (run: SampleRun): EventDataOf<'ConversationCompleted'>['failedInsights'] =>
  countsOf(run).failed || undefined;
