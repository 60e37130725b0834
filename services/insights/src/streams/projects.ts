import { streams } from '@harmony/contracts';
import { StreamCache, type EventStore } from '@harmony/event-store';
import { EVENT_STORE } from '@harmony/runtime';
import { Inject, Injectable } from '@nestjs/common';
import { evolve as evolveSettings, type AnalysisSettings } from '../domain/analysis-settings.js';
import { evolve, type Project } from '../domain/project.js';
import { FrozenStates } from './frozen-states.js';

const ofProjects = { stream: streams.project, evolve };
const ofSettings = { stream: streams.analysis, evolve: evolveSettings };

/** Revisions that are under way at the same time, and those that are looked at. */
const frozenEntries = 100;

/** Projects as running work reads them, again and again. */
@Injectable()
export class Projects extends StreamCache<Project> {
  private readonly frozen: FrozenStates<Project>;

  constructor(@Inject(EVENT_STORE) store: EventStore) {
    super(store, ofProjects, { entries: 1_000 });
    this.frozen = new FrozenStates(store, ofProjects, frozenEntries);
  }

  /** As its stream had left it at this revision. */
  at(id: string, revision: number): Promise<Project | undefined> {
    return this.frozen.at(id, revision);
  }
}

/** Settings of workspaces as running work reads them; undefined where nothing was ever set. */
@Injectable()
export class Settings extends StreamCache<AnalysisSettings> {
  private readonly frozen: FrozenStates<AnalysisSettings>;

  constructor(@Inject(EVENT_STORE) store: EventStore) {
    super(store, ofSettings, { entries: 1_000 });
    this.frozen = new FrozenStates(store, ofSettings, frozenEntries);
  }

  /** As their stream had left them at this revision; null is before anything was set. */
  async at(workspaceId: string, revision: number | null): Promise<AnalysisSettings | undefined> {
    return revision === null ? undefined : this.frozen.at(workspaceId, revision);
  }
}
