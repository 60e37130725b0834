import type { Access, Principal } from '@harmony/access';
import { HarmonyError } from '@harmony/contracts';
import type { Clock } from '@harmony/kernel';
import { ACCESS, CLOCK } from '@harmony/runtime';
import { Inject, Injectable } from '@nestjs/common';
import type { Export } from '../domain/export.js';

/** What whoever asked for an export may do now. */
@Injectable()
export class Requesters {
  constructor(
    @Inject(ACCESS) private readonly access: Pick<Access, 'principals'>,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** @throws HarmonyError FORBIDDEN for somebody who was removed, and for a key that is gone or has expired */
  async of({ workspaceId, requester: { kind, id } }: Export): Promise<Principal> {
    const { principals } = this.access;
    const found =
      kind === 'API_KEY'
        ? await principals.ofApiKey(workspaceId, id, this.clock.now())
        : await principals.ofUserId(workspaceId, id);
    if (!found) throw new HarmonyError('FORBIDDEN', { detail: 'Who asked for the export is not there any more.' });
    return found;
  }
}
