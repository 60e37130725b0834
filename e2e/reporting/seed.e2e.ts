import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { z } from 'zod';
import { withKey } from '../support/api.js';
import { startHarmony, type RunningHarmony } from '../support/running-harmony.js';
import { get } from './ask.js';

const program = join(import.meta.dirname, '../../tools/seed/dist/main.js');
const seededSchema = z.looseObject({ apiKey: z.string(), projectIds: z.array(z.string()), events: z.number() });

let folder: string;
let seeded: z.output<typeof seededSchema>;
let harmony: RunningHarmony;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'harmony-seed-'));
  const words = ['--conversations', '40', '--days', '20', '--json', '--data-dir', folder];
  const { stdout } = await promisify(execFile)(process.execPath, [program, ...words], {
    env: { ...process.env, NODE_OPTIONS: '' },
  });
  seeded = seededSchema.parse(JSON.parse(stdout));
  harmony = await startHarmony({ HARMONY_DATA_DIR: folder });
}, 240_000);
afterAll(async () => {
  await harmony?.stop();
  await rm(folder, { recursive: true, force: true });
}, 60_000);

it('npm run seed leaves a workspace with a report, and nothing to do for anybody', async () => {
  const access = withKey(harmony.url, seeded.apiKey);
  const report = z
    .looseObject({
      conversations: z.number(),
      cards: z.array(z.looseObject({ counts: z.looseObject({ asked: z.number() }) })),
    })
    .parse(await get(access, `/v1/projects/${seeded.projectIds[0]}/report`));
  expect(report.conversations).toBeGreaterThan(20);
  expect(report.cards).toHaveLength(10);
  for (const { counts } of report.cards) expect(counts.asked).toBeGreaterThan(10);
  const { worker } = harmony.running.backends.database;
  const { rows } = await worker.query('select count(*)::int as jobs from graphile_worker._private_jobs');
  expect(rows).toEqual([{ jobs: 0 }]);
});
