import type { RunningProcess } from '@harmony/runtime';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

interface Table {
  readonly schema: string;
  readonly name: string;
}

/** Everywhere that the words of a conversation could lie: each table of the database, the log, and the files. */
export async function placesOf(words: readonly string[], harmony: RunningProcess, objects: string): Promise<string[]> {
  const pattern = words.join('|');
  return [
    ...(await tablesWith(pattern, harmony)),
    ...(await eventsWith(new RegExp(pattern, 'u'), harmony)),
    ...(await filesWith(new RegExp(pattern, 'u'), objects)),
  ].sort();
}

async function tablesWith(pattern: string, { backends }: RunningProcess): Promise<string[]> {
  const { worker } = backends.database;
  const { rows: tables } = await worker.query<Table>(
    `select table_schema as schema, table_name as name from information_schema.tables
      where table_type = 'BASE TABLE' and table_schema not in ('pg_catalog', 'information_schema')`,
  );
  const found: string[] = [];
  for (const { schema, name } of tables) {
    const sql = `select count(*)::int as count from "${schema}"."${name}" as every_row where every_row::text ~ $1`;
    const { rows } = await worker.query<{ count: number }>(sql, [pattern]);
    if (rows[0]?.count !== 0) found.push(`table ${schema}.${name}`);
  }
  return found;
}

async function eventsWith(pattern: RegExp, { backends }: RunningProcess): Promise<string[]> {
  const found = new Set<string>();
  for await (const { events } of backends.eventStore.readLog()) {
    for (const { data, streamId } of events) if (pattern.test(JSON.stringify(data))) found.add(`stream ${streamId}`);
  }
  return [...found];
}

async function filesWith(pattern: RegExp, folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const found: string[] = [];
  for (const entry of entries.filter((each) => each.isFile())) {
    const path = join(entry.parentPath, entry.name);
    if (pattern.test(path) || pattern.test(await readFile(path, 'latin1'))) found.push(`file ${path}`);
  }
  return found;
}
