import { eventually, wavOf } from '@harmony/testing';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { mkdtempSync, rmSync } from 'node:fs';
import { appendFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { send, type Access, type Answer } from '../support/api.js';
import { startHarmony, type RunningHarmony } from '../support/running-harmony.js';
import { mountDisk, unmountDisk } from '../support/small-disk.js';
import { completeUpload, putPart, sha256Of, startUpload } from '../support/uploads.js';

const megabyte = 1024 * 1024;
const recording = wavOf(2 * megabyte);

const dataDirectory = mkdtempSync(join(tmpdir(), 'harmony-full-disk-'));
const mounted = mountDisk(dataDirectory, 400);
const describeOnSmallDisk = mounted ? describe : describe.skip;
const reason = mounted ? '' : ' (skipped: mounting a tmpfs is not allowed here)';

describeOnSmallDisk(`a disk that is full under the database and the objects${reason}`, () => {
  const ballast = join(dataDirectory, 'ballast');
  let harmony: RunningHarmony;
  let admin: Access;
  beforeAll(async () => {
    harmony = await startHarmony({ HARMONY_DATA_DIR: dataDirectory });
    ({ admin } = await harmony.workspace('Full'));
  }, 120_000);
  afterAll(async () => {
    await rm(ballast, { force: true });
    await harmony.stop();
    unmountDisk(dataDirectory);
    rmSync(dataDirectory, { recursive: true, force: true });
  });

  it('refuses appends and parts, loses nothing acknowledged, and takes both when there is space, without a restart', async () => {
    const submitted = await send(admin, 'POST', '/v1/conversations', { text: 'Ann: Hello' });
    const { id } = z.object({ id: z.uuid() }).parse(submitted.body);
    const rename = (title: string): Promise<Answer> => send(admin, 'PATCH', `/v1/conversations/${id}`, { title });
    const upload = await startUpload(admin, recording.length);
    const part = (): ReturnType<typeof putPart> => putPart(admin, upload.parts[0]?.url ?? '', recording);

    let acknowledged = 'Before';
    let answer = await rename(acknowledged);

    await fill(ballast);
    for (let count = 0; answer.status < 300; count += 1) {
      const title = `${count} ${'long '.repeat(30)}`.trim();
      answer = await rename(title);
      if (answer.status < 300) acknowledged = title;
    }
    const full = { status: 507, body: { code: 'STORAGE_FULL' } };
    expect(answer).toMatchObject(full);
    expect(await part()).toMatchObject(full);

    await rm(ballast);
    await eventually(async () => expect(await part()).toMatchObject({ status: 200 }), { withinMs: 60_000 });
    await eventually(async () => {
      expect((await send(admin, 'GET', `/v1/conversations/${id}`)).body).toMatchObject({ title: acknowledged });
    });
    await eventually(async () => expect((await rename('There is space')).status).toBe(200), { withinMs: 60_000 });
    expect(await completeUpload(admin, upload.id, { sha256: sha256Of(recording) })).toMatchObject({ status: 200 });
  }, 240_000);
});

/** Takes every free byte. */
async function fill(file: string): Promise<void> {
  for (let bytes = megabyte; bytes >= 4096;) {
    try {
      await appendFile(file, Buffer.alloc(bytes, 1));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error;
      bytes /= 4;
    }
  }
}
