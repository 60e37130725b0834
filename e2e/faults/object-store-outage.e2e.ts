import { sayTones, SpeechServer } from '@harmony/speech/testing';
import { describeReachable, eventually, startTcpProxy, wavOf, type TcpProxy } from '@harmony/testing';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { z } from 'zod';
import { send, type Access } from '../support/api.js';
import { conversationOf, upload } from '../support/recordings.js';
import { startHarmony, type RunningHarmony } from '../support/running-harmony.js';

const outageMs = 20_000;
/** Long enough that it is still being prepared when the store goes away. */
const recordingMs = 10 * 60_000;
const subtitles = '1\n00:00:00,000 --> 00:00:01,000\nAnn: Hello\n\n2\n00:00:02,000 --> 00:00:03,000\nBob: Hi\n';

const stage = z.object({ stage: z.string(), attempt: z.number(), code: z.string().nullable() });
const conversation = z.object({ status: z.string(), turnCount: z.number().nullable(), stages: z.array(stage) });
const away = (name: string, attempt: number): object => ({ stage: name, attempt, code: 'OBJECT_STORE_UNAVAILABLE' });

await describeReachable('minio', 'an object store that is away for 20 seconds', (server) => {
  let proxy: TcpProxy;
  let speech: SpeechServer;
  let host: Server;
  let harmony: RunningHarmony;
  let admin: Access;
  let recorded: string;
  let linked: string;

  beforeAll(async () => {
    const { hostname, port } = new URL(server.endpoint);
    proxy = await startTcpProxy({ host: hostname, port: Number(port) });
    speech = await SpeechServer.start();
    host = createServer((_request, response) => {
      response.end(subtitles);
    });
    host.listen(0, '127.0.0.1');
    await once(host, 'listening');
    harmony = await startHarmony({
      S3_ENDPOINT: `http://${proxy.host}:${proxy.port}`,
      S3_BUCKET: `outage-${randomUUID()}`,
      S3_ACCESS_KEY: server.accessKey,
      S3_SECRET_KEY: server.secretKey,
      SPEECH_URL: speech.url,
      OUTBOUND_ALLOWED_HOSTS: `127.0.0.1:${portOf(host)}`,
    });
    ({ admin } = await harmony.workspace('Home'));
  }, 120_000);
  afterAll(async () => {
    proxy.set({ kind: 'pass' });
    await harmony.stop();
    await Promise.all([proxy.close(), speech.stop()]);
    host.close();
  });

  it('costs the recording and the link that are on their way tries, and nothing else', async () => {
    recorded = idIn(await upload(admin, 'call.wav', Uint8Array.from(callOfTones())));
    await eventually(async () => expect((await conversationOf(admin, recorded)).status).toBe('TRANSCRIBING'));
    proxy.set({ kind: 'cut' });
    const url = `http://127.0.0.1:${portOf(host)}/call.srt`;
    linked = idIn(await send(admin, 'POST', '/v1/conversations/import-url', { url }));
    await pause(outageMs); // How long the fault lasts.
    for (const [id, name] of [
      [recorded, 'TRANSCRIPTION'],
      [linked, 'INTAKE'],
    ] as const) {
      await eventually(
        async () => {
          const { stages } = await read(id);
          expect(stages).toEqual(expect.arrayContaining([expect.objectContaining(away(name, 1))]));
        },
        { withinMs: 60_000 },
      );
    }
    proxy.set({ kind: 'pass' });

    for (const [id, turnCount] of [
      [recorded, 3],
      [linked, 2],
    ] as const) {
      const { stages } = await eventually(
        async () => {
          const now = await read(id);
          expect(now).toMatchObject({ status: 'COMPLETED', turnCount });
          return now;
        },
        { withinMs: 120_000 },
      );
      expect(stages.at(-1)?.code).toBeNull();
    }
    expect(await conversationOf(admin, recorded)).toMatchObject({
      recording: { durationMs: recordingMs, channels: 1 },
    });
  }, 240_000);

  const read = async (id: string): Promise<z.output<typeof conversation>> =>
    conversation.parse((await send(admin, 'GET', `/v1/conversations/${id}`)).body);
});

const portOf = (server: Server): number => (server.address() as AddressInfo).port;
const idIn = ({ body }: { readonly body: unknown }): string => z.object({ id: z.uuid() }).parse(body).id;

/** Three words in ten minutes. */
function callOfTones(): Buffer {
  const said = sayTones(
    (['alpha', 'bravo', 'charlie'] as const).map((word, index) => ({ word, atMs: index * 200_000 + 500 })),
    recordingMs,
  );
  const file = wavOf(44 + said.byteLength);
  Buffer.from(said.buffer).copy(file, 44);
  return file;
}
