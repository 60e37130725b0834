import type { Environment } from '@harmony/config';
import { appendSteps, sampleLog, type SampleStep } from '@harmony/sample-log';
import { composition } from '@harmony/service-all-in-one';
import { count, duration, openOperator, replayCommand, type Operator, type Voice } from '@harmony/tool-operator';
import { prepare, type Account } from './prepare.js';
import { putBehind, thatCaughtUp } from './readers-of-the-log.js';
import { readWorkspace } from './workspace.js';
import type { SeedWish } from './wish.js';

/** What was seeded, and how long it took. */
export interface Seeded {
  readonly account: Account;
  readonly projectIds: readonly string[];
  readonly events: number;
  readonly appendSeconds: number;
  readonly replaySeconds: number;
}

const projections = composition.services.flatMap((service) => service.projections);

/** Appends keep some for themselves, and others delete streams meanwhile. */
const connections = 12;

/** Appends the sample, replays the projections that it concerns, and puts the readers of the log behind it. */
export async function seed(
  wish: SeedWish,
  environment: Environment,
  voice: Voice,
  signal: AbortSignal,
): Promise<Seeded> {
  voice.note('Starting Harmony for a moment, to make the workspace …');
  const account = await prepare(wish, environment);
  const operator = await openOperator(environment, wish.dataDirectory, projections, connections);
  try {
    const caughtUp = await thatCaughtUp(operator, account.workspaceId);
    const appended = await appendSample(operator, account.workspaceId, wish, voice, signal);
    const began = performance.now();
    const reading = await putBehind(operator, caughtUp);
    if (reading.length > 0) voice.note(`These read the sample too, and find nothing to do: ${reading.join(', ')}.`);
    for (const { name } of projections) {
      await replayCommand(operator, quiet(voice), name, { verify: false, park: false, signal });
    }
    return { account, ...appended, replaySeconds: (performance.now() - began) / 1_000 };
  } finally {
    await operator.close();
  }
}

type Appended = Pick<Seeded, 'projectIds' | 'events' | 'appendSeconds'>;

async function appendSample(
  { store }: Operator,
  workspaceId: string,
  { changes, conversations, ...wish }: SeedWish,
  voice: Voice,
  signal: AbortSignal,
): Promise<Appended> {
  const workspace = await readWorkspace(store, workspaceId);
  const until = `${new Date().toISOString().slice(0, 10)}T00:00:00.000Z`;
  const log = sampleLog({ ...wish, ...workspace, conversations, until, restlessness: changes });
  const line = voice.progress('append');
  const began = performance.now();
  let [events, submitted] = [0, 0];
  const seconds = (): number => (performance.now() - began) / 1_000;
  function* watched(): Generator<SampleStep> {
    for (const step of log.steps) {
      signal.throwIfAborted();
      if (step.kind === 'APPEND' && step.events[0]?.type === 'ConversationSubmitted') submitted += 1;
      yield step;
    }
  }
  try {
    await appendSteps(store, watched(), (more) => {
      events += more;
      const fraction = conversations === 0 ? 1 : submitted / conversations;
      const left = fraction === 0 ? '' : `, ${duration((seconds() * (1 - fraction)) / fraction)} left`;
      line.update('conversations', fraction, `${count(events, 'event')}, ${Math.round(events / seconds())}/s${left}`);
    });
  } finally {
    line.stop();
  }
  return { projectIds: log.projectIds, events, appendSeconds: seconds() };
}

/** Progress only: what each replay says at its end is of no interest here. */
const quiet = (voice: Voice): Voice => ({ ...voice, result: () => undefined });
