/**
 * Compiles every workspace package from `src/` to `dist/` with SWC, in one process, and only what changed.
 * Types are checked by `npm run typecheck`; this step exists so that a start needs no compiler in the way.
 */
import { transformFile } from '@swc/core';
import { copyFile, mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { filesBelow, modifiedAt, packageFolders } from './files.mjs';

const root = new URL('../..', import.meta.url).pathname;
const isTest = (file) => /\.(spec|e2e)\.ts$/.test(file);

async function compile(source, target) {
  const { code } = await transformFile(source, { configFile: join(root, '.swcrc'), swcrc: false });
  await writeFile(target, code);
}

async function buildPackage(folder) {
  const sources = join(folder, 'src');
  const wanted = new Set();
  let written = 0;
  for (const file of await filesBelow(sources)) {
    if (isTest(file)) continue;
    const target = join(folder, 'dist', relative(sources, file)).replace(/\.ts$/, '.js');
    wanted.add(target);
    if ((await modifiedAt(target)) > (await modifiedAt(file))) continue;
    await mkdir(dirname(target), { recursive: true });
    await (file.endsWith('.ts') ? compile(file, target) : copyFile(file, target));
    written += 1;
  }
  const stale = (await filesBelow(join(folder, 'dist'))).filter((file) => !wanted.has(file));
  await Promise.all(stale.map((file) => rm(file)));
  return written;
}

const requested = process.argv.slice(2).map((folder) => join(root, folder));
const folders = requested.length > 0 ? requested : await packageFolders(root);
const counts = await Promise.all(folders.map(buildPackage));
const written = counts.reduce((sum, count) => sum + count, 0);
if (written > 0) process.stderr.write(`built ${written} files in ${folders.length} packages\n`);
