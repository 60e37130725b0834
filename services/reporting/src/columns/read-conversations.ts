import type { ScopedDatabase } from '@harmony/read-model';
import { loadConversations, type ProjectMoment } from './load-conversations.js';
import type { MutableColumns } from './mutable-columns.js';
import type { Pace } from './pace.js';

/** The driver parses what one answer holds in one go, which must not take long. */
const pageSize = 500;
const pageOfIds = 5_000;

/** Reads these conversations again. Others have their turn in between, and find every one of them whole. */
export async function readConversations(
  database: ScopedDatabase,
  of: ProjectMoment,
  columns: MutableColumns,
  conversationIds: readonly string[],
  pace: Pace,
): Promise<void> {
  for (let from = 0; from < conversationIds.length; from += pageSize) {
    const asked = conversationIds.slice(from, from + pageSize);
    const found = await loadConversations(database, of, asked);
    const gone = new Set(asked);
    for (const conversation of found) {
      columns.put(conversation);
      gone.delete(conversation.conversationId);
      if (pace.isDue) await pace.rest();
    }
    for (const id of gone) columns.remove(id);
  }
}

interface Place {
  readonly id: string;
  readonly at: string;
}

const allSql = `
  select conversation_id as id, happened_at::text as at from reporting.conversations
   where workspace_id = $1 and not is_deleted
     and ($2::timestamptz is null or (happened_at, conversation_id) < ($2, $3::uuid))
   order by happened_at desc, conversation_id desc limit ${pageOfIds}`;

/** Reads every conversation of the workspace; how many there were. One that changes meanwhile may be left out. */
export async function readAllConversations(
  database: ScopedDatabase,
  of: ProjectMoment,
  columns: MutableColumns,
  pace: Pace,
): Promise<number> {
  let count = 0;
  for (let last: Place | undefined; ;) {
    const parameters = [of.workspaceId, last?.at ?? null, last?.id ?? null];
    const page: Place[] = await database.query(of.workspaceId, allSql, parameters);
    const ids = page.map(({ id }) => id);
    await readConversations(database, of, columns, ids, pace);
    count += ids.length;
    last = page.at(-1);
    if (page.length < pageOfIds) return count;
  }
}
