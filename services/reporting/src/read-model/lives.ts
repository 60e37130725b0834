import type { ScopedDatabase } from '@harmony/read-model';
import type { LiveRevision } from './moment.js';

export interface AboutProject {
  readonly workspaceId: string;
  readonly projectId: string;
}

/**
 * Revisions that were made live for a project by a time, each where it was made live last and not rolled back by then, ordered by id.
 * @param asOf ISO 8601; null for now
 */
export const livesOf = (
  database: ScopedDatabase,
  { workspaceId, projectId }: AboutProject,
  asOf: string | null,
): Promise<LiveRevision[]> =>
  database.query(
    workspaceId,
    `select distinct on (revision_id) revision_id as "revisionId", major::float8 as major, minor::float8 as minor
       from reporting.lives
      where project_id = $1 and live_at <= coalesce($2::timestamptz, 'infinity')
        and (rolled_back_at is null or rolled_back_at > $2::timestamptz)
      order by revision_id, lives.major desc, lives.minor desc`,
    [projectId, asOf],
  );

/** What would be live if the last flip was rolled back now; ordered by id. */
export const livesRolledBack = (
  database: ScopedDatabase,
  { workspaceId, projectId }: AboutProject,
): Promise<LiveRevision[]> =>
  database.query(
    workspaceId,
    `select distinct on (revision_id) revision_id as "revisionId", major::float8 as major, minor::float8 as minor
       from (select *, row_number() over (order by live.major desc, live.minor desc) as age
               from reporting.lives live where project_id = $1 and rolled_back_at is null) standing
      where age > 1 order by revision_id, standing.major desc, standing.minor desc`,
    [projectId],
  );
