import { eventStoreMigrations } from '@harmony/event-store';
import { migrate } from '@harmony/read-model';
import type { Bench, BenchOptions, Comparison } from '../harness/bench.js';
import { eventMaker, eventsPerStream, payloadBytes } from '../harness/events.js';
import { interleave } from '../harness/interleave.js';
import { withPostgres, type BenchDatabase } from '../harness/postgres.js';
import { emmettSide } from './emmett-side.js';
import { eventStoreSide } from './event-store-side.js';
import { measureAppends, type AppendSide } from './measure.js';
import { rawInsertSide } from './raw-insert-side.js';

/** Callers at a time, and the least ratio to a raw INSERT. */
const workloads = [
  { callers: 1, target: 0.75 },
  { callers: 8, target: 1.0 },
  { callers: 32, target: 1.5 },
];
const emmettTarget = 1.5;

/** One event per commit, streams of twenty events, eight tenants. */
export const appendBench: Bench = {
  title: 'appends per second, against a raw single-row INSERT and emmett-postgresql',
  run: (options) =>
    withPostgres(4, async (database) => {
      await migrate(database.server.url, [eventStoreMigrations]);
      const comparisons: Comparison[] = [];
      for (const workload of workloads) comparisons.push(...(await compare(database, workload, options)));
      const checks = ['every stream has revisions 0 to n without a gap, and as many events as were acknowledged'];
      return { comparisons, checks, facts: { postgres: database.version, payloadBytes, eventsPerStream } };
    }),
};

async function compare(
  database: BenchDatabase,
  { callers, target }: (typeof workloads)[number],
  { quick, seed }: BenchOptions,
): Promise<Comparison[]> {
  const { url } = database.server;
  const [ours, raw, emmett] = [eventStoreSide(url), await rawInsertSide(url, callers), await emmettSide(url, callers)];
  const makeEvent = eventMaker(seed);
  const milliseconds = quick ? 200 : 5_000;
  const measure = (side: AppendSide) => () => measureAppends(database.pool, side, { callers, milliseconds, makeEvent });
  const rates = await interleave(
    { ours: measure(ours), raw: measure(raw), emmett: measure(emmett) },
    quick ? 1 : 5,
  ).finally(() => Promise.all([ours, raw, emmett].map((side) => side.close())));
  const shared = { workload: callers === 1 ? '1 caller' : `${callers} callers`, ours: ours.name, unit: 'events/s' };
  return [
    { ...shared, peer: raw.name, ourRates: rates.ours, peerRates: rates.raw, target },
    { ...shared, peer: emmett.name, ourRates: rates.ours, peerRates: rates.emmett, target: emmettTarget },
  ];
}
