import { expect, it } from '@jest/globals';
import { logStart } from '../position.js';
import { follow } from '../contract-suite/follower.js';
import { EventStoreDbDouble } from './double/server.js';
import { EventStoreDbEventStore } from './event-store-db.js';

it('closing the store ends the readers that still follow the log', async () => {
  const double = new EventStoreDbDouble();
  const store = new EventStoreDbEventStore({ url: `esdb://127.0.0.1:${await double.start()}?tls=false` });
  const followers = [1, 2, 3].map(() => follow(store, { after: logStart }));
  for (const follower of followers) await follower.until(({ batches }) => batches.length > 0);
  await store.close();
  await Promise.all(followers.map((follower) => follower.stop()));
  expect(followers.every(({ batches }) => batches.at(-1)?.caughtUp)).toBe(true);
  double.stop();
});
