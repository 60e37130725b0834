import type { Pool } from 'pg';

/** The project of the demo with its definitions, which the rows belong to. */
export interface FilledProject {
  readonly id: string;
  readonly workspaceId: string;
  readonly definitions: readonly { readonly id: string; readonly type: string }[];
}

/** What every fiftieth title begins with, so that the guard has something to do. */
const title = `case when n % 50 = 0 then '=' else '' end || 'Call ' || n || ' about the renewal of the "north" contract'`;

/** What a cell holds, by the type of its definition; `n` numbers the conversations. */
const values: Readonly<Record<string, { readonly column: string; readonly value: string; readonly answer: string }>> = {
  YES_NO: {
    ...{ column: 'choice', value: `case when n % 3 = 0 then 'NO' else 'YES' end` },
    answer: `jsonb_build_object('type', 'YES_NO', 'answer', case when n % 3 = 0 then 'NO' else 'YES' end)`,
  },
  BUYER_ENGAGEMENT: {
    ...{ column: 'number', value: 'n % 11' },
    answer: `jsonb_build_object('type', 'BUYER_ENGAGEMENT', 'score', n % 11, 'band',
      case when n % 11 >= 8 then 'STRONG' when n % 11 >= 6 then 'MODERATE' else 'LIMITED' end)`,
  },
  DISCOUNT: {
    ...{ column: 'number', value: 'n % 30' },
    answer: `jsonb_build_object('type', 'DISCOUNT', 'discussed', true, 'rate', n % 30, 'amount', null)`,
  },
  COMPETITORS: {
    ...{ column: 'parts', value: `'[{"name": "Gatemark", "stance": "CURRENT"}]'::jsonb` },
    answer: `'{"type": "COMPETITORS", "mentions": [{"name": "Gatemark", "stance": "CURRENT", "positioning": null, "advantages": []}]}'::jsonb`,
  },
  OPEN_QUESTION: {
    ...{ column: 'text', value: `'They have ' || n % 90 || ' doors, and think of more, "maybe" next year.'` },
    answer: `jsonb_build_object('type', 'OPEN_QUESTION', 'answer', 'They have ' || n % 90 || ' doors.')`,
  },
};

/** Fills the tables of reports as their projection does, but by the rows: a log of so many events takes hours. */
export async function fill(pool: Pool, conversations: number): Promise<FilledProject> {
  const project = await demoProject(pool);
  const { workspaceId, id: projectId } = project;
  const owner = "select id from reporting.directory where kind = 'USER' limit 1";
  const base = [workspaceId, conversations];
  await pool.query(
    `insert into reporting.conversations (conversation_id, workspace_id, title, medium, source, owner_id, created_by, tags,
       custom_fields, status, created_at, happened_at, word_count, pipeline_run_id, is_deleted, past, changed_major, changed_minor)
     select md5('c' || n)::uuid, $1, ${title}, 'CALL', 'TEXT', (${owner}), (${owner}), array['demo', 'tag ' || n % 20],
       '{}', 'COMPLETED', timestamptz '2026-01-01' + n * interval '1 second', timestamptz '2026-01-01' + n * interval '1 second',
       1000, md5('r' || n)::uuid, false, '[]', 1, n from generate_series(1, $2::int) n`,
    base,
  );
  await pool.query(
    `insert into reporting.runs (conversation_id, run_id, workspace_id, kind, project_ids, started_at, completed_at,
       transcript_version, major, minor, changed_major, changed_minor)
     select md5('c' || n)::uuid, md5('r' || n)::uuid, $1, 'PIPELINE', array[$3::uuid],
       timestamptz '2026-01-01' + n * interval '1 second', timestamptz '2026-01-01' + n * interval '1 second', 1, 1, n, 1, n
       from generate_series(1, $2::int) n`,
    [...base, projectId],
  );
  await pool.query(cellsOf(project), [...base, projectId]);
  await pool.query('vacuum analyze');
  return project;
}

/** Side by side for one conversation, as they come in. */
function cellsOf({ definitions }: FilledProject): string {
  const columns = ['choice', 'number', 'parts', 'text'];
  const cells = definitions.map(({ id, type }) => {
    const kind = values[type];
    if (!kind) throw new Error(`The demo asks for ${type}, which this bench knows nothing of.`);
    const typed = columns.map((column) => (column === kind.column ? kind.value : 'null'));
    const casts = ['text', 'double precision', 'jsonb', 'text'];
    return `select '${id}'::uuid, ${typed.map((value, index) => `(${value})::${casts[index] ?? 'text'}`).join(', ')},
      ${kind.answer}, ${type === 'DISCOUNT' ? 'true' : 'null::boolean'}`;
  });
  return `insert into reporting.cells (conversation_id, run_id, definition_id, workspace_id, project_id, definition_version,
      outcome, started_at, settled_at, ${columns.join(', ')}, answer, is_discussed, rationale, confidence, evidence,
      changed_major, changed_minor)
    select md5('c' || n)::uuid, md5('r' || n)::uuid, cell.id, $1, $3, 1, 'ANSWERED',
      timestamptz '2026-01-01' + n * interval '1 second', timestamptz '2026-01-01' + n * interval '1 second',
      cell.choice, cell.number, cell.parts, cell.text, cell.answer, cell.is_discussed,
      'The customer says so.', 0.8, '[{"quote": "we do", "turn": 3, "part": null}]', 1, n
    from generate_series(1, $2::int) n
    cross join lateral (${cells.join(' union all ')}) cell(id, choice, number, parts, text, answer, is_discussed)`;
}

async function demoProject(pool: Pool): Promise<FilledProject> {
  const { rows } = await pool.query<FilledProject>(
    `select p.id, p.workspace_id as "workspaceId",
            (select jsonb_agg(jsonb_build_object('id', d.id, 'type', d.type) order by d.ordinal)
               from reporting.definitions d where d.project_id = p.id) as definitions
       from reporting.projects p limit 1`,
  );
  const [project] = rows;
  if (!project) throw new Error('The demo has made no project.');
  return project;
}
