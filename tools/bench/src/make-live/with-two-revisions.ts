import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { z } from 'zod';
import type { BenchOptions } from '../harness/bench.js';
import { ask } from '../harness/graphql.js';
import { startHarmony, withFolder } from '../harness/harmony.js';
import type { Gateway } from '../report/ask-report.js';
import { withSeeded, type SeededFolder } from '../report/seeded.js';
import { addRevisions } from './add-revisions.js';

const [definitions, days] = [10, 180];

export interface TwoRevisions {
  readonly gateway: Gateway;
  /** Of Harmony. */
  readonly pid: number;
  readonly revisionIds: readonly [string, string];
  readonly facts: Readonly<Record<string, number>>;
}

/** Runs something on a Harmony whose workspace has two published revisions over all of its 100,000 conversations. */
export function withTwoRevisions<Result>(
  { quick, seed }: BenchOptions,
  use: (revisions: TwoRevisions) => Promise<Result>,
): Promise<Result> {
  const conversations = quick ? 500 : 100_000;
  return withSeeded({ conversations, definitions, days, seed }, (seeded) =>
    // The seeded workspace is used again, so it stays as it is.
    withFolder(async (folder) => {
      // With the owners of its files, which Postgres looks at.
      await promisify(execFile)('cp', ['-a', `${seeded.folder}/.`, folder]);
      const revisionIds = await addRevisions({ ...seeded, folder });
      return running(seeded, folder, (harmony) =>
        use({ ...harmony, revisionIds, facts: { conversations, definitions } }),
      );
    }),
  );
}

async function running<Result>(
  { apiKey, projectIds: [projectId = ''] }: SeededFolder,
  folder: string,
  use: (harmony: Pick<TwoRevisions, 'gateway' | 'pid'>) => Promise<Result>,
): Promise<Result> {
  const harmony = await startHarmony(folder);
  try {
    const gateway = { url: harmony.url, apiKey, projectId };
    const flag = 'mutation { setFeatureFlag(flag: "reports-rerun-tab", enabled: true) { flag } }';
    await ask(gateway, flag, {}, z.unknown());
    return await use({ gateway, pid: harmony.pid });
  } finally {
    await harmony.stop();
  }
}
