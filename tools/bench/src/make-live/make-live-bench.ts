import { setTimeout as pause } from 'node:timers/promises';
import { z } from 'zod';
import { WrongResult, type Bench, type BenchOptions } from '../harness/bench.js';
import { ask } from '../harness/graphql.js';
import { percentile } from '../harness/statistics.js';
import { askReport, type Gateway } from '../report/ask-report.js';
import { withTwoRevisions } from './with-two-revisions.js';

const [readers, limitMs] = [2, 50];

/** A revision over everything is made live and taken back, while others read reports. */
export const makeLiveBench: Bench = {
  title:
    'a revision of 100,000 conversations and ten definitions made live and taken back, and how long a reader stalls',
  run: (options) =>
    withTwoRevisions(options, async ({ gateway, revisionIds, facts }) => {
      const figures = await measure(gateway, revisionIds, options);
      const checks = ['after each flip the report is that of the revision, to the byte, from the first request on'];
      return { comparisons: [], figures, checks, facts: { ...facts, readers } };
    }),
};

async function measure(gateway: Gateway, [first, second]: readonly [string, string], { quick }: BenchOptions) {
  const known = new Map<string, string>();
  for (const id of [second, first]) {
    await makeLive(gateway, id).catch(unlessRecorded);
    known.set(id, await askReport(gateway, {}));
  }
  if (known.get(first) === known.get(second)) throw new WrongResult('Both revisions say the same.');
  const settle = (): Promise<void> => pause(quick ? 1_000 : 10_000);
  await settle();
  const quiet: number[] = [];
  const [flips, around]: [number[], number[]] = [[], []];
  for (let round = 0; round < (quick ? 2 : 10); round += 1) {
    // The flip is followed by a question of its own, so there is one more here too.
    quiet.push(await longestAnswer(gateway, () => askAnother(gateway)));
    await settle();
    const id = round % 2 === 0 ? second : first;
    const longest = await longestAnswer(gateway, async () => {
      const start = performance.now();
      await makeLive(gateway, id);
      flips.push(performance.now() - start);
      if ((await askReport(gateway, {})) !== known.get(id)) throw new WrongResult('The report is not the revision’s.');
    });
    around.push(longest);
    await settle();
  }
  const usual = percentile(quiet, 50);
  const stalls = around.map((longest) => Math.max(0, longest - usual));
  const shared = { workload: `back and forth, ${readers} readers`, unit: 'ms' };
  return [
    { ...shared, what: 'makeRevisionLive until reports show it', values: flips },
    { ...shared, what: 'longest answer beside one more report and no flip', values: quiet },
    { ...shared, what: 'longest answer around a flip, over that', values: stalls, limit: limitMs },
  ];
}

async function makeLive(gateway: Gateway, id: string): Promise<void> {
  const mutation = 'mutation ($id: ID!) { makeRevisionLive(id: $id, confirmReplacingNewer: true) { id } }';
  await ask(gateway, mutation, { id }, z.unknown());
}

/** Just after the start some read models are still behind; the change is in the log, and they come to it. */
async function unlessRecorded(error: unknown): Promise<void> {
  if (!(error instanceof WrongResult) || !error.message.includes('READ_MODEL_BEHIND')) throw error;
  await pause(10_000);
}

let asked = 0;

/** A report that nobody has asked for yet, so that it is counted. */
async function askAnother(gateway: Gateway): Promise<void> {
  const to = new Date(Date.now() + (asked += 1) * 60_000).toISOString();
  await askReport(gateway, { to });
}

/** Of readers who ask for another report each time, from a second before to two seconds behind something. */
async function longestAnswer(gateway: Gateway, something: () => Promise<void>): Promise<number> {
  let [longest, isOver] = [0, false];
  const reader = async (): Promise<void> => {
    while (!isOver) {
      const start = performance.now();
      await askAnother(gateway);
      longest = Math.max(longest, performance.now() - start);
    }
  };
  const reading = Promise.all(Array.from({ length: readers }, reader));
  try {
    await pause(1_000);
    await something();
    await pause(2_000);
  } finally {
    isOver = true;
  }
  await reading;
  return longest;
}
