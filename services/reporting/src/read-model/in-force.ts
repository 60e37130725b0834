import type { Moment } from './moment.js';
import { rowAsOf } from './as-of.js';
import { Parameters, type SqlPart } from './sql.js';

/** What reports know of a conversation, as it was at the moment. */
export const factColumns = [
  ...['title', 'medium', 'source', 'team_id', 'contact_id', 'owner_id', 'created_by', 'tags', 'custom_fields'],
  ...['status', 'created_at', 'happened_at', 'duration_ms', 'word_count'],
] as const;

/**
 * That a row, which has `conversation_id` and `run_id`, is of a run of a conversation. Planners take the two ids for
 * independent and expect next to no rows from a join by both; hidden from them, the second one misleads nobody.
 */
export const isOfRun = (row: string, conversationId: string, runId: string): string =>
  `${row}.conversation_id = ${conversationId} and coalesce(${row}.run_id = ${runId}, false)`;

/**
 * Every conversation of a project with the run that is in force for it at a moment (D3), whoever asks: `conversation_id`,
 * `run_id`, `run_kind`, `revision_id`, {@link factColumns}, and whose the conversation is today, which decides who may
 * read of it: `access_owner_id`, `access_created_by`, `access_team_id`.
 */
export function inForceSql(projectId: string, moment: Moment, firstParameter: number): SqlPart {
  const parameters = new Parameters(firstParameter);
  const project = `${parameters.add(projectId)}::uuid`;
  const time = moment.asOf === null ? undefined : `${parameters.add(moment.asOf)}::timestamptz`;
  const facts = time === undefined ? 'c' : 'f';
  const sql = `
    select c.conversation_id, r.run_id, r.kind as run_kind, r.revision_id,
           c.owner_id as access_owner_id, c.created_by as access_created_by, c.team_id as access_team_id,
           ${factColumns.map((name) => `${facts}.${name}`).join(', ')}
      from reporting.conversations c
      ${time === undefined ? '' : `cross join lateral ${rowAsOf('c', time)} f`}
      join ${runsOf(moment, time, parameters)} and array_position(r.project_ids, ${project}) is not null
     where not c.is_deleted${time === undefined ? '' : ` and c.created_at <= ${time}`}`;
  return { sql, parameters: parameters.values };
}

/** For each conversation `c` the one run `r` that counts; whether it counts for the project is seen afterwards. */
function runsOf({ revisionId, lives }: Moment, time: string | undefined, parameters: Parameters): string {
  const started = time === undefined ? '' : ` and r.started_at <= ${time}`;
  if (revisionId !== null) {
    return `(select distinct on (r.conversation_id) r.* from reporting.runs r
              where r.revision_id = ${parameters.add(revisionId)}${started}
              order by r.conversation_id, r.major desc, r.minor desc) r on r.conversation_id = c.conversation_id`;
  }
  if (lives.length === 0 && time === undefined) {
    return `reporting.runs r on ${isOfRun('r', 'c.conversation_id', 'c.pipeline_run_id')}`;
  }
  const { live, counts, newestFirst } = ranking(lives, parameters);
  return `lateral (select r.* from reporting.runs r ${live}
                    where r.conversation_id = c.conversation_id and ${counts}${started}
                    order by ${newestFirst} limit 1) r on true`;
}

/** Which runs `r` count, and in which order: the first one is in force. */
function ranking(lives: Moment['lives'], parameters: Parameters) {
  const ids = `${parameters.add(lives.map(({ revisionId }) => revisionId))}::uuid[]`;
  const majors = `(${parameters.add(lives.map(({ major }) => major))}::bigint[])[live.place]`;
  const minors = `(${parameters.add(lives.map(({ minor }) => minor))}::bigint[])[live.place]`;
  return {
    // Looked up in an array, since a join would read the list anew for each conversation; most runs are of none of them.
    live: `cross join lateral (
      select case when r.revision_id is not null then array_position(${ids}, r.revision_id) end as place) live`,
    counts: `(r.kind = 'PIPELINE' or r.revision_id = any(${ids}))`,
    newestFirst: `coalesce(${majors}, r.major) desc, coalesce(${minors}, r.minor) desc, r.major desc, r.minor desc`,
  };
}

/**
 * `conversation_id` and `run_id` of the same runs, for conversations that are many: they are sorted, and not looked up
 * one by one.
 * @param conversations a relation with `conversation_id` and `created_at`
 */
export function runsInForceOf(
  conversations: string,
  projectId: string,
  { asOf, lives }: Omit<Moment, 'revisionId'>,
  firstParameter: number,
): SqlPart {
  const parameters = new Parameters(firstParameter);
  const { live, counts, newestFirst } = ranking(lives, parameters);
  const time = asOf === null ? undefined : `${parameters.add(asOf)}::timestamptz`;
  const sql = `
    select r.conversation_id, r.run_id
      from (select distinct on (r.conversation_id) r.conversation_id, r.run_id, r.project_ids
              from ${conversations} c join reporting.runs r on r.conversation_id = c.conversation_id ${live}
             where ${counts}${time === undefined ? '' : ` and c.created_at <= ${time} and r.started_at <= ${time}`}
             order by r.conversation_id, ${newestFirst}) r
     where array_position(r.project_ids, ${parameters.add(projectId)}::uuid) is not null`;
  return { sql, parameters: parameters.values };
}
