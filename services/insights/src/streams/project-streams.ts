import { streams } from '@harmony/contracts';
import { StateStreams, type EventStore } from '@harmony/event-store';
import { EVENT_STORE } from '@harmony/runtime';
import { Inject, Injectable } from '@nestjs/common';
import { evolve, type Project } from '../domain/project.js';

/** Projects in the event store, with every version of their definitions. */
@Injectable()
export class ProjectStreams extends StateStreams<Project> {
  constructor(@Inject(EVENT_STORE) store: EventStore) {
    super(store, { stream: streams.project, evolve });
  }
}
