import { comparePositions, type LogPosition } from '@harmony/event-store';
import type { ScopedDatabase } from '@harmony/read-model';

/** Conversations of which something changed, and up to where in the log that was seen. */
export interface Changes {
  readonly conversationIds: readonly string[];
  readonly reached: LogPosition;
}

interface ChangedRow {
  readonly conversation_id: string;
  readonly major: string;
  readonly minor: string;
}

const behind = `(changed_major, changed_minor) > ($2::bigint, $3::bigint)`;

/**
 * One statement, so that nothing is between what it has seen and what it has not: batches of the projection become
 * visible in the order of the log, each with all of its rows.
 */
const changes = `
  select conversation_id, changed_major as major, changed_minor as minor
    from reporting.conversations where workspace_id = $1::uuid and ${behind}
  union all
  select conversation_id, changed_major, changed_minor
    from reporting.runs where workspace_id = $1::uuid and ${behind}
  union all
  select conversation_id, changed_major, changed_minor
    from reporting.cells where project_id = $4::uuid and ${behind}
  union all
  select conversation_id, changed_major, changed_minor
    from reporting.scores where project_id = $4::uuid and ${behind}`;

/** What the read model has learnt since a position, as far as one project can have to do with it. */
export async function changesSince(
  database: ScopedDatabase,
  workspaceId: string,
  projectId: string,
  seen: LogPosition,
): Promise<Changes> {
  const parameters = [workspaceId, String(seen.major), String(seen.minor), projectId];
  const rows = await database.query<ChangedRow>(workspaceId, changes, parameters);
  let reached = seen;
  for (const { major, minor } of rows) {
    const position = { major: BigInt(major), minor: BigInt(minor) };
    if (comparePositions(position, reached) > 0) reached = position;
  }
  return { conversationIds: [...new Set(rows.map((row) => row.conversation_id))], reached };
}
