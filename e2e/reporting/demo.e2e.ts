import { everything } from '@harmony/contracts';
import { present, readWorld } from '@harmony/report-oracle';
import { eventually } from '@harmony/testing';
import { openOperator } from '@harmony/tool-operator';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { ask, get, reportDifferences } from './ask.js';
import { withKey, type Access } from '../support/api.js';
import { startDemo, type HarmonyProcess } from '../support/harmony-process.js';

let folder: string;
let demo: HarmonyProcess;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'harmony-demo-report-'));
  demo = await startDemo({ dataDirectory: folder });
}, 120_000);
afterAll(async () => {
  await demo?.stop();
  await rm(folder, { recursive: true, force: true });
}, 60_000);

const listSchema = z.object({ edges: z.array(z.object({ node: z.looseObject({ status: z.string() }) })) });

const projectsSchema = z.object({ edges: z.array(z.object({ node: z.object({ id: z.string() }) })) });
const revisionsSchema = z.object({ edges: z.array(z.object({ node: z.object({ stage: z.string() }) })) });

/** Waits until the revision of the demo is in force. */
async function revised(access: Access): Promise<void> {
  const found = await ask(access, '{ projects { edges { node { id } } } }', {}, 'projects');
  const [project] = projectsSchema.parse(found).edges;
  const query = 'query ($id: ID!) { revisions(projectId: $id) { edges { node { stage } } } }';
  await eventually(
    async () => {
      const revisions = revisionsSchema.parse(await ask(access, query, { id: project?.node.id }, 'revisions'));
      expect(revisions.edges.map(({ node }) => node.stage)).toEqual(['LIVE']);
    },
    { withinMs: 120_000 },
  );
}

it('the report of the demo, its revision in force, is what brute force over its log gives', async () => {
  const access = withKey(demo.url, demo.apiKey);
  await eventually(
    async () => {
      const { edges } = listSchema.parse(await get(access, '/v1/conversations?first=100'));
      expect(edges.length).toBeGreaterThan(4);
      expect([...new Set(edges.map(({ node }) => node.status))]).toEqual(['COMPLETED']);
    },
    { withinMs: 240_000 },
  );
  await revised(access);
  const operator = await openOperator({}, folder, []);
  try {
    const world = await readWorld(operator.store);
    const [project] = world.projects.values();
    const sees = {
      ...{ workspaceId: demo.workspaceId, userId: demo.workspaceId, teamIds: [] },
      ...{ conversations: 'all' as const, projects: 'all' as const },
    };
    for (const as of ['GRAPHS', 'LIST'] as const) {
      const display = { as, interval: null, timeZone: 'Europe/Berlin', latest: 5 };
      const request = { filter: everything, display, moment: present, includeInactive: false };
      const wanted = { ...request, projectId: project?.id ?? '' };
      expect(await reportDifferences(world, { name: 'Demo', access, sees }, wanted)).toEqual([]);
    }
    expect(world.runs.size).toBeGreaterThan(4);
  } finally {
    await operator.close();
  }
}, 300_000);
