import { reach } from './reach.js';
import type { ServerName, Servers } from './servers.js';

/**
 * A `describe` on a real server. Where none can be reached, its tests show as one skipped test that tells why.
 * Jest wants tests declared at once, so await it at the top level of the test file:
 * `await describeReachable('kafka', 'the Kafka feed', ({ brokers }) => { it('…') });`
 */
export async function describeReachable<Name extends ServerName>(
  name: Name,
  title: string,
  tests: (server: Servers[Name]) => void,
): Promise<void> {
  const { afterAll, describe, it } = await import('@jest/globals');
  const answer = await reach(name);
  describe(title, () => {
    if (answer.kind === 'skipped') return it.skip(`is skipped: ${answer.reason}`, () => undefined);
    afterAll(() => answer.stop(), 60_000);
    return tests(answer.server);
  });
}
