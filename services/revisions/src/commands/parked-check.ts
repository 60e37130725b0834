import type { EventStore } from '@harmony/event-store';
import { EVENT_STORE } from '@harmony/runtime';
import { Inject, Injectable } from '@nestjs/common';
import type { Parked } from '../domain/decide.js';
import { ParkedQueries } from '../read-model/parked-queries.js';
import { Visibility } from './visibility.js';

/** Looks whether readers would see all of a revision, before it is published or put in force. */
@Injectable()
export class ParkedCheck {
  constructor(
    private readonly visibility: Visibility,
    private readonly parked: ParkedQueries,
    @Inject(EVENT_STORE) private readonly store: EventStore,
  ) {}

  /** Once every read model has come to what is in the log now. @throws HarmonyError READ_MODEL_BEHIND */
  async of(revisionId: string): Promise<Parked> {
    await this.visibility.everywhere(await this.store.head());
    return this.parked.of(revisionId);
  }
}
