import { streams } from '@harmony/contracts';
import { StateStreams, type EventStore } from '@harmony/event-store';
import { EVENT_STORE } from '@harmony/runtime';
import { Inject, Injectable } from '@nestjs/common';
import { evolve, type AnalysisSettings } from '../domain/analysis-settings.js';

/** What workspaces set for their analysis, by the id of the workspace. Undefined: nothing was ever set. */
@Injectable()
export class AnalysisStreams extends StateStreams<AnalysisSettings> {
  constructor(@Inject(EVENT_STORE) store: EventStore) {
    super(store, { stream: streams.analysis, evolve });
  }
}
