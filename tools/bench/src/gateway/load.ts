import autocannon from 'autocannon';
import { WrongResult } from '../harness/bench.js';
import { requestBody, type Target } from './transcript-query.js';

export const connections = 16;

/** Asks as fast as the connections can. @returns answers a second; every answer must be the expected one. */
export async function measure(
  { url, headers }: Target,
  id: string,
  seconds: number,
  expected: string,
): Promise<number> {
  const result = await autocannon({
    url,
    connections,
    duration: seconds,
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: requestBody(id),
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
