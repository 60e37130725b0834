import { HarmonyError } from '@harmony/contracts';
import type { EventStore } from '@harmony/event-store';
import { EVENT_STORE } from '@harmony/runtime';
import { Inject, Injectable } from '@nestjs/common';
import type { Parked } from '../domain/decide.js';
import { ParkedQueries } from '../read-model/parked-queries.js';
import { Visibility } from './visibility.js';

/** Looks whether readers would see all of a revision, before it is published, put in force or rolled back. */
@Injectable()
export class ParkedCheck {
  constructor(
    private readonly visibility: Visibility,
    private readonly parked: ParkedQueries,
    @Inject(EVENT_STORE) private readonly store: EventStore,
  ) {}

  /** Once every read model has come to what is in the log now. @throws HarmonyError READ_MODEL_BEHIND */
  async of(revisionId: string): Promise<Parked> {
    await this.upToDate();
    return this.parked.of(revisionId);
  }

  /** Of what says which revision is live, alone: a roll-back shows no results of its own. @throws HarmonyError READ_MODEL_BEHIND */
  async ofFlips(revisionId: string): Promise<Parked> {
    await this.upToDate();
    return this.parked.ofFlips(revisionId);
  }

  private async upToDate(): Promise<void> {
    try {
      await this.visibility.everywhere(await this.store.head());
    } catch (error) {
      if (!(error instanceof HarmonyError && error.code === 'READ_MODEL_BEHIND')) throw error;
      const { facts, cause } = error;
      const detail =
        'Nothing was changed: what readers see is further behind than it should be. Try again in a moment.';
      throw new HarmonyError('READ_MODEL_BEHIND', { detail, facts, cause });
    }
  }
}
