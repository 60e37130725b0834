import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { acquireProcessLock } from './process-lock.js';

describe('the lock of a data directory', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'harmony-lock-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  const holder = async (): Promise<Record<string, unknown>> =>
    JSON.parse(await readFile(join(folder, (await readdir(folder))[0] ?? ''), 'utf8')) as Record<string, unknown>;
  const leave = (text: string): Promise<void> => writeFile(join(folder, 'harmony.lock.1'), text);

  it('is refused while its holder lives, and free after the release', async () => {
    const lock = await acquireProcessLock(folder);
    await expect(acquireProcessLock(folder)).rejects.toMatchObject({ code: 'DATA_DIRECTORY_IN_USE' });
    await lock.release();
    expect(await holder()).toEqual({});
    await (await acquireProcessLock(folder)).release();
  });

  it.each([
    ['of a process that is gone', async () => JSON.stringify({ pid: 2 ** 22 + 1, startedAt: '1' })],
    ['of an earlier process with our own id', async () => JSON.stringify({ ...(await ownLock()), startedAt: '1' })],
    ['that was never written to the end', async () => '{"pid":'],
  ])('is taken over from a lock %s', async (_, stale) => {
    await leave(await stale());
    const lock = await acquireProcessLock(folder);
    expect(await holder()).toMatchObject({ pid: process.pid });
    await lock.release();
  });

  const ownLock = async (): Promise<Record<string, unknown>> => {
    const lock = await acquireProcessLock(folder);
    const own = await holder();
    await lock.release();
    return own;
  };

  it('has one winner when many take over the same stale one', async () => {
    for (let round = 0; round < 20; round += 1) {
      await leave('{"pid":');
      const results = await Promise.allSettled(Array.from({ length: 8 }, () => acquireProcessLock(folder)));
      const winners = results.filter((result) => result.status === 'fulfilled');
      expect(winners).toHaveLength(1);
      for (const { value } of winners) await value.release();
      expect(await readdir(folder)).toHaveLength(1);
      await rm(folder, { recursive: true });
      await mkdir(folder);
    }
  });
});
