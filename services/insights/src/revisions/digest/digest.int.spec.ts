import type { Principal } from '@harmony/access';
import { builtInRoles, streams, type EventOf, type Permission } from '@harmony/contracts';
import { fact, newId } from '@harmony/kernel';
import { replay } from '@harmony/read-model';
import { eventually } from '@harmony/testing';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { resultsProjection } from '../../projections/results.projection.js';
import { ProjectQueries } from '../../read-model/project-queries.js';
import { PlanningRevisions } from '../../testing/planning-revisions.js';
import { RunningInsights } from '../../testing/running-insights.js';
import { yesNo, type BuiltProject } from '../../testing/samples.js';
import { ScriptedAnalyst } from '../../testing/scripted-analyst.js';
import { CheckDigest } from './check-digest.js';
import { PublishedDigests } from './published-digests.js';

jest.setTimeout(120_000);

let system: RunningInsights;
let project: BuiltProject;
let revisionId: string;
beforeAll(async () => {
  const analyst = new ScriptedAnalyst();
  system = await RunningInsights.start(analyst);
  const revisions = new PlanningRevisions(system, analyst);
  await revisions.enable();
  const teamId = newId();
  project = await system.newProject({ questions: ['A?', 'B?'].map(yesNo), teamIds: [teamId] });
  const ids = await Promise.all(['one', 'two', 'three'].map(() => system.newConversation({ teamId })));
  for (const id of ids) await system.completed(id);
  revisionId = await revisions.request({ projectId: project.id, force: true });
  await Promise.all(ids.map((id) => system.completed(id, 2)));
}, 120_000);
afterAll(() => system?.close(), 120_000);

const reader = (permissions: readonly Permission[] = builtInRoles.admin.permissions): Principal => ({
  ...{ kind: 'USER', id: newId(), userId: newId(), workspaceId: system.workspaceId, teamIds: [] },
  ...{ roleId: builtInRoles.admin.id, permissions: new Set(permissions) },
});

const checking = (): CheckDigest => {
  const { eventStore, database, progress, access } = system.backends;
  const published = new PublishedDigests(eventStore);
  const readable = new ProjectQueries(database.scoped);
  return new CheckDigest(published, readable, access.directory, database.scoped, eventStore, progress);
};

const digested = (times: number): Promise<EventOf<'RevisionDigested'>['data'][]> =>
  eventually(async () => {
    const events = await system.eventsOf(streams.revisionPlan(revisionId));
    const all = events.flatMap((event) => (event.type === 'RevisionDigested' ? [event.data] : []));
    expect(all).toHaveLength(times);
    return all;
  });

const makeLive = (): Promise<unknown> =>
  system.append(streams.revisions(project.id), [
    fact('RevisionMadeLive', { revisionId, projectId: project.id, supersededRevisionId: null }),
  ]);

const rollBack = (rolledBack: string, restoredRevisionId: string | null): Promise<unknown> =>
  system.append(streams.revisions(project.id), [
    fact('RevisionRolledBack', { revisionId: rolledBack, projectId: project.id, madeLiveAt: 0, restoredRevisionId }),
  ]);

describe('the digest of a revision', () => {
  it('is published each time that it is put in force or back in force, and is the same each time', async () => {
    expect(await checking().of(reader(), revisionId)).toMatchObject({ published: null, isEqual: null });
    await makeLive();
    const [first] = await digested(1);
    expect(first).toMatchObject({
      revisionId,
      conversations: 3,
      results: 6,
      sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
    });
    await makeLive();
    const [, second] = await digested(2);
    expect(second).toEqual({ ...first, madeLive: second?.madeLive });
    expect(second?.madeLive).not.toBe(first?.madeLive);
    await rollBack(newId(), null);
    await rollBack(newId(), revisionId);
    const [, , third] = await digested(3);
    expect(third).toEqual({ ...first, madeLive: third?.madeLive });
  });

  it('is the same after the results were built from the log anew, and another one by a single word', async () => {
    const { database, eventStore: store } = system.backends;
    await replay(resultsProjection, { database, store });
    expect(await checking().of(reader(), revisionId)).toMatchObject({ isEqual: true });
    const falsified = `update insights.results set rationale = rationale || '.' where (conversation_id, run_id, definition_id) =
      (select conversation_id, run_id, definition_id from insights.results join insights.runs using (conversation_id, run_id)
        where revision_id = $1 limit 1)`;
    await database.worker.query(falsified, [revisionId]);
    const check = await checking().of(reader(), revisionId);
    expect(check).toMatchObject({ isEqual: false, stored: { conversations: 3, results: 6 } });
    await replay(resultsProjection, { database, store });
    expect(await checking().of(reader(), revisionId)).toMatchObject({ isEqual: true });
  });

  it('is for whoever may see the project', async () => {
    const ask = (principal: Principal, id = revisionId): Promise<unknown> => checking().of(principal, id);
    await expect(ask(reader(['conversations:read:all']))).rejects.toMatchObject({ code: 'FORBIDDEN' });
    await expect(ask(reader(['projects:read:own']))).rejects.toMatchObject({ code: 'UNKNOWN_REVISION' });
    await expect(ask(reader(), newId())).rejects.toMatchObject({ code: 'UNKNOWN_REVISION' });
    await expect(ask(reader(), 'none')).rejects.toMatchObject({ code: 'UNKNOWN_REVISION' });
    await expect(ask({ ...reader(), workspaceId: newId() })).rejects.toMatchObject({ code: 'FEATURE_DISABLED' });
  });
});
