import { clusterExists, clusterPaths, readSettings } from './cluster.js';
import { answers, urlOf } from './connection.js';
import { readPostmasterFile } from './postmaster-file.js';
import { inspectProcess, isPostmasterOf } from './processes.js';

/**
 * The address of the server that another Harmony process runs on this data directory, for tools that look in from
 * beside it; undefined when none runs.
 */
export async function runningEmbeddedPostgres(dataDirectory: string): Promise<string | undefined> {
  const paths = await clusterPaths(dataDirectory);
  if (!(await clusterExists(paths))) return undefined;
  const file = await readPostmasterFile(paths.cluster);
  if (!file?.ready || !isPostmasterOf(paths.cluster, await inspectProcess(file.pid))) return undefined;
  const settings = { ...(await readSettings(paths)), port: file.port };
  return (await answers(settings)) ? urlOf(settings) : undefined;
}
