import { createWriteStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import type { Pool } from 'pg';
import { to } from 'pg-copy-streams';
import type { FilledProject } from './fill.js';

/** The answers of one definition, as the export has them but for the guard. */
const columnsOf = (type: string, cell: string): string[] => {
  const listed = (value: string): string =>
    `(select string_agg(${value}, '; ') from jsonb_array_elements(${cell}.parts) as list(item))`;
  const values: Readonly<Record<string, readonly string[]>> = {
    YES_NO: [`${cell}.choice`],
    BUYER_ENGAGEMENT: [`${cell}.number`, `${cell}.answer ->> 'band'`],
    DISCOUNT: [
      `case ${cell}.is_discussed when true then 'YES' when false then 'NO' end`,
      ...[`${cell}.number`, `${cell}.amount`, `${cell}.currency`],
    ],
    COMPETITORS: [listed(`item ->> 'name'`), listed(`(item ->> 'name') || ': ' || (item ->> 'stance')`)],
    OPEN_QUESTION: [`${cell}.text`],
  };
  return [`${cell}.outcome`, ...(values[type] ?? [])];
};

/** By hand: the present state, all joins to the tables themselves, no rights, no past, no guard. */
export function copyByHand({ id, definitions }: FilledProject): string {
  const cells = definitions.map(
    (definition, index) => `left join reporting.cells d${index} on d${index}.conversation_id = c.conversation_id
      and d${index}.run_id = c.pipeline_run_id and d${index}.definition_id = '${definition.id}'`,
  );
  const columns = [
    ...[
      'c.conversation_id',
      'c.title',
      `(c.happened_at at time zone 'UTC')::timestamp(0)::text`,
      'c.status',
      'c.medium',
    ],
    ...['team.name', 'owner.name', 'contact.name', `nullif(array_to_string(c.tags, '; '), '')`],
    `'/v1/conversations/' || c.conversation_id`,
    ...definitions.flatMap(({ type }, index) => columnsOf(type, `d${index}`)),
  ];
  return `copy (select ${columns.join(', ')} from reporting.conversations c
    join reporting.runs r on r.run_id = c.pipeline_run_id and r.conversation_id = c.conversation_id
    left join reporting.directory team on team.id = c.team_id
    left join reporting.directory owner on owner.id = c.owner_id
    left join reporting.directory contact on contact.id = c.contact_id
    ${cells.join('\n')}
    where array_position(r.project_ids, '${id}'::uuid) is not null and not c.is_deleted
    order by c.happened_at desc, c.conversation_id) to stdout (format csv)`;
}

/** @returns rows a second, to a file. */
export async function copyRate(pool: Pool, project: FilledProject, file: string, rows: number): Promise<number> {
  const client = await pool.connect();
  try {
    await client.query(`set work_mem = '32MB'; set jit = off`);
    const start = performance.now();
    await pipeline(client.query(to(copyByHand(project))), createWriteStream(file));
    return rows / ((performance.now() - start) / 1000);
  } finally {
    client.release();
  }
}
