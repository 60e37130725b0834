import { streams } from '@harmony/contracts';
import { verify } from '@harmony/read-model';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ProjectResolver } from '../api/project.resolver.js';
import { projectsProjection } from '../projections/projects.projection.js';
import { requestBy, startProjects, type RunningProjects, type SampleWorkspace } from '../testing/running-projects.js';

describe('pinned projects', () => {
  let app: RunningProjects;
  let home: SampleWorkspace;
  let ids: string[];
  const projects = (): ProjectResolver => app.get(ProjectResolver);
  beforeAll(async () => {
    app = await startProjects();
    home = await app.newWorkspace();
    ids = [];
    for (const name of ['First', 'Second', 'Third'])
      ids.push((await projects().createProject(requestBy(home.admin), { name, teamIds: [home.sales] })).id);
  });
  afterAll(() => app.close());

  const namesOf = async (reader = home.admin): Promise<string[]> =>
    (await projects().projects(reader, { first: 10 })).edges.map(({ node }) => node.name);

  it('come first in the list of whoever pinned them, and of nobody else', async () => {
    const [first = '', second = ''] = ids;
    expect(await projects().pinProject(requestBy(home.salesUser), first.toUpperCase())).toMatchObject({
      ...{ id: first, isPinned: true },
    });
    expect(await namesOf(home.salesUser)).toEqual(['First', 'Third', 'Second']);
    expect(await namesOf()).toEqual(['Third', 'Second', 'First']);
    await projects().pinProject(requestBy(home.salesUser), second);
    expect(await namesOf(home.salesUser)).toEqual(['Second', 'First', 'Third']);
    expect(await projects().unpinProject(requestBy(home.salesUser), second)).toMatchObject({ isPinned: false });
    expect(await namesOf(home.salesUser)).toEqual(['First', 'Third', 'Second']);
  });

  it('are paged through without a gap where the pinned ones end', async () => {
    await projects().pinProject(requestBy(home.admin), ids[1] ?? '');
    const seen: string[] = [];
    for (let after: string | null = null, more = true; more;) {
      const { edges, pageInfo } = await projects().projects(home.admin, { first: 1, after });
      seen.push(...edges.map(({ node }) => node.name));
      [after, more] = [pageInfo.endCursor, pageInfo.hasNextPage];
    }
    expect(seen).toEqual(['Second', 'Third', 'First']);
  });

  it('record one event however often they are pinned, and none for a project that the caller may not read', async () => {
    const [first = ''] = ids;
    for (let count = 0; count < 3; count += 1) await projects().pinProject(requestBy(home.salesManager), first);
    expect(await app.eventsOf(streams.pin(home.salesManager.userId))).toHaveLength(1);
    for (const change of ['pinProject', 'unpinProject'] as const)
      await expect(projects()[change](requestBy(home.supportManager), first)).rejects.toMatchObject({
        code: 'UNKNOWN_PROJECT',
      });
    expect(await app.eventsOf(streams.pin(home.supportManager.userId))).toEqual([]);
  });

  it('are the same after a replay', async () => {
    const { database, eventStore: store } = app.backends;
    expect(await verify(projectsProjection, { database, store })).toMatchObject({ differences: 0 });
  });
});
