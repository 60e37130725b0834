import type { HarmonyEvent } from '@harmony/contracts';
import { kept, type SampleProject } from './project.js';
import { createDefinition, setGoal, setScorecard, type Making } from './project-steps.js';
import { sampleQuestion, typesInTurn } from './questions.js';
import { user } from './recorder.js';
import { evaluated } from './runs.js';
import { append } from './streams.js';
import type { SampleStep, SampleWish } from './wish.js';
import type { World } from './world.js';

/** What may happen to a project: the events in its stream. */
type Change = (making: Making, project: SampleProject) => HarmonyEvent[];

const edit: Change = ({ random, recorder, wish, at }, project) => {
  const definition = random.pick(kept(project));
  definition.question = sampleQuestion(definition.type, random);
  definition.version += 1;
  return [
    recorder.event('DefinitionEdited', at, user(wish.founderId), {
      ...{ projectId: project.id, definitionId: definition.id, definitionVersion: definition.version },
      ...{ question: definition.question, context: '', usesKnowledge: false },
    }),
  ];
};

const present: Change = ({ random, recorder, wish, at }, project) => {
  const definition = random.pick(kept(project));
  const presentation = {
    title: random.pick(['Renamed', '=1+1', 'With "quotes", commas', definition.presentation.title]),
    ...{ successAnswer: random.pick(['YES', 'NO'] as const), desiredOutcome: 'More of it.' },
  };
  definition.presentation = presentation;
  const named = { projectId: project.id, definitionId: definition.id };
  return [recorder.event('DefinitionPresented', at, user(wish.founderId), { ...named, presentation })];
};

const toggle: Change = ({ random, recorder, wish, at }, project) => {
  const definition = random.pick(kept(project));
  definition.isActive = !definition.isActive;
  const type = definition.isActive ? 'DefinitionActivated' : 'DefinitionDeactivated';
  return [recorder.event(type, at, user(wish.founderId), { projectId: project.id, definitionId: definition.id })];
};

/** The last one stays. */
const removeDefinition: Change = ({ random, recorder, wish, at }, project) => {
  if (kept(project).length < 2) return [];
  const definition = random.pick(kept(project));
  definition.isRemoved = true;
  const named = { projectId: project.id, definitionId: definition.id };
  return [recorder.event('DefinitionRemoved', at, user(wish.founderId), named)];
};

const reorder: Change = ({ random, recorder, wish, at }, project) => {
  const definitionIds = random.shuffled(kept(project)).map(({ id }) => id);
  return [recorder.event('DefinitionsReordered', at, user(wish.founderId), { projectId: project.id, definitionIds })];
};

const addDefinition: Change = (making, project) =>
  project.definitions.length > 20 ? [] : [createDefinition(making, project, making.random.pick(typesInTurn))];

const rename: Change = ({ random, recorder, wish, cast, at }, project) => {
  project.teamIds = random.some(cast.teams, random.between(1, cast.teams.length)).map(({ id }) => id);
  const change = { projectId: project.id, name: `Project ${random.below(100)}`, teamIds: project.teamIds };
  return [recorder.event('ProjectChanged', at, user(wish.founderId), change)];
};

/** Those after which as much is asked as before. */
const mild: readonly Change[] = [edit, edit, present, reorder];
const all: readonly Change[] = [...mild, toggle, removeDefinition, addDefinition, rename];

/** A large log is there to be measured: its project keeps asking of all conversations what it asked at first. */
const isSmall = ({ conversations }: SampleWish): boolean => conversations <= 1_000;

/** Somebody changes what a project asks, or how it shows it. */
export function changeProject(making: Making, project: SampleProject): SampleStep[] {
  const events = making.random.pick(isSmall(making.wish) ? all : mild)(making, project);
  return events.length === 0 ? [] : [append(project.stream, events)];
}

/** Somebody changes a goal or a scorecard; what was found is evaluated anew, which in a large log is too much. */
export function changeRules(making: Making, world: World, project: SampleProject): SampleStep[] {
  const { random, recorder, wish, at } = making;
  if (!isSmall(wish)) return [];
  const [removedGoal] = random.chance(0.3) ? project.goals.keys() : [];
  const change = random.chance(0.5) ? setGoal(making, project) : setScorecard(making, project);
  if (removedGoal) project.goals.delete(removedGoal);
  const removal = removedGoal
    ? [recorder.event('GoalRemoved', at, user(wish.founderId), { projectId: project.id, goalId: removedGoal })]
    : [];
  const changed = append(project.stream, [change, ...removal]);
  const again = world.recent.flatMap((conversation) => {
    const runs = conversation.runs.filter(
      ({ isCompleted, cells }) => isCompleted && cells.some((cell) => cell.project === project),
    );
    const events = runs.map((run) => evaluated(world, conversation, run, { project, at: at + 500 }));
    return events.length === 0 ? [] : [append(conversation.insights, events)];
  });
  return [changed, ...again];
}
