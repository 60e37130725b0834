import { streams, type HarmonyEvent, type InsightType } from '@harmony/contracts';
import type { SampleDefinition, SampleProject } from './project.js';
import { sampleQuestion, typesInTurn } from './questions.js';
import type { Random } from './random.js';
import { user, type Recorder } from './recorder.js';
import { sampleGoal, sampleScorecard } from './rules.js';
import { append, openStream } from './streams.js';
import type { SampleCast, SampleStep, SampleWish } from './wish.js';

export interface Making {
  readonly wish: SampleWish;
  readonly cast: SampleCast;
  readonly random: Random;
  readonly recorder: Recorder;
  readonly at: number;
}

const names = ['Sales calls', 'Support', 'Onboarding', 'Renewals', '=Upsell'] as const;

/** A project with its definitions, goals and scorecards; `index` 0 is the one that every conversation of a team is in. */
export function createProject(making: Making, index: number): { project: SampleProject; step: SampleStep } {
  const { wish, cast, random, recorder, at } = making;
  const by = user(wish.founderId);
  const project = newProject(making, index);
  const { id: projectId } = project;
  const created = recorder.event('ProjectCreated', at, by, {
    ...{ projectId, name: names[index % names.length] ?? 'Project', language: 'en', teamIds: [...project.teamIds] },
    ...{ knowledge: '', createdBy: index === 0 ? wish.founderId : random.pick(cast.users).id },
  });
  const definitions = Array.from({ length: wish.definitions }, (_, at) =>
    createDefinition(making, project, typeAt(index, at, random)),
  );
  const rules = wish.definitions === 0 ? [] : [setGoal(making, project), setGoal(making, project)];
  const cards = wish.definitions === 0 ? [] : [setScorecard(making, project)];
  const events = [created, ...criterion(making, project), ...definitions, ...rules, ...cards];
  return { project, step: append(project.stream, events) };
}

const typeAt = (project: number, place: number, random: Random): InsightType =>
  project === 0 ? (typesInTurn[place % typesInTurn.length] ?? 'SUMMARY') : random.pick(typesInTurn);

function newProject({ cast, random }: Making, index: number): SampleProject {
  const id = random.uuid();
  const teams = index === 0 ? cast.teams : random.some(cast.teams, random.between(1, 4));
  const isNarrow = index > 0 && random.chance(0.5);
  return {
    ...{ id, stream: openStream(streams.project(id)), teamIds: teams.map((team) => team.id) },
    ...{ definitions: [], goals: new Map(), scorecards: new Map(), revisionIds: [], revisionCount: 0 },
    revisions: openStream(streams.revisions(id)),
    flips: [],
    medium: isNarrow ? { criterionId: random.uuid(), anyOf: ['CALL', 'CHAT'] } : null,
  };
}

function criterion({ wish, recorder, at }: Making, { id: projectId, medium }: SampleProject): HarmonyEvent[] {
  if (!medium) return [];
  const condition = { attribute: 'MEDIUM' as const, anyOf: [...medium.anyOf] };
  return [
    recorder.event('CriterionSet', at, user(wish.founderId), {
      ...{ projectId, criterionId: medium.criterionId, criterionVersion: 1 },
      criterion: { type: 'ATTRIBUTE', condition },
    }),
  ];
}

export function createDefinition(
  { wish, random, recorder, at }: Making,
  project: SampleProject,
  type: InsightType,
): HarmonyEvent {
  const number = project.definitions.length + 1;
  const definition: SampleDefinition = {
    ...{
      id: random.uuid(),
      type,
      question: sampleQuestion(type, random),
      version: 1,
      isActive: true,
      isRemoved: false,
    },
    presentation: {
      title: `${number}. ${type.toLowerCase().replaceAll('_', ' ')}`,
      ...{ successAnswer: random.pick(['YES', 'NO']), desiredOutcome: '' },
    },
  };
  project.definitions.push(definition);
  return recorder.event('DefinitionCreated', at, user(wish.founderId), {
    ...{ projectId: project.id, definitionId: definition.id, definitionVersion: 1, question: definition.question },
    ...{ context: '', usesKnowledge: false, presentation: definition.presentation, isActive: true },
  });
}

export function setGoal({ wish, random, recorder, at }: Making, project: SampleProject): HarmonyEvent {
  const [goalId, goal] = [random.uuid(), sampleGoal(project.definitions, random)];
  project.goals.set(goalId, goal);
  return recorder.event('GoalSet', at, user(wish.founderId), { projectId: project.id, goalId, goal });
}

export function setScorecard({ wish, random, recorder, at }: Making, project: SampleProject): HarmonyEvent {
  const [scorecardId, scorecard] = [random.uuid(), sampleScorecard(project.definitions, random)];
  project.scorecards.set(scorecardId, scorecard);
  return recorder.event('ScorecardSet', at, user(wish.founderId), { projectId: project.id, scorecardId, scorecard });
}
