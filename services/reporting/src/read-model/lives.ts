import type { ScopedDatabase } from '@harmony/read-model';
import type { LiveRevision } from './moment.js';

export interface AboutProject {
  readonly workspaceId: string;
  readonly projectId: string;
}

/** Each revision where it was made live last, ordered by id. */
const lastFlips = (flips: string): string => `
  select distinct on (revision_id) revision_id as "revisionId", flip.major::float8 as major, flip.minor::float8 as minor
    from ${flips} order by revision_id, flip.major desc, flip.minor desc`;

const standingAsOf = lastFlips(`reporting.lives flip
   where project_id = $1 and live_at <= coalesce($2::timestamptz, 'infinity')
     and (rolled_back_at is null or rolled_back_at > $2::timestamptz)`);

const standingButTheLast = lastFlips(`(
      select *, row_number() over (order by major desc, minor desc) as age
        from reporting.lives where project_id = $1 and rolled_back_at is null) flip
   where age > 1`);

/**
 * Revisions that were made live for a project by a time, and not rolled back by then: each where it was made live last,
 * ordered by id.
 * @param asOf ISO 8601; null for now
 */
export const livesOf = (
  database: ScopedDatabase,
  { workspaceId, projectId }: AboutProject,
  asOf: string | null,
): Promise<LiveRevision[]> => database.query(workspaceId, standingAsOf, [projectId, asOf]);

/** What would be live if the last flip was rolled back now; ordered by id. */
export const livesRolledBack = (
  database: ScopedDatabase,
  { workspaceId, projectId }: AboutProject,
): Promise<LiveRevision[]> => database.query(workspaceId, standingButTheLast, [projectId]);
