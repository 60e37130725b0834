import { HarmonyError } from '@harmony/contracts';
import { execFile } from 'node:child_process';
import { access, constants, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Under whom the server runs: ourselves, or, since PostgreSQL refuses root, an account of its own. */
export interface Account {
  readonly owner: { readonly uid: number; readonly gid: number } | undefined;
  /** The command line that starts a program under this account. */
  readonly command: (program: string, parameters: readonly string[]) => { file: string; parameters: string[] };
  /** For `spawn`. */
  readonly spawnOptions: { readonly uid?: number; readonly gid?: number };
}

const ourselves: Account = {
  owner: undefined,
  command: (file, parameters) => ({ file, parameters: [...parameters] }),
  spawnOptions: {},
};

/**
 * Root becomes the owner of an existing cluster, else the account `postgres`, which is created where it is missing.
 * @param reach files and folders that the account must be able to get at.
 */
export async function chooseAccount(cluster: string, reach: readonly string[]): Promise<Account> {
  if (process.getuid?.() !== 0) return ourselves;
  const existing = await stat(cluster).catch(() => undefined);
  const owner = existing && existing.uid !== 0 ? { uid: existing.uid, gid: existing.gid } : await postgresAccount();
  const blocked = await firstClosedFolder(reach);
  if (blocked === undefined)
    return { owner, command: ourselves.command, spawnOptions: { uid: owner.uid, gid: owner.gid } };
  const setpriv = await findSetpriv(blocked);
  return { owner, command: throughSetpriv(setpriv, owner), spawnOptions: {} };
}

async function postgresAccount(): Promise<{ uid: number; gid: number }> {
  const idOf = async (flag: string): Promise<number> => Number((await run('id', [flag, 'postgres'])).stdout);
  try {
    await run('id', ['-u', 'postgres']).catch(async () => {
      await run('groupadd', ['--force', 'postgres']);
      await run('useradd', ['--gid', 'postgres', '--no-create-home', 'postgres']);
    });
    return { uid: await idOf('-u'), gid: await idOf('-g') };
  } catch (cause) {
    throw new HarmonyError('INVALID_CONFIGURATION', {
      detail:
        'PostgreSQL refuses to run as root, and the account postgres could not be created. Start Harmony as another user, or set DATABASE_URL.',
      cause,
    });
  }
}

/** A clone under /root or a private temporary folder is closed to every other account. */
async function firstClosedFolder(paths: readonly string[]): Promise<string | undefined> {
  for (const path of paths) {
    for (let folder = dirname(path); ; folder = dirname(folder)) {
      const facts = await stat(folder).catch(() => undefined);
      if (facts && (facts.mode & 0o001) === 0) return folder;
      if (folder === dirname(folder)) break;
    }
  }
  return undefined;
}

async function findSetpriv(blocked: string): Promise<string> {
  for (const file of ['/usr/bin/setpriv', '/bin/setpriv']) {
    const found = await access(file, constants.X_OK).then(
      () => true,
      () => false,
    );
    if (found) return file;
  }
  throw new HarmonyError('DATA_DIRECTORY_BROKEN', {
    detail: `Harmony runs as root, and the account postgres may not enter ${blocked}. Run "chmod o+x ${blocked}", start Harmony as another user, or choose another folder with --data-dir.`,
  });
}

/** The account keeps one right of root: to pass through folders that are closed to it. */
function throughSetpriv(setpriv: string, owner: { uid: number; gid: number }): Account['command'] {
  const identity = [`--reuid=${owner.uid}`, `--regid=${owner.gid}`, '--clear-groups'];
  const rights = ['--inh-caps=+dac_override', '--ambient-caps=+dac_override'];
  return (program, parameters) => ({ file: setpriv, parameters: [...identity, ...rights, program, ...parameters] });
}
