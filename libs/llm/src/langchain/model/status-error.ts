import { HarmonyError, type ErrorCode } from '@harmony/contracts';
import { retryAfterSeconds } from './retry-after.js';

const shownCharacters = 300;

/** What a status means that is no success; the text of the answer tells people more, and never holds the key. */
export async function statusError(response: Response, apiKey: string | undefined): Promise<HarmonyError> {
  const { status, headers } = response;
  const text = await response.text().catch(() => '');
  const shown = (apiKey ? text.replaceAll(apiKey, '…') : text).slice(0, shownCharacters);
  const code = codeOf(status);
  const after = retryAfterSeconds(headers.get('retry-after'));
  return new HarmonyError(code, {
    detail: `The language model answers ${status}. ${shown}`.trim(),
    facts: { status },
    ...(code === 'ANALYST_RATE_LIMITED' && after !== undefined && { retryAfterSeconds: after }),
  });
}

function codeOf(status: number): ErrorCode {
  if (status === 404) return 'ANALYST_NOT_CONFIGURED';
  if (status === 429) return 'ANALYST_RATE_LIMITED';
  return status === 408 || status === 409 || status >= 500 ? 'ANALYST_UNAVAILABLE' : 'ANALYST_REFUSED';
}
