import { decodeEvent, type HarmonyEvent } from '@harmony/contracts';
import { eventStoreMigrations, PostgresEventStore } from '@harmony/event-store';
import { derivedId } from '@harmony/kernel';
import { migrate } from '@harmony/read-model';
import { createTestDatabase, eventually, type TestDatabase } from '@harmony/testing';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { appendSteps } from './append-steps.js';
import { sampleLog } from './sample-log.js';
import type { SampleStep } from './wish.js';

let database: TestDatabase;
let store: PostgresEventStore;

beforeAll(async () => {
  database = await createTestDatabase();
  await migrate(database.url, [eventStoreMigrations]);
  store = PostgresEventStore.open({ connectionString: database.url });
});
afterAll(async () => {
  await store.close();
  await database.drop();
});

async function events(): Promise<HarmonyEvent[]> {
  const all: HarmonyEvent[] = [];
  for await (const batch of store.readLog()) all.push(...batch.events.map((event) => decodeEvent(event)));
  return all;
}

it('writes a sample into a store in an order in which it may have happened, and twice is once', async () => {
  const log = sampleLog({
    ...{
      seed: 3,
      workspaceId: derivedId('a', 'workspace'),
      founderId: derivedId('a', 'founder'),
      conversations: 80,
      definitions: 5,
      projects: 2,
      days: 20,
    },
    ...{ until: '2026-06-01T00:00:00.000Z', restlessness: 1 },
  });
  const steps = [...log.steps];
  await appendSteps(store, steps);
  const gone = new Set(steps.flatMap((step: SampleStep) => (step.kind === 'DELETE_STREAM' ? [step.streamId] : [])));
  const expected = steps.flatMap((step) => (step.kind === 'APPEND' && !gone.has(step.streamId) ? step.events : []));
  // Other transactions of the same server, of whichever database, hold readers back for a moment.
  const first = await eventually(async () => {
    const all = await events();
    expect(all.map(({ id }) => id).sort()).toEqual(expected.map(({ id }) => id).sort());
    return all;
  });
  const place = new Map(first.map(({ id }, index) => [id, index]));
  const lives = expected.filter(({ type }) => type === 'RevisionMadeLive');
  const runs = expected.filter(({ type }) => type === 'InsightsRunStarted');
  expect(lives.length).toBeGreaterThan(0);
  for (const live of lives) {
    const before = runs.filter((run) => expected.indexOf(run) < expected.indexOf(live));
    expect(before.filter((run) => (place.get(run.id) ?? 0) > (place.get(live.id) ?? 0))).toEqual([]);
  }
  await appendSteps(store, steps);
  expect(await events()).toHaveLength(first.length);
});
