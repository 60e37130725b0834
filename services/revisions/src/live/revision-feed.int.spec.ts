import { eventually } from '@harmony/testing';
import { afterAll, beforeAll, expect, it, jest } from '@jest/globals';
import { RevisionCommands } from '../commands/revision-commands.js';
import { requestBy, RunningRevisions, type SampleWorkspace } from '../testing/running-revisions.js';
import { SampleProject } from '../testing/sample-project.js';
import { LiveResolver } from './live.resolver.js';
import type { RevisionChange } from './revision-feed.js';

jest.setTimeout(60_000);

let app: RunningRevisions;
let home: SampleWorkspace;
beforeAll(async () => {
  app = await RunningRevisions.start();
  home = await app.newWorkspace();
}, 120_000);
afterAll(() => app?.close(), 120_000);

it('a listener hears how revisions go on, from those under way to the end, and nothing of other projects', async () => {
  const [project, other] = [await SampleProject.create(app, home), await SampleProject.create(app, home)];
  const conversations = await project.conversations(2);
  const underWay = await project.ask();
  const changes = await app.get(LiveResolver).revisionChanged(home.user, project.id.toUpperCase());
  const heard: RevisionChange[] = [];
  const listening = (async () => {
    for await (const change of changes) heard.push(change);
  })();
  await eventually(() => expect(heard).toMatchObject([{ projectId: project.id, revisions: [{ id: underWay.id }] }]));

  await other.ask();
  await project.plan(underWay.id, conversations);
  for (const each of conversations) await project.run(underWay.id, each);
  await eventually(() => expect(heard.at(-1)?.revisions).toMatchObject([{ badge: 'DRAFT' }]), { withinMs: 30_000 });
  const published = await app.get(RevisionCommands).publish(requestBy(home.admin), underWay.id);
  await eventually(() => expect(heard.at(-1)?.revisions).toMatchObject([{ badge: 'COMPLETED' }]));
  expect(published.id).toBe(underWay.id);
  expect(new Set(heard.flatMap(({ revisions }) => revisions.map(({ id }) => id)))).toEqual(new Set([underWay.id]));
  expect(heard.slice(1).every(({ revisions }) => revisions.length > 0)).toBe(true);
  await changes.return?.();
  await listening;
});

it('whoever may not see the project or has no revisions hears why', async () => {
  const project = await SampleProject.create(app, home);
  const [foreign, without] = [await app.newWorkspace(), await app.newWorkspace({ isEnabled: false })];
  const resolver = app.get(LiveResolver);
  await expect(resolver.revisionChanged(foreign.admin, project.id)).rejects.toMatchObject({ code: 'UNKNOWN_PROJECT' });
  const hidden = await SampleProject.create(app, without);
  await expect(resolver.revisionChanged(without.admin, hidden.id)).rejects.toMatchObject({ code: 'FEATURE_DISABLED' });
});
