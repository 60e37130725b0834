import { runningEmbeddedPostgres } from '@harmony/embedded-postgres';
import { PostgresEventStore } from '@harmony/event-store';
import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { WrongResult } from '../harness/bench.js';
import { seedLog } from '../replay/seed-log.js';

const operatorFile = join(dirname(fileURLToPath(import.meta.resolve('@harmony/tool-operator'))), 'main.js');

const projection = 'ingestion.conversations';

/** Gives a running Harmony a log worth replaying: transcript chunks that nobody reacts to but the projection. */
export async function lengthenLog(dataDirectory: string, events: number, seed: number): Promise<void> {
  const url = await runningEmbeddedPostgres(dataDirectory);
  if (url === undefined) throw new WrongResult(`No database runs in ${dataDirectory}.`);
  const store = PostgresEventStore.open({ connectionString: url });
  await seedLog(store, events, seed);
  await store.close();
}

/** Rebuilds the read model again and again, as an operator would, until the work is done. @returns how often. */
export async function whileRebuilding<Result>(
  dataDirectory: string,
  work: () => Promise<Result>,
): Promise<{ readonly result: Result; readonly rebuilds: number }> {
  let working = true;
  const words = [operatorFile, '--data-dir', dataDirectory, 'replay', projection];
  const rebuild = async (): Promise<number> => {
    let rebuilds = 0;
    for (; working; rebuilds += 1) await promisify(execFile)(process.execPath, words);
    return rebuilds;
  };
  const rebuilding = rebuild();
  const [result, rebuilds] = await Promise.all([work().finally(() => (working = false)), rebuilding]);
  return { result, rebuilds };
}
