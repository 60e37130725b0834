import { eventually } from '@harmony/testing';
import { afterAll, describe, expect, it } from '@jest/globals';
import { mkdir, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { send, withKey } from '../support/api.js';
import { startHarmonyProcess, type HarmonyProcess } from '../support/harmony-process.js';
import { prepared, recorded, upload } from '../support/recordings.js';

interface Stage {
  readonly stage: string;
  readonly attempt: number;
}

describe('kill -9 of the whole process while a recording is prepared', () => {
  let harmony: HarmonyProcess | undefined;
  let folder: string;
  afterAll(async () => {
    await harmony?.stop();
    await rm(folder, { recursive: true, force: true });
  });

  it('goes on after the restart as the same try, and nothing of the first run is left', async () => {
    folder = await mkdtemp(join(tmpdir(), 'harmony-recording-crash-'));
    const media = join(folder, 'media');
    await mkdir(media);
    const start = { dataDirectory: join(folder, 'data'), environment: { MEDIA_DIRECTORY: media } };
    harmony = await startHarmonyProcess(start);
    const long = await recorded('long.flac', 'anoisesrc=d=600:r=16000');
    const { body } = await upload(withKey(harmony.url, harmony.apiKey), 'long.flac', Uint8Array.from(long));
    const { id } = body as { id: string };
    await eventually(async () => expect(await soundsIn(media)).toBe(1));
    await harmony.kill9();
    expect(await readdir(media)).toHaveLength(1);

    harmony = await startHarmonyProcess(start);
    const access = withKey(harmony.url, harmony.apiKey);
    expect((await prepared(access, id)).recording?.durationMs).toBe(600_000);
    const { stages } = (await send(access, 'GET', `/v1/conversations/${id}`)).body as { stages: Stage[] };
    expect(stages.map(({ attempt }) => attempt)[0]).toBe(1);
    await eventually(async () => expect(await readdir(media)).toEqual([]));
  }, 240_000);
});

/** How many recordings are just being decoded. */
async function soundsIn(media: string): Promise<number> {
  const files = await Promise.all((await readdir(media)).map((name) => readdir(join(media, name))));
  return files.flat().filter((name) => name === 'channel-0.wav').length;
}
