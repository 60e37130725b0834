import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { isInstalled, run } from './processes.js';
import { skipped, type Skipped } from './servers.js';

/** Where the broker's `pom.xml` and log settings lie. */
export const kafkaFolder = fileURLToPath(new URL('../../../../tools/kafka', import.meta.url));

export interface Jars {
  readonly kind: 'jars';
  /** For `java -cp`. */
  readonly classPath: string;
}

/** The broker's jars, fetched with Maven when this `pom.xml` has not been fetched before. */
export async function kafkaJars(): Promise<Jars | Skipped> {
  if (!(await isInstalled('java', '-version'))) return skipped('Java is not installed');
  const pom = join(kafkaFolder, 'pom.xml');
  const digest = createHash('sha256')
    .update(await readFile(pom))
    .digest('hex');
  const folder = join(kafkaFolder, 'target', `jars-${digest.slice(0, 12)}`);
  const jars: Jars = { kind: 'jars', classPath: join(folder, '*') };
  if (existsSync(folder)) return jars;
  if (!(await isInstalled('mvn', '-version'))) return skipped('Maven is not installed');
  try {
    await fetchInto(folder, pom);
  } catch (error) {
    return skipped(`The jars of the Kafka broker could not be fetched: ${String(error)}`);
  }
  return jars;
}

/** Fetches beside the folder and renames, so that a half-fetched folder is never used and two test runs do no harm. */
async function fetchInto(folder: string, pom: string): Promise<void> {
  await mkdir(join(kafkaFolder, 'target'), { recursive: true });
  const unfinished = await mkdtemp(`${folder}-unfinished-`);
  const goal = ['dependency:copy-dependencies', '-DincludeScope=runtime', `-DoutputDirectory=${unfinished}`];
  try {
    await run('mvn', ['--quiet', '--batch-mode', '--file', pom, ...goal], { withinMs: 300_000 });
    await rename(unfinished, folder).catch((error: unknown) => {
      if (!existsSync(folder)) throw error;
    });
  } finally {
    await rm(unfinished, { recursive: true, force: true });
  }
}
