import autocannon from 'autocannon';
import { WrongResult } from '../harness/bench.js';
import { requestBody, type Target } from './transcript-query.js';

export const connections = 16;

/**
 * Asks as fast as the connections can, each for a conversation of its own, so that no two share what is read.
 * @returns answers a second; every answer must be the expected one.
 */
export async function measure(
  { url, headers }: Target,
  ids: readonly string[],
  seconds: number,
  expected: string,
): Promise<number> {
  const bodies = ids.map(requestBody);
  let opened = 0;
  const result = await autocannon({
    url,
    connections,
    duration: seconds,
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    setupClient: (client) => client.setBody(bodies[opened++ % bodies.length] ?? ''),
    expectBody: expected,
  });
  const { non2xx, errors, timeouts, mismatches, requests, duration } = result;
  if (non2xx + errors + timeouts + mismatches > 0) {
    throw new WrongResult(
      `${url}: ${non2xx} refusals, ${errors} errors, ${timeouts} timeouts, ${mismatches} wrong answers.`,
    );
  }
  return requests.total / duration;
}
