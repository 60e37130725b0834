import { afterAll, describe, expect, it } from '@jest/globals';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { send, withKey } from '../support/api.js';
import { startHarmonyProcess, type HarmonyProcess } from '../support/harmony-process.js';
import { completed } from '../support/running-harmony.js';

/** Row 3 of the fault matrix. */
describe('kill -9 of Node leaves the embedded PostgreSQL running', () => {
  let dataDirectory: string;
  let harmony: HarmonyProcess;
  afterAll(async () => {
    await harmony.stop();
    await rm(dataDirectory, { recursive: true });
  });

  it('which the next start adopts, says so, and finds everything in', async () => {
    dataDirectory = await mkdtemp(join(tmpdir(), 'harmony-orphan-'));
    harmony = await startHarmonyProcess({ dataDirectory });
    const body = { title: 'Before the crash', text: 'Ann: Is it safe?\nBob: It is acknowledged.' };
    const answer = await send(withKey(harmony.url, harmony.apiKey), 'POST', '/v1/conversations', body);
    const { id } = z.object({ id: z.uuid() }).parse(answer.body);
    await harmony.kill9();

    const started = performance.now();
    harmony = await startHarmonyProcess({ dataDirectory });
    process.stderr.write(`ready ${Math.round(performance.now() - started)} ms after the crash\n`);
    expect(harmony.log()).toMatch(/"message":"adopted postgres pid \d+"/);
    expect(harmony.log()).not.toContain('undefined');
    await completed(withKey(harmony.url, harmony.apiKey), id);
  }, 240_000);
});
