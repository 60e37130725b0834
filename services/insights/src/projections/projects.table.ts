import type { EventOf } from '@harmony/contracts';
import type { PositionedEvent, ProjectedTable, Row, RowFold } from '@harmony/read-model';
import { changed, gone, named, projectKey as keys, touched } from './fold.js';

const columns = {
  id: 'uuid not null',
  workspace_id: 'uuid not null',
  name: 'text not null',
  language: 'text not null',
  team_ids: 'jsonb not null',
  knowledge: 'text not null',
  criteria: 'jsonb not null',
  goals: 'jsonb not null',
  scorecards: 'jsonb not null',
  created_by: 'uuid not null',
  created_at: 'timestamptz not null',
  updated_at: 'timestamptz not null',
  revision: 'integer not null',
} as const;

const created = (at: PositionedEvent<EventOf<'ProjectCreated'>>): Row => {
  const { data, workspaceId, occurredAt } = at.event;
  return {
    id: data.projectId,
    workspace_id: workspaceId,
    name: data.name,
    language: data.language,
    team_ids: data.teamIds,
    knowledge: data.knowledge,
    criteria: [],
    goals: [],
    scorecards: [],
    created_by: data.createdBy,
    created_at: occurredAt,
    ...touched(at),
  };
};

type ListColumn = 'criteria' | 'goals' | 'scorecards';
type ListEvent = EventOf<
  'CriterionSet' | 'CriterionRemoved' | 'GoalSet' | 'GoalRemoved' | 'ScorecardSet' | 'ScorecardRemoved'
>;

interface Entry {
  readonly id: string;
}

/** Puts an entry where it was, else at the end. */
const withEntry = (entries: readonly Entry[], entry: Entry): readonly Entry[] =>
  entries.some(({ id }) => id === entry.id)
    ? entries.map((other) => (other.id === entry.id ? entry : other))
    : [...entries, entry];

/** These lists are short, so they live in the row of their project. */
const inList = <Event extends ListEvent>(
  column: ListColumn,
  change: (entries: readonly Entry[], data: Event['data']) => readonly Entry[],
): RowFold<Event> => ({
  keys,
  evolve: (row, at) =>
    row && { ...row, [column]: change(row[column] as readonly Entry[], at.event.data), ...touched(at) },
});

/** Projects that are there, with their rules; definitions have a table of their own. */
export const projects: ProjectedTable = {
  name: 'projects',
  key: ['id'],
  columns,
  indexes: ['(workspace_id, created_at desc, id desc)'],
  on: {
    ProjectCreated: { keys, becomes: (at) => created(at) },
    ProjectChanged: {
      keys,
      evolve: (row, at) => {
        const { name, language, teamIds: team_ids, knowledge } = at.event.data;
        return changed(row, { ...named({ name, language, team_ids, knowledge }), ...touched(at) });
      },
    },
    ProjectDeleted: { keys, evolve: gone },
    CriterionSet: inList('criteria', (entries, { criterionId: id, criterionVersion: version, criterion }) =>
      withEntry(entries, { id, ...{ version, criterion } }),
    ),
    CriterionRemoved: inList('criteria', (entries, { criterionId }) => entries.filter(({ id }) => id !== criterionId)),
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
