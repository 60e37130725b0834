import type { EventOf } from '@harmony/contracts';
import type { PositionedEvent, ProjectedTable, Row, RowFold } from '@harmony/read-model';
import { changed, changedAt, named, positionColumns } from './past.js';

interface AboutProject {
  readonly event: { readonly data: { readonly projectId: string } };
}

const keys = ({ event: { data } }: AboutProject): string[][] => [[data.projectId]];

const created = (at: PositionedEvent<EventOf<'ProjectCreated'>>): Row => {
  const { data, workspaceId, occurredAt } = at.event;
  return {
    id: data.projectId,
    workspace_id: workspaceId,
    name: data.name,
    language: data.language,
    team_ids: data.teamIds,
    created_by: data.createdBy,
    goals: [],
    scorecards: [],
    created_at: occurredAt,
    is_deleted: false,
    past: [],
    ...changedAt(at),
  };
};

type ListEvent = EventOf<'GoalSet' | 'GoalRemoved' | 'ScorecardSet' | 'ScorecardRemoved'>;

interface Entry {
  readonly id: string;
}

/** Puts an entry where it was, else at the end. */
const withEntry = (entries: readonly Entry[], entry: Entry): readonly Entry[] =>
  entries.some(({ id }) => id === entry.id)
    ? entries.map((other) => (other.id === entry.id ? entry : other))
    : [...entries, entry];

const inList = <Event extends ListEvent>(
  column: 'goals' | 'scorecards',
  change: (entries: readonly Entry[], data: Event['data']) => readonly Entry[],
): RowFold<Event> => ({
  keys,
  evolve: (row, at) => row && changed(row, at, { [column]: change(row[column] as readonly Entry[], at.event.data) }),
});

/** Projects with their rules, now and in the past; one that was deleted is still in its past. */
export const projects: ProjectedTable = {
  name: 'projects',
  key: ['id'],
  columns: {
    id: 'uuid not null',
    workspace_id: 'uuid not null',
    name: 'text not null',
    language: 'text not null',
    /** An array of ids. */
    team_ids: 'jsonb not null',
    created_by: 'uuid not null',
    /** As the goal was set, with its id. */
    goals: 'jsonb not null',
    scorecards: 'jsonb not null',
    created_at: 'timestamptz not null',
    is_deleted: 'boolean not null',
    past: 'jsonb not null',
    ...positionColumns,
  },
  indexes: ['(workspace_id, changed_major, changed_minor)'],
  on: {
    ProjectCreated: { keys, becomes: (at) => created(at) },
    ProjectChanged: {
      keys,
      evolve: (row, at) => {
        const { name, language, teamIds: team_ids } = at.event.data;
        return changed(row, at, named({ name, language, team_ids }));
      },
    },
    ProjectDeleted: { keys, evolve: (row, at) => changed(row, at, { is_deleted: true }) },
    GoalSet: inList('goals', (entries, { goalId: id, goal }) => withEntry(entries, { ...goal, id })),
    GoalRemoved: inList('goals', (entries, { goalId }) => entries.filter(({ id }) => id !== goalId)),
    ScorecardSet: inList('scorecards', (entries, { scorecardId: id, scorecard }) =>
      withEntry(entries, { ...scorecard, id }),
    ),
    ScorecardRemoved: inList('scorecards', (entries, { scorecardId }) =>
      entries.filter(({ id }) => id !== scorecardId),
    ),
  },
};
