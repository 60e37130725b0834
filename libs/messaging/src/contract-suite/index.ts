import { afterAll, afterEach, beforeAll, beforeEach, describe, it } from '@jest/globals';
import type { EnvironmentSource, FeedEnvironment } from './environment.js';
import { failureTests } from './failures.js';
import { flowTests } from './flow.js';
import { Harness } from './harness.js';
import { parkingTests } from './parking.js';
import { redeliveryTests } from './redelivery.js';
import { shutdownTests } from './shutdown.js';

export type { EnvironmentSource, FeedEnvironment, TestMessage, TestTopic } from './environment.js';

/** What every feed promises together with the consumer runtime; each adapter calls this from its own spec. */
export function consumerContract(feedName: string, source: EnvironmentSource): void {
  if (typeof source !== 'function') {
    describe(`the consumer contract on ${feedName}`, () => {
      it.skip(`is skipped: ${source.skipped}`, () => undefined);
    });
    return;
  }
  describe(`the consumer contract on ${feedName}`, () => {
    let environment: FeedEnvironment;
    let harness: Harness;
    beforeAll(async () => {
      environment = await source();
    }, 120_000);
    afterAll(async () => {
      await environment?.close();
    }, 60_000);
    beforeEach(async () => {
      harness = await Harness.start(environment);
    }, 60_000);
    afterEach(async () => {
      await harness.close();
    }, 60_000);

    const suites = [flowTests, failureTests, parkingTests, redeliveryTests, shutdownTests];
    for (const suite of suites) suite(() => harness);
  });
}
