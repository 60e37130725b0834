import { streams } from '@harmony/contracts';
import type { EventStore } from '@harmony/event-store';
import { EVENT_STORE } from '@harmony/runtime';
import { Inject, Injectable } from '@nestjs/common';
import { evolve as evolveSettings, type AnalysisSettings } from '../domain/analysis-settings.js';
import { evolve, type Project } from '../domain/project.js';
import { StreamCache } from './stream-cache.js';

/** Projects as running work reads them, again and again. */
@Injectable()
export class Projects extends StreamCache<Project> {
  constructor(@Inject(EVENT_STORE) store: EventStore) {
    super(store, { stream: streams.project, evolve }, { entries: 1_000 });
  }
}

/** Settings of workspaces as running work reads them; undefined where nothing was ever set. */
@Injectable()
export class Settings extends StreamCache<AnalysisSettings> {
  constructor(@Inject(EVENT_STORE) store: EventStore) {
    super(store, { stream: streams.analysis, evolve: evolveSettings }, { entries: 1_000 });
  }
}
