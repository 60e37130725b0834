import { seed } from '@harmony/tool-seed';
import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { withFolder } from '../harness/harmony.js';

const seededSchema = z.object({ workspaceId: z.uuid(), apiKey: z.string(), projectIds: z.array(z.uuid()).min(1) });

/** A workspace with one project, and its folder. */
export interface SeededFolder extends z.output<typeof seededSchema> {
  readonly folder: string;
}

const silent = {
  json: false,
  result: () => undefined,
  note: (text: string) => void process.stderr.write(`${text}\n`),
  progress: () => ({ update: () => undefined, stop: () => undefined }),
};

interface SeedWish {
  readonly conversations: number;
  readonly definitions: number;
  readonly days: number;
  readonly seed: number;
}

/**
 * Runs something on a seeded workspace. Seeding takes its time: with BENCH_REPORT_DIR the folder is kept, and used again
 * by the next run.
 */
export async function withSeeded<Result>(
  wish: SeedWish,
  use: (seeded: SeededFolder) => Promise<Result>,
): Promise<Result> {
  const kept = process.env['BENCH_REPORT_DIR'];
  if (kept === undefined) return withFolder(async (folder) => use(await seededIn(folder, wish)));
  return use(await seededIn(kept, wish));
}

/** Seeds a workspace into a folder, unless it is there. */
export async function seededIn(folder: string, wish: SeedWish): Promise<SeededFolder> {
  const file = join(folder, 'seeded.json');
  if (!existsSync(file)) {
    const more = { projects: 1, changes: 0.05, dataDirectory: folder, workspaceId: undefined };
    const { account, projectIds } = await seed({ ...wish, ...more }, process.env, silent, new AbortController().signal);
    await writeFile(file, JSON.stringify({ ...account, projectIds }));
  }
  return { folder, ...seededSchema.parse(JSON.parse(await readFile(file, 'utf8'))) };
}
