import type { ScopedDatabase } from '@harmony/read-model';
import type { LiveRevision } from './moment.js';

export interface AboutProject {
  readonly workspaceId: string;
  readonly projectId: string;
}

/**
 * Revisions that were made live for a project by a time, each where it was made live last, ordered by id.
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
       from reporting.lives where project_id = $1 and live_at <= coalesce($2::timestamptz, 'infinity')
      order by revision_id, lives.major desc, lives.minor desc`,
    [projectId, asOf],
  );
