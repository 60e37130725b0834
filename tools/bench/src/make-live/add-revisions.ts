import { streams, type Actor } from '@harmony/contracts';
import type { LogPosition } from '@harmony/event-store';
import { eventsFrom, fact, newId, type Fact } from '@harmony/kernel';
import { skipLog } from '@harmony/messaging';
import { composition } from '@harmony/service-all-in-one';
import { openOperator, type Operator } from '@harmony/tool-operator';
import type { SeededFolder } from '../report/seeded.js';

const projections = composition.services.flatMap((service) => service.projections);
const readersOfTheLog = [...composition.services.map(({ name }) => name), 'relay'];
const actor: Actor = { kind: 'SYSTEM', id: 'bench' };
const usage = { calls: 0, inputTokens: 0, outputTokens: 0, costMicros: 0 };

const runsSql = `
  insert into reporting.runs (conversation_id, run_id, workspace_id, kind, revision_id, project_ids, started_at,
                              completed_at, transcript_version, major, minor, changed_major, changed_minor)
  select r.conversation_id, gen_random_uuid(), r.workspace_id, 'REVISION', $1, array[$2::uuid], r.started_at,
         r.completed_at, r.transcript_version, $3, $4, $3, $4
    from reporting.conversations c join reporting.runs r
      on r.conversation_id = c.conversation_id and r.run_id = c.pipeline_run_id
   where r.project_ids @> array[$2::uuid] and not c.is_deleted`;

const columns = `outcome, failure_code, started_at, settled_at, number, amount, currency, is_discussed, parts, text, answer,
  rationale, confidence, evidence, searched, origin, result_id`;

/** What the pipeline found, but for yes or no, which is the same everywhere. */
const cellsSql = `
  insert into reporting.cells (conversation_id, run_id, definition_id, workspace_id, project_id, definition_version, choice,
                               ${columns}, changed_major, changed_minor)
  select n.conversation_id, n.run_id, k.definition_id, k.workspace_id, k.project_id, k.definition_version,
         case when k.choice in ('YES', 'NO') then $3 else k.choice end,
         ${columns.replace(/(\w+)/g, 'k.$1')}, n.changed_major, n.changed_minor
    from reporting.runs n join reporting.conversations c using (conversation_id)
    join reporting.cells k on k.conversation_id = c.conversation_id and k.run_id = c.pipeline_run_id
   where n.revision_id = $1 and k.project_id = $2`;

/** The same for what a review reads. */
const comparedSql = `
  insert into reporting.compared (conversation_id, run_id, definition_id, workspace_id, project_id, state, value_key,
                                  number, amount, category, inputs)
  select n.conversation_id, n.run_id, k.definition_id, k.workspace_id, k.project_id, k.state,
         case when k.category in ('YES', 'NO') then $3 else k.value_key end, k.number, k.amount,
         case when k.category in ('YES', 'NO') then $3 else k.category end, k.inputs
    from reporting.runs n join reporting.conversations c using (conversation_id)
    join reporting.compared k on k.conversation_id = c.conversation_id and k.run_id = c.pipeline_run_id
   where n.revision_id = $1 and k.project_id = $2`;

/**
 * Two published revisions over all conversations of a seeded workspace, one of which answers yes everywhere and the other
 * one no. Their rows are written as the projection would: a log of two million events more takes hours.
 */
export async function addRevisions(seeded: SeededFolder): Promise<readonly [string, string]> {
  const operator = await openOperator(process.env, seeded.folder, projections);
  try {
    const first = await add(operator, seeded, 'YES', 1_001);
    const second = await add(operator, seeded, 'NO', 1_002);
    const head = await operator.store.head();
    for (const name of readersOfTheLog) await skipLog(operator.database.worker, name, head);
    return [first, second];
  } finally {
    await operator.close();
  }
}

async function add(operator: Operator, seeded: SeededFolder, answer: string, number: number): Promise<string> {
  const { projectIds: [projectId = ''] = [] } = seeded;
  const revisionId = newId();
  const about = { revisionId, projectId };
  const none = { planned: 0, completed: 0, completedWithErrors: 0, failed: 0, skipped: 0 };
  const frozen = { projectRevision: 0, analysisRevision: null, definitions: [], previewed: null };
  const { major, minor } = await append(operator, seeded, streams.revisions(projectId), [
    fact('RevisionRequested', { ...about, number, input: null, part: null, ...frozen }),
    fact('RevisionCompleted', { ...about, attempt: 1, outcome: 'COMPLETED', counts: none, usage }),
    fact('RevisionPublished', about),
  ]);
  const owner = await operator.database.connectOwner();
  try {
    await owner.query(runsSql, [revisionId, projectId, String(major), String(minor)]);
    await owner.query(cellsSql, [revisionId, projectId, answer]);
    await owner.query(comparedSql, [revisionId, projectId, answer]);
    await owner.query('analyze reporting.runs, reporting.cells, reporting.compared');
  } finally {
    await owner.end();
  }
  return revisionId;
}

async function append(
  { store }: Operator,
  { workspaceId }: SeededFolder,
  stream: string,
  facts: readonly Fact[],
): Promise<LogPosition> {
  const id = newId();
  const cause = { workspaceId, actor, correlationId: id, causationId: id, occurredAt: new Date().toISOString() };
  return (await store.append(stream, eventsFrom(cause, stream, facts), 'any')).position;
}
