import { afterAll, describe, expect, it } from '@jest/globals';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { send, withKey } from '../support/api.js';
import { startDemo, type DemoProcess } from '../support/demo-process.js';
import { completed } from '../support/running-harmony.js';

/** Row 3 of the fault matrix. */
describe('kill -9 of Node leaves the embedded PostgreSQL running', () => {
  let dataDirectory: string;
  let demo: DemoProcess;
  afterAll(async () => {
    await demo.stop();
    await rm(dataDirectory, { recursive: true });
  });

  it('which the next start adopts, says so, and finds everything in', async () => {
    dataDirectory = await mkdtemp(join(tmpdir(), 'harmony-orphan-'));
    demo = await startDemo({ dataDirectory });
    const body = { title: 'Before the crash', text: 'Ann: Is it safe?\nBob: It is acknowledged.' };
    const answer = await send(withKey(demo.url, demo.apiKey), 'POST', '/v1/conversations', body);
    const { id } = z.object({ id: z.uuid() }).parse(answer.body);
    await demo.kill9();

    const started = performance.now();
    demo = await startDemo({ dataDirectory });
    process.stderr.write(`ready ${Math.round(performance.now() - started)} ms after the crash\n`);
    expect(demo.log()).toMatch(/"message":"adopted postgres pid \d+"/);
    expect(demo.log()).not.toContain('undefined');
    await completed(withKey(demo.url, demo.apiKey), id);
  }, 240_000);
});
