import { streams } from '@harmony/contracts';
import { StateStreams, type EventStore } from '@harmony/event-store';
import { EVENT_STORE } from '@harmony/runtime';
import { Inject, Injectable } from '@nestjs/common';
import { evolve, type ProjectRevisions } from '../domain/project-revisions.js';

/** All revisions of a project, by the id of the project. */
@Injectable()
export class RevisionStreams extends StateStreams<ProjectRevisions> {
  constructor(@Inject(EVENT_STORE) store: EventStore) {
    super(store, { stream: streams.revisions, evolve });
  }
}
