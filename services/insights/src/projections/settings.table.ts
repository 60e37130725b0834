import type { EventOf } from '@harmony/contracts';
import type { ProjectedTable, Row, RowFold } from '@harmony/read-model';
import { noSettings } from '../domain/analysis-settings.js';

type SettingsEvent = EventOf<'HandbookChanged' | 'InsightBudgetChanged' | 'InsightsPaused' | 'InsightsResumed'>;

const setting = <Event extends SettingsEvent>(change: (event: Event) => Row): RowFold<Event> => ({
  keys: ({ event }) => [[event.workspaceId]],
  evolve: (row, { event }) => ({
    ...(row ?? { workspace_id: event.workspaceId, ...noSettings }),
    ...change(event),
  }),
});

/** What a workspace sets for all of its projects; no row: nothing was ever set. */
export const settings: ProjectedTable = {
  name: 'settings',
  key: ['workspace_id'],
  columns: {
    workspace_id: 'uuid not null',
    handbook: 'text not null',
    budget: 'jsonb not null',
    paused: 'jsonb',
  },
  on: {
    HandbookChanged: setting(({ data: { handbook } }) => ({ handbook })),
    InsightBudgetChanged: setting(({ data: { budget } }) => ({ budget })),
    InsightsPaused: setting(({ data: paused }) => ({ paused })),
    InsightsResumed: setting(() => ({ paused: null })),
  },
};
