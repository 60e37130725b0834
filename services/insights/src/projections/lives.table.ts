import type { PositionedEvent, ProjectedTable, Row } from '@harmony/read-model';

/** Where a revision was made live. */
interface Flip {
  /** In the stream of the project's revisions. */
  readonly place: number;
  /** In the log. */
  readonly major: number;
  readonly minor: number;
}

const flipsOf = (row: Row | undefined): readonly Flip[] => (row?.['flips'] ?? []) as readonly Flip[];

const flipOf = ({ revision, position }: PositionedEvent): Flip => ({
  ...{ place: revision, major: Number(position.major), minor: Number(position.minor) },
});

/** Revisions that were made live, each with the last time that was not rolled back: its runs count as begun then (D3). */
export const lives: ProjectedTable = {
  name: 'lives',
  key: ['revision_id'],
  columns: {
    revision_id: 'uuid not null',
    workspace_id: 'uuid not null',
    project_id: 'uuid not null',
    /** Where in the log it was made live. */
    major: 'bigint not null',
    minor: 'bigint not null',
    /** Every time, oldest first, each with `place`, `major` and `minor`. */
    flips: 'jsonb not null',
  },
  on: {
    RevisionMadeLive: {
      keys: ({ event: { data } }) => [[data.revisionId]],
      evolve: (row, at) => {
        const { place, ...where } = flipOf(at);
        const { revisionId, projectId } = at.event.data;
        const flips = [...flipsOf(row), { place, ...where }];
        return { revision_id: revisionId, workspace_id: at.event.workspaceId, project_id: projectId, ...where, flips };
      },
    },
    RevisionRolledBack: {
      keys: ({ event: { data } }) => [[data.revisionId]],
      evolve: (row, { event: { data } }) => {
        const flips = flipsOf(row).filter(({ place }) => place !== data.madeLiveAt);
        const last = flips.at(-1);
        return row && last && { ...row, major: last.major, minor: last.minor, flips };
      },
    },
  },
};
