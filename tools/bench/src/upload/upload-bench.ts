import { FolderObjectStore } from '@harmony/object-store';
import { execFile } from 'node:child_process';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Bench, Figure } from '../harness/bench.js';
import { startHarmony, withFolder } from '../harness/harmony.js';
import { interleave } from '../harness/interleave.js';
import { senders, uploadToFolder } from './folder-side.js';
import { sendInForm, sendInParts } from './http-side.js';
import { memoryGrowth } from './peak-memory.js';
import { partBytes, writeSource } from './source-file.js';

const target = 0.5;
const growthLimit = 150;
const megabyte = 1024 * 1024;
const run = promisify(execFile);

/** A recording of the largest size that is taken. */
const largest = 2_147_483_648;

/** A large file in parts into the folder store, hashed and flushed, against `cp` and a flush of the same file. */
export const uploadBench: Bench = {
  title:
    'MB per second of 1 GB in parts into the folder store, against cp with fsync; and the memory that uploads take',
  run: ({ quick, seed }) =>
    withFolder(async (folder) => {
      const bytes = quick ? 40 * megabyte : 1024 * megabyte;
      const file = join(folder, 'source');
      const sha256 = await writeSource(file, bytes, seed);
      const store = await FolderObjectStore.open(join(folder, 'objects'));
      const upload = (): Promise<void> => uploadToFolder(store, { file, bytes, sha256 });
      const copy = join(folder, 'copy');
      const rates = await interleave(
        {
          ours: () => rateOf(bytes, upload, () => store.delete('bench/recording')),
          cp: () =>
            rateOf(
              bytes,
              () => copyWithSync(file, copy),
              () => rm(copy),
            ),
        },
        quick ? 1 : 5,
      );
      // By itself, since watching takes time too.
      const growth = await memoryGrowth(process.pid, upload);
      const line = {
        workload: `${bytes / megabyte} MB`,
        ours: 'parts, SHA-256, fsync',
        peer: 'cp, fsync',
        unit: 'MB/s',
      };
      return {
        comparisons: [{ ...line, ourRates: rates.ours, peerRates: rates.cp, target }],
        figures: [
          { workload: 'folder store', what: 'memory growth', unit: 'MB', values: [growth], limit: growthLimit },
          ...(await httpFigures(quick ? 40 * megabyte : largest, seed)),
        ],
        checks: ['the digest of every object is the one of its source', 'the largest file is taken by the public API'],
        facts: { partMB: partBytes / megabyte, senders },
      };
    }),
};

/** What the whole process takes for the largest file, in parts and in one form. */
const httpFigures = (bytes: number, seed: number): Promise<Figure[]> =>
  withFolder(async (folder) => {
    const harmony = await startHarmony(join(folder, 'data'));
    try {
      // The first upload loads what every later one needs.
      await sendInParts(harmony, 20 * megabyte, seed);
      const parts = await memoryGrowth(harmony.pid, () => sendInParts(harmony, bytes, seed));
      const form = await memoryGrowth(harmony.pid, () => sendInForm(harmony, bytes, seed));
      const shared = { what: 'memory growth', unit: 'MB', limit: growthLimit };
      return [
        { ...shared, workload: `all in one, ${bytes / megabyte} MB in parts`, values: [parts] },
        { ...shared, workload: `all in one, ${bytes / megabyte} MB in one form`, values: [form] },
      ];
    } finally {
      await harmony.stop();
    }
  });

/** MB a second of the work; what it leaves is removed, and the disk is quiet, before the next side begins. */
async function rateOf(bytes: number, work: () => Promise<void>, remove: () => Promise<void>): Promise<number> {
  const start = performance.now();
  await work();
  const seconds = (performance.now() - start) / 1000;
  await remove();
  await run('sync');
  return bytes / megabyte / seconds;
}

async function copyWithSync(from: string, to: string): Promise<void> {
  await run('cp', [from, to]);
  await run('sync', [to]);
}
