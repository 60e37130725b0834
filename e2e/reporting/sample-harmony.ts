import { streams, type Scope } from '@harmony/contracts';
import type { EventStore } from '@harmony/event-store';
import { lastPosition } from '@harmony/event-store/testing';
import { skipLog } from '@harmony/messaging';
import { readWorld, type OracleReader, type World } from '@harmony/report-oracle';
import { appendSteps, sampleLog, type SampleLog } from '@harmony/sample-log';
import { composition } from '@harmony/service-all-in-one';
import { openOperator } from '@harmony/tool-operator';
import { eventually } from '@harmony/testing';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Access } from '../support/api.js';
import { addColleague } from '../support/colleagues.js';
import { startHarmony, succeed, type RunningHarmony, type Workspace } from '../support/running-harmony.js';

/** Somebody who asks, and how far they may see. */
export interface Reader {
  readonly name: string;
  readonly access: Access;
  readonly sees: OracleReader;
}

export interface SampleWorkspace {
  readonly workspace: Workspace;
  readonly log: SampleLog;
  readonly readers: readonly Reader[];
}

export interface SampleHarmony {
  readonly harmony: RunningHarmony;
  readonly store: EventStore;
  /** Own, team, all. */
  readonly home: SampleWorkspace;
  /** All. */
  readonly other: SampleWorkspace;
  /** What the log says now. */
  world(): Promise<World>;
  stop(): Promise<void>;
}

/**
 * Two workspaces in which people have worked for a while, in a Harmony of this process, with readers of every scope.
 * The samples are written while it is stopped: nobody works on what they leave open.
 */
export async function startSampleHarmony(): Promise<SampleHarmony> {
  const folder = await mkdtemp(join(tmpdir(), 'harmony-sample-'));
  const first = await startHarmony({ HARMONY_DATA_DIR: folder });
  const [home, other] = [await first.workspace('Home'), await first.workspace('Other')];
  const people = [
    await colleague(home, 'Own', 'own'),
    await colleague(home, 'Team', 'team'),
    await colleague(home, 'All', 'all'),
    await colleague(other, 'Stranger', 'all'),
  ];
  await first.stop();
  const colleaguesOf = ({ workspaceId }: Workspace): string[] =>
    people.filter(({ sees }) => sees.workspaceId === workspaceId).map(({ sees }) => sees.userId);
  const logs = await write(folder, [
    { ...home, seed: 11, colleagueIds: colleaguesOf(home) },
    { ...other, seed: 12, colleagueIds: colleaguesOf(other) },
  ]);
  const harmony = await startHarmony({ HARMONY_DATA_DIR: folder });
  await caughtUp(harmony);
  const store = harmony.running.backends.eventStore;
  const moved = people.map((one) => ({ ...one, access: { ...one.access, url: harmony.url } }));
  const at = (workspace: Workspace): Workspace => ({ ...workspace, admin: { ...workspace.admin, url: harmony.url } });
  const readers = await Promise.all(moved.map((one) => withTeams(at(home), logs[0], one)));
  const of = (workspace: Workspace, log: SampleLog): SampleWorkspace => ({
    ...{ workspace: at(workspace), log },
    readers: readers.filter(({ sees }) => sees.workspaceId === workspace.workspaceId),
  });
  return {
    ...{ harmony, store, home: of(home, logs[0]), other: of(other, logs[1]) },
    world: () => readWorld(store),
    stop: async () => {
      await harmony.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

interface Wanted extends Workspace {
  readonly seed: number;
  readonly colleagueIds: readonly string[];
}

/** Into the database of a Harmony that has stopped; what its workers would do about it is done. */
async function write(folder: string, wanted: readonly [Wanted, Wanted]): Promise<readonly [SampleLog, SampleLog]> {
  const operator = await openOperator({}, folder, [], 12);
  const { store, database } = operator;
  try {
    const sampleOf = async ({ workspaceId, adminId: founderId, seed, colleagueIds }: Wanted): Promise<SampleLog> => {
      let events = 0;
      for await (const _ of store.readStream(streams.workspace(workspaceId))) events += 1;
      return sampleLog({
        ...{ workspaceId, founderId, seed, colleagueIds, existing: { events, customFieldKeys: [] } },
        ...{ conversations: 50, definitions: 13, projects: 2, days: 40, until: '2026-06-01T00:00:00.000Z' },
        restlessness: 1,
      });
    };
    const logs = [await sampleOf(wanted[0]), await sampleOf(wanted[1])] as const;
    for (const { steps } of logs) await appendSteps(store, steps);
    const last = await lastPosition(database.worker);
    for (const { name } of composition.services) await skipLog(database.worker, name, last);
    return logs;
  } finally {
    await operator.close();
  }
}

async function colleague(workspace: Workspace, name: string, scope: Scope): Promise<Reader> {
  const permissions = [`conversations:read:${scope}`, `projects:read:${scope === 'own' ? 'team' : scope}`];
  const { userId, access } = await addColleague(workspace, name, permissions);
  const sees: OracleReader = {
    ...{ workspaceId: workspace.workspaceId, userId, teamIds: [], conversations: scope },
    projects: scope === 'own' ? 'team' : scope,
  };
  return { name, access, sees };
}

/** Whoever does not see everything gets a team, by which they see the first project. */
async function withTeams({ workspaceId, admin }: Workspace, { cast }: SampleLog, reader: Reader): Promise<Reader> {
  const { sees } = reader;
  if (sees.workspaceId !== workspaceId || sees.conversations === 'all') return reader;
  const teamIds = cast.teams.slice(0, 2).map(({ id }) => id);
  const document =
    'mutation ($userId: ID!, $teamIds: [ID!]!) { assignTeams(userId: $userId, teamIds: $teamIds) { id } }';
  await succeed(admin, document, { userId: sees.userId, teamIds });
  return { ...reader, sees: { ...sees, teamIds } };
}

/** Everything that was written is in the read models. */
async function caughtUp({ running: { backends } }: RunningHarmony): Promise<void> {
  const last = await lastPosition(backends.database.worker);
  const names = composition.services.flatMap(({ projections }) => projections.map(({ name }) => name));
  // A busy machine may be slow to open the connection that listens.
  for (const name of names) {
    await eventually(() => backends.progress.waitFor(name, last, 60_000), { withinMs: 120_000 });
  }
}
