import { requirePermission, type Principal } from '@harmony/access';
import { HarmonyError } from '@harmony/contracts';
import { kindOf } from '@harmony/media';
import type { Outbound } from '@harmony/outbound';
import { OUTBOUND } from '@harmony/runtime';
import { Inject, Injectable } from '@nestjs/common';
import { checking } from './fetch-limits.js';
import { readHead } from './read-head.js';
import { textKindOf } from './transcript-file.js';

export const urlStates = ['ACCESSIBLE', 'NOT_ACCESSIBLE', 'INVALID'] as const;
export type UrlState = (typeof urlStates)[number];

export interface UrlCheck {
  readonly state: UrlState;
  /** The sentence for the person who typed it. */
  readonly message: string;
}

const messages: Readonly<Record<UrlState, string>> = {
  ACCESSIBLE: 'URL is accessible and valid for recording.',
  NOT_ACCESSIBLE: 'The provided URL is not publicly accessible.',
  INVALID: 'Invalid URL format.',
};

/** Enough to tell what a file is, or nearly: a large picture of the artist may come before the sound. */
const headBytes = 64 * 1024;

/** Says whether a link can be imported, while somebody types it. */
@Injectable()
export class CheckUrl {
  constructor(@Inject(OUTBOUND) private readonly outbound: Outbound) {}

  /**
   * Why something is not accessible stays untold: the answer must not serve to look around in the network.
   * @throws HarmonyError FORBIDDEN for a caller who could not import it either
   */
  async execute(principal: Principal, url: string): Promise<UrlCheck> {
    requirePermission(principal, 'conversations', 'create');
    const state = await this.stateOf(url).catch(failedState);
    return { state, message: messages[state] };
  }

  private async stateOf(url: string): Promise<UrlState> {
    const { body } = await this.outbound.client.download(url, checking);
    const head = await readHead(body, headBytes);
    const kind = (await kindOf(head)) ?? textKindOf(head);
    return kind === undefined || kind === 'PAGE' ? 'NOT_ACCESSIBLE' : 'ACCESSIBLE';
  }
}

function failedState(error: unknown): UrlState {
  if (!(error instanceof HarmonyError)) throw error;
  return error.code === 'INVALID_URL' ? 'INVALID' : 'NOT_ACCESSIBLE';
}
