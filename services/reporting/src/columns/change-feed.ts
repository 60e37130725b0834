import type { LogPosition } from '@harmony/event-store';
import type { ScopedDatabase } from '@harmony/read-model';
import type { ProjectMoment } from './load-conversations.js';

/** Conversations of which something changed, and up to where in the log that was seen. */
export interface Changes {
  readonly conversationIds: readonly string[];
  readonly reached: LogPosition;
}

interface ChangedRows {
  /** Joined by commas; arrays take the driver much longer. */
  readonly ids: string | null;
  readonly major: string | null;
  readonly minor: string | null;
}

const behind = `(changed_major, changed_minor) > ($2::bigint, $3::bigint)`;
const position = 'changed_major as major, changed_minor as minor';

/** Runs that can be in force at the moment: what is written to drafts is of no interest to the present. */
const isShown = `r.revision_id = any($5::uuid[]) or ($6::boolean and r.revision_id is null)`;

/**
 * One statement, so that nothing is between what it has seen and what it has not: batches of the projection become
 * visible in the order of the log, each with all of its rows.
 */
const changes = `
  with touched as materialized (
    select conversation_id, null::uuid as run_id, ${position}
      from reporting.conversations where workspace_id = $1::uuid and ${behind}
    union all
    select conversation_id, run_id, ${position} from reporting.runs where workspace_id = $1::uuid and ${behind}
    union all
    (select distinct on (conversation_id, run_id) conversation_id, run_id, ${position}
       from reporting.cells where project_id = $4::uuid and ${behind}
      order by conversation_id, run_id, changed_major desc, changed_minor desc)
    union all
    select conversation_id, run_id, ${position} from reporting.scores where project_id = $4::uuid and ${behind}
  ), last as (
    select major, minor from touched order by major desc, minor desc limit 1
  )
  select (select major from last), (select minor from last),
         (select string_agg(distinct t.conversation_id::text, ',') from touched t left join reporting.runs r using (conversation_id, run_id)
           where t.run_id is null or ${isShown}) as ids`;

/** What the read model has learnt since a position, as far as one project at a moment can have to do with it. */
export async function changesSince(
  database: ScopedDatabase,
  { workspaceId, projectId, moment: { revisionId, lives } }: ProjectMoment,
  seen: LogPosition,
): Promise<Changes> {
  const revisionIds = revisionId === null ? lives.map((live) => live.revisionId) : [revisionId];
  const parameters = [workspaceId, String(seen.major), String(seen.minor), projectId, revisionIds, revisionId === null];
  const [changed] = await database.query<ChangedRows>(workspaceId, changes, parameters);
  const { ids, major, minor } = changed ?? { ids: null, major: null, minor: null };
  const reached = major === null || minor === null ? seen : { major: BigInt(major), minor: BigInt(minor) };
  return { conversationIds: ids?.split(',') ?? [], reached };
}
