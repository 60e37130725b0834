import { eventually } from '@harmony/testing';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { once } from 'node:events';
import { mkdtemp } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { send, withKey } from '../support/api.js';
import { startHarmonyProcess, type HarmonyProcess } from '../support/harmony-process.js';

const cues = 2_000;
const file = Buffer.from(
  Array.from({ length: cues }, (_, index) => {
    const time = new Date(index * 1_000).toISOString().slice(11, 19);
    return `${index + 1}\n${time},000 --> ${time},900\n${index % 2 ? 'Ann' : 'Bob'}: This is number ${index}.\n`;
  }).join('\n'),
);
const half = Math.floor(file.length / 2);

describe('kill -9 of the whole process while it fetches the file of a link', () => {
  let harmony: HarmonyProcess;
  let host: Server;
  const ranges: string[] = [];
  beforeAll(async () => {
    host = createServer(({ headers: { range } }, response) => {
      ranges.push(range ?? 'all');
      const start = Number(/^bytes=(\d+)-$/.exec(range ?? '')?.[1] ?? 0);
      const part = start > 0 && { 'content-range': `bytes ${start}-${file.length - 1}/${file.length}` };
      response.writeHead(part ? 206 : 200, { etag: '"1"', 'content-length': file.length - start, ...part });
      if (part) response.end(file.subarray(start));
      // The first request is left waiting for the rest, the second one is cut.
      else response.write(file.subarray(0, half), () => ranges.length > 1 && response.socket?.end());
    });
    host.listen(0, '127.0.0.1');
    await once(host, 'listening');
  });
  afterAll(async () => {
    await harmony.stop();
    host.closeAllConnections();
    host.close();
  });

  it('fetches it after the restart as the same try, over a cut connection too, and every turn is there once', async () => {
    const { port } = host.address() as AddressInfo;
    const dataDirectory = await mkdtemp(join(tmpdir(), 'harmony-fetch-'));
    const environment = { OUTBOUND_ALLOWED_HOSTS: `127.0.0.1:${port}` };
    harmony = await startHarmonyProcess({ dataDirectory, environment });
    const imported = await send(withKey(harmony.url, harmony.apiKey), 'POST', '/v1/conversations/import-url', {
      url: `http://127.0.0.1:${port}/call.srt`,
    });
    const { id } = z.object({ id: z.uuid() }).parse(imported.body);
    await eventually(() => expect(ranges).toHaveLength(1), { withinMs: 60_000 });
    await harmony.kill9();
    harmony = await startHarmonyProcess({ dataDirectory, environment, port: Number(new URL(harmony.url).port) });

    await eventually(
      async () => {
        const { body } = await send(withKey(harmony.url, harmony.apiKey), 'GET', `/v1/conversations/${id}`);
        expect(body).toMatchObject({
          ...{ status: 'COMPLETED', turnCount: cues, failure: null },
          stages: ['INTAKE', 'EXTRACTION', 'INSIGHTS'].map((stage) => ({
            ...{ stage, attempt: 1, code: null, durationMs: expect.any(Number) },
          })),
        });
      },
      { withinMs: 120_000 },
    );
    // A cut may come before anybody has read a byte; then it is asked for again from the start, and cut again.
    const resumed = ranges.filter((range) => range !== 'bytes=0-');
    expect(resumed).toEqual(['all', 'all', expect.stringMatching(/^bytes=[1-9]\d*-$/)]);
  }, 240_000);
});
