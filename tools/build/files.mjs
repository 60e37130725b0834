import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';

const statOrNothing = (path) => stat(path).catch(() => undefined);

/** Milliseconds of the last change, 0 for a file that is not there. */
export const modifiedAt = async (file) => (await statOrNothing(file))?.mtimeMs ?? 0;

/** Every file below a folder, or nothing where the folder does not exist. */
export async function filesBelow(folder) {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
}

/** The folders that the root package.json names as workspaces and that hold sources. */
export async function packageFolders(root) {
  const { workspaces } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'));
  const expanded = await Promise.all(
    workspaces.map(async (pattern) => {
      if (!pattern.endsWith('/*')) return [pattern];
      const parent = pattern.slice(0, -2);
      return (await readdir(join(root, parent))).map((name) => join(parent, name));
    }),
  );
  const folders = expanded.flat().map((folder) => join(root, folder));
  const found = await Promise.all(folders.map((folder) => statOrNothing(join(folder, 'src'))));
  return folders.filter((_, index) => found[index]);
}
