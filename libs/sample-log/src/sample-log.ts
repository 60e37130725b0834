import { castSteps, sampleCast } from './cast.js';
import { arrive } from './conversation.js';
import { changeProperties, remove, resume, retry, type Happening } from './later-conversation.js';
import { changeProject, changeRules } from './later-project.js';
import { createProject, type Making } from './project-steps.js';
import { Random } from './random.js';
import { Recorder } from './recorder.js';
import { makeLive, revise, rollBack } from './revisions.js';
import { sampleTranscript } from './transcript.js';
import type { SampleCast, SampleStep, SampleWish } from './wish.js';
import type { World } from './world.js';

const day = 86_400_000;

export interface SampleLog {
  readonly cast: SampleCast;
  /** Ids of the projects, the one with all conversations first. */
  readonly projectIds: readonly string[];
  /** In order, made as they are asked for; can be gone through once. */
  readonly steps: Iterable<SampleStep>;
}

/**
 * The log of a workspace in which people have worked for a while: projects with definitions of all types, conversations
 * with what was found in them, and everything that changed later. Pure; memory does not grow with the conversations.
 */
export function sampleLog(wish: SampleWish): SampleLog {
  // Added to the same workspace a second time, it is a sample of its own.
  const random = new Random(wish.seed + 7_919 * (wish.existing?.events ?? 0), saltOf(wish));
  const recorder = new Recorder(wish.workspaceId, random);
  const cast = sampleCast(wish, random);
  const start = Date.parse(wish.until) - wish.days * day;
  const making = (at: number): Making => ({ wish, cast, random, recorder, at });
  const created = Array.from({ length: wish.projects }, (_, index) => createProject(making(start - day), index));
  const projects = created.map(({ project }) => project);
  const transcripts = Array.from({ length: 200 }, () => sampleTranscript(random));
  const world: World = { random, recorder, cast, projects, transcripts, recent: [] };
  function* steps(): Generator<SampleStep> {
    yield* castSteps(wish, cast, recorder, start - 2 * day);
    for (const { step } of created) yield step;
    for (let index = 0; index < wish.conversations; index += 1) {
      const at = Math.floor(start + ((index + random.next()) * wish.days * day) / wish.conversations);
      yield* arrive(world, at, wish.restlessness);
      for (let hopes = wish.restlessness; random.next() < hopes; hopes -= 1) yield* later(world, making(at + 60_000));
    }
  }
  return { cast, projectIds: projects.map(({ id }) => id), steps: steps() };
}

/** Nothing of two workspaces has the same id. */
const saltOf = ({ workspaceId }: SampleWish): number => Number.parseInt(workspaceId.slice(0, 8), 16);

const happenings: readonly Happening[] = [changeProperties, changeProperties, retry, resume, resume, remove];

/** One thing that happens to what is there. */
function later(world: World, making: Making): SampleStep[] {
  const { random, recent, projects } = world;
  if (recent.length === 0 || projects.length === 0) return [];
  if (random.chance(0.6)) return random.pick(happenings)(world, random.pick(recent), making.at);
  const project = random.pick(projects);
  const draw = random.next();
  if (draw < 0.2) return revise(making, world, project);
  if (draw < 0.3) return project.revisionIds.length === 0 ? [] : makeLive(making, project);
  if (draw < 0.35) return rollBack(making, project);
  if (project.definitions.length === 0) return [];
  return draw < 0.5 ? changeRules(making, world, project) : changeProject(making, project);
}
